"""Celery is an alarm clock and a doorbell here; what is to be done stands in the database."""

import logging
import os
import threading
import time
from collections.abc import Callable

from celery import shared_task
from django.utils import timezone

from cluster_portal.notifications import digest_rounds, digests, matching, telling
from cluster_portal.notifications.sending import delivery
from cluster_portal.notifications.sending.postman import describe
from cluster_portal.notifications.services import bounces, following, letters

logger = logging.getLogger(__name__)

REST = 0.2  # seconds; a person does not notice them in a mail, a burst of requests fits in


@shared_task(name="notifications.deliver_due")
def deliver_due() -> None:
    if delivery.deliver_due(urgent=False):
        deliver_due.delay()


@shared_task(name="notifications.deliver_urgent")
def deliver_urgent() -> None:
    """On a queue of its own: nobody at a screen waits for a slow server to take other letters."""
    if delivery.deliver_due(urgent=True):
        deliver_urgent.delay()


@shared_task(name="notifications.compose_digests")
def compose_digests() -> None:
    for one in digest_rounds.due(timezone.now()):
        for first, last in one.chunks():
            compose_chunk.delay(one.frequency, one.period, one.weekday, first, last)


_candidates = digests.Candidates()


@shared_task(name="notifications.compose_chunk")
def compose_chunk(frequency: str, period: str, weekday: int, first: int, last: int) -> None:
    one = digest_rounds.of_period(frequency, period, weekday)
    digests.compose_chunk(one, first, last, _candidates)


@shared_task(name="notifications.tell_searchers")
def tell_searchers() -> None:
    matching.match_arrivals()
    telling.tell_due(timezone.now())


@shared_task(name="notifications.send_letters")
def send_letters() -> None:
    letters.send_due(timezone.now())


@shared_task(name="notifications.expand_news")
def expand_news() -> None:
    following.expand_news()


@shared_task(name="notifications.read_bounces")
def read_bounces() -> None:
    bounces.read_mailbox()


class Doorbell:
    """Rings for the worker from a thread, so that no page waits for a broker, away or frozen.

    However often it is pressed meanwhile, it rings once more. After each ring it rests, so that a
    burst of presses is one ring for the first and one for all others: each costs the process a
    millisecond. What a dying process did not ring is found by the sweeper.
    """

    def __init__(self, ring: Callable[[], None], rest: float = REST) -> None:
        self._ring = ring
        self._rest = rest
        self._pressed = threading.Event()
        self._process = 0

    def press(self) -> None:
        self._pressed.set()
        if self._process != os.getpid():
            self._process = os.getpid()
            threading.Thread(target=self._answer, name="doorbell", daemon=True).start()

    def _answer(self) -> None:
        while self._pressed.wait():
            self._pressed.clear()
            try:
                self._ring()
            except Exception as error:  # noqa: BLE001 -- whatever a broker raises, mail will leave
                logger.warning("broker away, the sweeper will deliver: %s", describe(error))
            time.sleep(self._rest)


def ring() -> None:
    """Something was published or posted: each task finds out by itself, and is cheap."""
    deliver_urgent.apply_async(retry=False, expires=60)
    tell_searchers.apply_async(retry=False, expires=60)
    send_letters.apply_async(retry=False, expires=60)
    expand_news.apply_async(retry=False, expires=60)
    deliver_due.apply_async(retry=False, expires=60)


doorbell = Doorbell(ring)
wake = doorbell.press

"""Celery is an alarm clock and a doorbell here; what is to be done stands in the database."""

import logging
import time

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from cluster_portal.notifications import delivery, digests

logger = logging.getLogger(__name__)

# After a broker has failed to answer, pages spare themselves the wait for a while.
QUIET_SECONDS = 10.0
_broker = {"quiet_until": 0.0}


@shared_task(name="notifications.deliver_due")
def deliver_due() -> None:
    if delivery.deliver_due():
        wake()


@shared_task(name="notifications.compose_digests")
def compose_digests() -> None:
    period = digests.period_to_compose(timezone.now())
    if period:
        for first, last in digests.chunks(period):
            compose_chunk.delay(period, first, last)


@shared_task(name="notifications.compose_chunk")
def compose_chunk(period: str, first: int, last: int) -> None:
    digests.compose_chunk(period, first, last)


def wake() -> None:
    """Ring for the worker; a broker that is away costs half a second at most, never an error."""
    if time.monotonic() < _broker["quiet_until"]:
        return
    try:
        deliver_due.apply_async(retry=False, expires=60)
    except (OperationalError, OSError) as error:
        _broker["quiet_until"] = time.monotonic() + QUIET_SECONDS
        logger.warning("broker away, the sweeper will deliver: %s", type(error).__name__)

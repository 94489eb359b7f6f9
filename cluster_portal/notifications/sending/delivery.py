"""Letting the outbox flow: one letter per transaction is claimed, judged, sent and marked.

A row is held while its letter leaves: other workers pass it by, and a killed worker costs one copy
of the letter that it was just sending. A server whose answer is lost may have the letter: that one
is tried again once, after an hour, with the same Message-ID.
"""

from __future__ import annotations

import logging
import smtplib
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from cluster_portal.core import request_cache
from cluster_portal.notifications import kinds, preferences
from cluster_portal.notifications.models import Channel, MailState, OutboxMail
from cluster_portal.notifications.sending import pace, rendering, restored
from cluster_portal.notifications.sending.postman import (
    Postman,
    Unreachable,
    describe,
    is_permanent,
)
from cluster_portal.notifications.sending.smtp import ANSWER_SECONDS, LostAnswer
from cluster_portal.notifications.services import bounces

if TYPE_CHECKING:
    from datetime import datetime

    from django.core.mail import EmailMultiAlternatives

    from cluster_portal.core.visibility import Reader

logger = logging.getLogger(__name__)

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = UNANSWERED_WAIT = timedelta(hours=1)
# Some twenty hours of a mail server that says "later", and a quarter of an hour of our own fault.
MAX_REFUSALS = 25
MAX_FAULTS = 5
IDLE_SECONDS = ANSWER_SECONDS + 120  # of the transaction, while the server takes the letter


class NotToBeSent(Exception):
    """The row is settled without a letter."""

    def __init__(self, state: MailState, reason: str) -> None:
        super().__init__(reason)
        self.state = state
        self.reason = reason


class NotNow(Exception):
    """The letter waits for its hour."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def deliver_due(seconds: float = 15, *, urgent: bool | None = None) -> bool:
    """Deliver until nothing is due, the server is away or time is up; True when work is left.

    Only urgent letters, or only the others, or all of them.
    """
    if restored.is_held():
        logger.error("the database was restored from a copy: mail is held until it is released")
        return False
    is_work_left = _deliver(time.monotonic() + seconds, urgent=urgent)
    restored.remember()
    return is_work_left


def _deliver(end: float, *, urgent: bool | None) -> bool:
    with Postman() as postman:
        while deliver_one(postman, urgent=urgent):
            if postman.is_stuck:
                return False
            if time.monotonic() > end:
                return True
    return False


@request_cache.scope()
@transaction.atomic
def deliver_one(postman: Postman, *, urgent: bool | None = None) -> bool:
    """The most urgent due letter that nobody else holds; False when there is none."""
    with connection.cursor() as cursor:
        setting = "idle_in_transaction_session_timeout"
        cursor.execute("SELECT set_config(%s, %s, true)", [setting, f"{IDLE_SECONDS}s"])
    mail = OutboxMail.objects.claim(urgent=urgent, but=pace.pace.full())
    if mail is None:
        return False
    if message := _prepare(mail):
        _send(mail, message, postman)
    mail.record()
    return True


def _prepare(mail: OutboxMail) -> EmailMultiAlternatives | None:
    """Its letter, or none when that settled the row or failed."""
    try:
        with transaction.atomic():
            return _letter(mail)
    except NotNow as answer:
        mail.put_off(answer.until, "waits for the morning")
    except NotToBeSent as answer:
        mail.finish(answer.state, answer.reason)
    except kinds.NothingToSay as answer:
        mail.finish(MailState.DROPPED, str(answer) or "nothing to say any more")
    except Exception as error:
        if not connection.is_usable():
            raise  # the claim has ended with the session
        logger.exception("mail %s cannot be rendered", mail.pk)
        mail.attempts += 1
        _retry_later(mail, error, MAX_FAULTS)
    return None


def _letter(mail: OutboxMail) -> EmailMultiAlternatives:
    """Whether it may go is asked just now; the notice's titles are for the inbox."""
    kind = kinds.get(mail.kind)
    _refuse_pointless(mail, kind)
    _refuse_hidden(mail)
    contexts: rendering.Contexts = {}
    if mail.recipient:
        mail.titles = rendering.titles(mail, contexts) if mail.is_notice else {}
        _refuse_unwanted(mail.recipient, kind)
    elif kind.group == kinds.KindGroup.LETTERS and preferences.refusing([mail.guest_address]):
        raise NotToBeSent(MailState.DROPPED, "switched off by the reader")
    if not kind.urgent and bounces.is_stopped(mail.address):
        raise NotToBeSent(MailState.DROPPED, "mail to the address comes back")
    if until := pace.held_until(mail, kind, timezone.now()):
        raise NotNow(until)
    return rendering.letter_of(mail, contexts)


def _refuse_pointless(mail: OutboxMail, kind: kinds.Kind) -> None:
    """Raise NotToBeSent for what has lost its reader or its time."""
    if mail.version > kind.version:
        raise ValueError(f"written by a newer release: version {mail.version}")
    if kind.lifetime and timezone.now() > mail.created_at + kind.lifetime:
        raise NotToBeSent(MailState.DROPPED, "too late to be of use")
    if mail.recipient and not mail.recipient.is_active:
        raise NotToBeSent(MailState.DROPPED, "the account is closed")


def _refuse_hidden(mail: OutboxMail) -> None:
    """Neither mail nor notice of what is gone, or is no longer the reader's to see."""
    about = mail.about
    if mail.about_id is None:
        return
    if about is None:
        mail.is_notice = False
        raise NotToBeSent(MailState.DROPPED, "what it is about is gone")
    seen = type(about)._default_manager.visible_to
    if mail.recipient and not seen(mail.recipient).filter(pk=about.pk).exists():
        mail.is_notice = False
        raise NotToBeSent(MailState.DROPPED, "the reader may no longer see what it is about")


def _refuse_unwanted(reader: Reader, kind: kinds.Kind) -> None:
    channel = preferences.channel_for(reader, kind)
    if channel == Channel.OFF:
        raise NotToBeSent(MailState.DROPPED, "switched off by the reader")
    if channel == Channel.WEEKLY and kind.group != kinds.KindGroup.DIGEST:
        raise NotToBeSent(MailState.WEEKLY, "")


def _send(mail: OutboxMail, message: EmailMultiAlternatives, postman: Postman) -> None:
    restored.take_number()
    try:
        postman.send(message)
    except Unreachable as error:
        mail.put_off(timezone.now() + FIRST_WAIT, str(error))
        logger.error("mail server unreachable: %s", error)  # noqa: TRY400 -- the cause is in the words
    except Exception as error:  # noqa: BLE001  whatever a letter or a server raises is this letter's
        mail.attempts += 1
        _give_up_or_retry(mail, error)
    else:
        mail.attempts += 1
        mail.finish(MailState.SENT)
        pace.pace.note(mail.address)


def _give_up_or_retry(mail: OutboxMail, error: Exception) -> None:
    if isinstance(error, LostAnswer):
        if mail.is_unanswered:
            mail.finish(MailState.FAILED, describe(error))
        else:
            mail.is_unanswered = True
            mail.put_off(timezone.now() + UNANSWERED_WAIT, describe(error))
    elif is_permanent(error):
        mail.finish(MailState.FAILED, describe(error))
    elif isinstance(error, (smtplib.SMTPException, OSError)):
        _retry_later(mail, error, MAX_REFUSALS)
    else:
        _retry_later(mail, error, MAX_FAULTS)


def _retry_later(mail: OutboxMail, error: Exception, most: int) -> None:
    if mail.attempts >= most:
        mail.finish(MailState.FAILED, describe(error))
        return
    wait = min(FIRST_WAIT * 2 ** (mail.attempts - 1), LONGEST_WAIT)
    mail.put_off(timezone.now() + wait, describe(error))

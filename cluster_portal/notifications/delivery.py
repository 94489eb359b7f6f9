"""Letting the outbox flow: one due row per transaction, so that a killed worker costs one copy.

1. claim the most urgent due row that nobody else holds;
2. ask again whether it may go: account, visibility, preference;
3. render, send, mark, commit.

What a reader is and wants is asked for the next fifty rows at once, at most two seconds before.
"""

import logging
import smtplib
import time
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from cluster_portal.core.visibility import audiences_of
from cluster_portal.notifications import inbox, kinds, preferences, rendering
from cluster_portal.notifications.models import Channel, MailState, OutboxMail
from cluster_portal.notifications.postman import Postman, Unreachable, describe, is_permanent
from cluster_portal.notifications.preferences import CHANNELS

logger = logging.getLogger(__name__)

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
# Some twenty hours of a mail server that says "later", and a quarter of an hour of our own fault.
MAX_REFUSALS = 25
MAX_FAULTS = 5
AHEAD, KNOWN_SECONDS = 50, 2.0
ORDER = ("priority", "due_at", "pk")


class NotToBeSent(Exception):
    """The row is settled without a letter."""

    def __init__(self, state: MailState, reason: str) -> None:
        super().__init__(reason)
        self.state = state
        self.reason = reason


class Readers:
    """The readers of the next letters: their audiences and choices, for a moment."""

    def __init__(self) -> None:
        self._known: dict[int, Any] = {}
        self._born = 0.0

    def introduce(self, mail: OutboxMail) -> None:
        """Give the mail's reader what is known of her."""
        if not mail.recipient:
            return
        if mail.recipient.pk not in self._known or time.monotonic() - self._born > KNOWN_SECONDS:
            self._look_ahead(mail.recipient)
        known = self._known[mail.recipient.pk]
        for name in ("_audience", CHANNELS):
            if name in known.__dict__:
                mail.recipient.__dict__[name] = known.__dict__[name]

    def _look_ahead(self, reader: Any) -> None:
        due = OutboxMail.objects.due().order_by(*ORDER)
        pks = due.values_list("recipient", flat=True)[:AHEAD]
        people = get_user_model().objects.in_bulk([pk for pk in pks if pk] + [reader.pk])
        audiences_of(people.values())
        preferences.remember(people.values())
        self._known, self._born = people, time.monotonic()


def deliver_due(seconds: float = 15) -> bool:
    """Deliver until nothing is due, the server is away or time is up; True when work is left."""
    end = time.monotonic() + seconds
    readers = Readers()
    with Postman() as postman:
        while deliver_one(postman, readers):
            if postman.is_stuck:
                return False
            if time.monotonic() > end:
                return True
    return False


def deliver_one(postman: Postman, readers: Readers | None = None) -> bool:
    """Settle or put off one due row; False when there is none to claim."""
    with transaction.atomic():
        mail = claim()
        if mail is None:
            return False
        if readers is not None:
            readers.introduce(mail)
        _handle(mail, postman)
        return True


def claim() -> OutboxMail | None:
    due = OutboxMail.objects.due().select_for_update(skip_locked=True, of=("self",))
    return due.select_related("recipient").order_by(*ORDER).first()


def _handle(mail: OutboxMail, postman: Postman) -> None:
    message = _prepared(mail)
    if message is None:
        return
    try:
        postman.send(message)
    except Unreachable as error:
        mail.put_off(timezone.now() + FIRST_WAIT, str(error))
        logger.error("mail server unreachable: %s", error)  # noqa: TRY400 -- the cause is in the words
    except (smtplib.SMTPException, OSError) as error:
        if is_permanent(error):
            mail.attempts += 1
            mail.finish(MailState.FAILED, describe(error))
        else:
            _retry_later(mail, error, MAX_REFUSALS)
    except ValueError as error:
        _retry_later(mail, error, MAX_FAULTS)
    else:
        mail.attempts += 1
        mail.finish(MailState.SENT)


def _prepared(mail: OutboxMail) -> EmailMultiAlternatives | None:
    """The message, or None when the row was settled or put off without one."""
    try:
        with transaction.atomic():
            _refuse_pointless(mail)
            return _message(mail)
    except NotToBeSent as answer:
        mail.finish(answer.state, answer.reason)
    except kinds.NothingToSay as answer:
        mail.finish(MailState.DROPPED, str(answer) or "nothing to say any more")
    except Exception as error:
        # One row that cannot be rendered must not keep the others waiting.
        logger.exception("mail %s cannot be rendered", mail.pk)
        _retry_later(mail, error, MAX_FAULTS)
    return None


def _retry_later(mail: OutboxMail, error: Exception, most: int) -> None:
    mail.attempts += 1
    if mail.attempts >= most:
        mail.finish(MailState.FAILED, describe(error))
        return
    wait = min(FIRST_WAIT * 2 ** (mail.attempts - 1), LONGEST_WAIT)
    mail.put_off(timezone.now() + wait, describe(error))


def _refuse_pointless(mail: OutboxMail) -> None:
    """Raise NotToBeSent for what has lost its reader, its object, its time or its welcome."""
    kind = kinds.get(mail.kind)
    if mail.version > kind.version:
        raise ValueError(f"written by a newer release: version {mail.version}")
    if kind.lifetime and timezone.now() > mail.created_at + kind.lifetime:
        raise NotToBeSent(MailState.DROPPED, "too late to be of use")
    _refuse_closed(mail)
    _refuse_hidden(mail)
    if not mail.recipient:
        return
    mail.titles = rendering.titles(mail) if mail.is_notice else {}
    channel = preferences.channel_for(mail.recipient, kind)
    if channel == Channel.OFF:
        raise NotToBeSent(MailState.DROPPED, "switched off by the reader")
    if channel == Channel.WEEKLY and kind.group != kinds.KindGroup.DIGEST:
        raise NotToBeSent(MailState.WEEKLY, "")


def _refuse_closed(mail: OutboxMail) -> None:
    if mail.recipient and not mail.recipient.is_active:
        raise NotToBeSent(MailState.DROPPED, "the account is closed")


def _refuse_hidden(mail: OutboxMail) -> None:
    """Neither mail nor notice of what is gone, or is no longer the reader's to see."""
    if mail.about_id is None:
        return
    seen = inbox.seen_by(mail, mail.recipient) if mail.recipient else mail.about
    if seen is None:
        mail.is_notice = False
        gone, hidden = "what it is about is gone", "the reader may no longer see what it is about"
        raise NotToBeSent(MailState.DROPPED, hidden if mail.about else gone)
    mail.about = seen


def _message(mail: OutboxMail) -> EmailMultiAlternatives:
    letter = rendering.letter(mail)
    headers = {
        "Message-ID": mail.message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if thread := _thread_of(mail):
        headers["References"] = headers["In-Reply-To"] = thread
    if letter.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        letter.subject, letter.text, settings.DEFAULT_FROM_EMAIL, [mail.address], headers=headers
    )
    message.attach_alternative(letter.html, "text/html")
    return message


def _thread_of(mail: OutboxMail) -> str:
    """One conversation in the reader's mailbox for all letters about one subject.

    An object names the subject by `mail_thread`, an object that it belongs to; else it is its own.
    """
    if mail.about is None:
        return ""
    subject = getattr(mail.about, "mail_thread", mail.about)
    name = uuid5(NAMESPACE_URL, f"{subject._meta.label_lower}:{subject.pk}")
    return f"<{name}@{mail.message_id.rpartition('@')[2]}"

"""Letting the outbox flow: letters are claimed and prepared in batches, and sent one by one.

1. claim the most urgent due rows that nobody else holds (`claims`);
2. prepare their letters together (`preparing`): whether each may go is asked just now;
3. send each, and note at once that it has left. The batch ends two seconds later at most.

A killed worker costs a copy of the one letter that it was just sending; what else it held is free.
"""

import logging
import smtplib
import time
from datetime import timedelta

from django.utils import timezone

from cluster_portal.notifications.claims import claimed
from cluster_portal.notifications.models import MailState, OutboxMail
from cluster_portal.notifications.postman import Postman, Unreachable, describe, is_permanent
from cluster_portal.notifications.preparing import Letter, Prepared, prepare

logger = logging.getLogger(__name__)

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
# Some twenty hours of a mail server that says "later", and a quarter of an hour of our own fault.
MAX_REFUSALS = 25
MAX_FAULTS = 5
TOGETHER, KNOWN_SECONDS = 50, 2.0


def deliver_due(seconds: float = 15) -> bool:
    """Deliver until nothing is due, the server is away or time is up; True when work is left."""
    end = time.monotonic() + seconds
    with Postman() as postman:
        while deliver_some(postman):
            if postman.is_stuck:
                return False
            if time.monotonic() > end:
                return True
    return False


def deliver_some(postman: Postman, most: int = TOGETHER) -> bool:
    """Settle, send or put off some due rows; False when there are none to claim."""
    with claimed(most) as (mails, is_work):
        end = time.monotonic() + KNOWN_SECONDS
        for prepared in prepare(mails):
            _settle(prepared)
            for letter in prepared.letters:
                _deliver(letter, postman)
                if postman.is_stuck or time.monotonic() > end:
                    return True
        return is_work


def _settle(prepared: Prepared) -> None:
    """What is done without a letter, in one statement."""
    for mail, error in prepared.failed:
        mail.attempts += 1
        _retry_later(mail, error, MAX_FAULTS)
    if rows := [*prepared.settled, *(mail for mail, _error in prepared.failed)]:
        OutboxMail.objects.record(rows)


def _deliver(letter: Letter, postman: Postman) -> None:
    mail, message = letter
    try:
        postman.send(message)
    except Unreachable as error:
        mail.put_off(timezone.now() + FIRST_WAIT, str(error))
        OutboxMail.objects.record([mail])
        logger.error("mail server unreachable: %s", error)  # noqa: TRY400 -- the cause is in the words
    except Exception as error:  # noqa: BLE001  whatever a letter or a server raises is this letter's
        mail.attempts += 1
        _give_up_or_retry(mail, error)
        OutboxMail.objects.record([mail])
    else:
        mail.attempts += 1
        mail.finish(MailState.SENT)
        OutboxMail.objects.record_sent(mail)


def _give_up_or_retry(mail: OutboxMail, error: Exception) -> None:
    if is_permanent(error):
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

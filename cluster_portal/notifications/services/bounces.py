"""Mail that comes back: who is written to no more, why, and how it goes on again.

Only a report (RFC 3464) that returns one of our own letters counts, by its Message-ID, so that
nobody can silence another's mailbox by writing to ours. A mailbox that is gone is stopped at once,
one that is full or away after three reports within thirty days. A report on an address that its
reader has changed meanwhile says nothing about the new one.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes, policy
from email.utils import getaddresses
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.core.text.addresses import normal_address
from cluster_portal.notifications.models import MailTrouble, OutboxMail
from cluster_portal.notifications.sending import mailbox
from cluster_portal.notifications.sending.rendering import header_safe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader

logger = logging.getLogger(__name__)

PATIENCE, WITHIN = 3, timedelta(days=30)
LONGEST = 1_000_000  # bytes; a report is small, and what is larger is none
# No such mailbox or host, the mailbox is disabled, the address has moved.
GONE = ("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4")


@dataclass
class Found:
    read: int = 0
    known: int = 0
    stopped: int = 0


@dataclass(frozen=True)
class Report:
    """`addresses` are those that the letter and the report name: where it was forwarded, too."""

    message_id: str
    status: str
    words: str
    addresses: frozenset[str] = frozenset()


def read_mailbox() -> Found:
    """Takes out what was read; what a killed reader left is read again, and counts once more."""
    found = Found()
    if not settings.BOUNCES_URL:
        return found
    with mailbox.messages(settings.BOUNCES_URL) as messages:
        for raw, remove in messages:
            found.read += 1
            _take(raw, found)
            remove()
    return found


def _take(raw: bytes, found: Found) -> None:
    for report in reports_of(raw):
        trouble = note(report)
        if trouble is not None:
            found.known += 1
            found.stopped += trouble.is_stopped


def reports_of(raw: bytes) -> list[Report]:
    """Of each reader that a letter did not reach; nothing for what is no report."""
    if len(raw) > LONGEST:
        return []
    try:
        message = message_from_bytes(raw, policy=policy.compat32)
        return list(_reports(message))
    except (ValueError, LookupError, TypeError, AttributeError):
        logger.warning("a message in the mailbox of returned mail cannot be read")
        return []


def _reports(message: Message) -> Iterator[Report]:
    returned = _returned(message)
    sent = str(returned.get("Message-ID", "")).strip() if returned else ""
    if not returned or not sent:
        return
    to = {address for _name, address in getaddresses([str(returned.get("To", ""))])}
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in _blocks(part):
            if str(block.get("Action", "")).strip().lower() == "failed":
                status = str(block.get("Status", "")).split(" ")[0].strip()
                named = frozenset(map(normal_address, {*to, *_addresses(block)} - {""}))
                yield Report(sent, header_safe(status, 12), _words(block), named)


def _blocks(part: Message) -> list[Message]:
    inner: Any = part.get_payload()
    return inner if isinstance(inner, list) else []


def _addresses(block: Message) -> Iterator[str]:
    for name in ("Original-Recipient", "Final-Recipient"):
        yield str(block.get(name, "")).rpartition(";")[2].strip().strip("<>")


def _words(block: Message) -> str:
    return header_safe(str(block.get("Diagnostic-Code", "")).partition(";")[2], 300)


def _returned(message: Message) -> Message | None:
    """The letter that was returned, whole or its head alone."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822" and _blocks(part):
            return _blocks(part)[0]
        if kind == "text/rfc822-headers":
            raw: Any = part.get_payload(decode=True)
            return message_from_bytes(raw or b"")
    return None


@transaction.atomic
def note(report: Report) -> MailTrouble | None:
    """None where the letter is not ours or went to an address that its reader has left, or the
    report says nothing for good or for now."""
    mail = OutboxMail.objects.filter(message_id=report.message_id).select_related("recipient")
    sent = mail.first()
    if sent is None or report.status[:2] not in {"5.", "4."}:
        return None
    if report.addresses and normal_address(sent.address) not in report.addresses:
        return None
    return add(sent.address, report.status, report.words)


def add(address: str, status: str, words: str) -> MailTrouble:
    """Within a transaction."""
    now = timezone.now()
    rows = MailTrouble.objects.of_address(address)
    MailTrouble.objects.bulk_create(
        [MailTrouble(address=address.lower(), status=status, count=1, first_at=now, last_at=now)],
        ignore_conflicts=True,
    )
    trouble = rows.select_for_update(no_key=True).get()
    is_new = trouble.last_at == now
    if not is_new and trouble.last_at < now - WITHIN:
        trouble.count, trouble.first_at = 1, now
    elif not is_new:
        trouble.count += 1
    trouble.status, trouble.words, trouble.last_at = status, words, now
    trouble.is_stopped = trouble.is_stopped or status in GONE or trouble.count >= PATIENCE
    trouble.save()
    return trouble


def is_stopped(address: str) -> bool:
    return MailTrouble.objects.of_address(address).stopped().exists()


@transaction.atomic
def lift(rows: QuerySet[Any], *, by: Reader) -> int:
    """Mail goes to these addresses again, until it comes back again."""
    found = list(rows.select_for_update().order_by("pk"))
    for trouble in found:
        audit.record(trouble, "mail goes again", by=by)
    MailTrouble.objects.filter(pk__in=[one.pk for one in found]).delete()
    return len(found)


def lift_own(user: Reader) -> int:
    return lift(MailTrouble.objects.of_person(user), by=user)


def forget_old() -> int:
    """What has not come back for long and was never stopped."""
    old = MailTrouble.objects.filter(is_stopped=False, last_at__lt=timezone.now() - 2 * WITHIN)
    return old.delete()[0]

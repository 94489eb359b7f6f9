"""Writing to somebody whose address is not shown: an organisation, a person, an organiser.

An account holder's message is sent at once; a guest first confirms the address for the answer.
Apps above register their kinds of receiver; page, form and limits are the same for all.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.text.addresses import mailbox_of
from cluster_portal.notifications import outbox
from members.models import ContactMessage, User
from members.models.contact_messages import Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model, QuerySet

    from cluster_portal.core.visibility import Reader
    from cluster_portal.notifications.outbox import Guest

SALT = "members.contact"
A_DAY = datetime.timedelta(days=1)
CONFIRMED_WITHIN = datetime.timedelta(days=2)
KEPT = datetime.timedelta(days=30)
# Messages a day from one account; and of guests: from one mailbox, from one network, to one target.
FROM_PERSON, FROM_MAILBOX, FROM_NETWORK, TO_TARGET = 10, 5, 30, 40


@dataclass(frozen=True)
class Readers:
    """Who gets a message, and the sentence in which the page says so."""

    people: list[User]
    sentence: str


@dataclass(frozen=True)
class ReceiverKind:
    """What can be written to at `/contact/<key>/<slug>/`; `model` has a slug and `visible_to`.

    `written(target, sender)` notes each message that is sent; a guest is no sender.
    """

    key: str
    model: Any
    readers: Callable[[Any], Readers]
    written: Callable[[Any, User | None], None] = lambda _target, _sender: None


_kinds: dict[str, ReceiverKind] = {}


def register(kind: ReceiverKind) -> None:
    _kinds[kind.key] = kind


def find(key: str, slug: str, user: Reader) -> Any | None:
    """What the address names, as far as this reader may see it."""
    kind = _kinds.get(key)
    return kind.model.objects.visible_to(user).filter(slug=slug).first() if kind else None


def _kind_of(target: Model) -> ReceiverKind:
    return next(kind for kind in _kinds.values() if isinstance(target, kind.model))


def readers_of(target: Model) -> Readers:
    """Where nobody holds the post, the platform administrators read, so that nothing is lost."""
    found = _kind_of(target).readers(target)
    if found.people:
        return found
    administrators = User.objects.filter(is_superuser=True, is_active=True)
    return Readers(list(administrators), _("The administrator of the service gets your message."))


@transaction.atomic
def write(target: Model, message: str, *, by: User) -> ContactMessage:
    """Sends an account holder's message."""
    _refuse_gone(target, by)
    readers = readers_of(target).people
    if by in readers:
        raise Refused(_("You would write to yourself."))
    _refuse_flood((Q(sender=by), FROM_PERSON))
    row = _row(target, message, outbox.Guest(by.email, str(by), by.language))
    row.sender, row.stage = by, Stage.SENT
    row.save()
    _deliver(row, readers)
    return row


@transaction.atomic
def ask_confirmation(target: Model, message: str, *, guest: Guest, network: str) -> ContactMessage:
    """Keeps a guest's message and asks the address whether its holder has written it."""
    row = _row(target, message, guest, network)
    _refuse_flood(
        (Q(sender=None, mailbox=row.mailbox), FROM_MAILBOX),
        (Q(sender=None, network=network), FROM_NETWORK),
    )
    row.save()
    values: dict[str, str | int] = {"message": row.pk}
    outbox.post("contact_confirm", to=guest, key=str(row.public_id), values=values)
    return row


def token_of(row: ContactMessage) -> str:
    return signing.dumps(str(row.public_id), salt=SALT)


def read(token: str) -> ContactMessage:
    """The message that a link names, `Refused` when the link or what it leads to is gone."""
    gone = Refused(_("This link is not valid any more. Write the message again."))
    try:
        public_id = signing.loads(token, salt=SALT, max_age=CONFIRMED_WITHIN)
    except signing.BadSignature:
        raise gone from None
    row = ContactMessage.objects.filter(public_id=public_id).first()
    if row is None or not _is_open(row):
        raise gone
    return row


@transaction.atomic
def confirm(token: str) -> ContactMessage:
    """Sends the message of the guest who has opened the link; a second time changes nothing."""
    row = ContactMessage.objects.select_for_update().get(pk=read(token).pk)
    if row.stage == Stage.SENT:
        return row
    to_target = Q(target_type=row.target_type, target_id=row.target_id)
    _refuse_flood((to_target & Q(sender=None, stage=Stage.SENT), TO_TARGET))
    row.stage = Stage.SENT
    row.save(update_fields=["stage"])
    _deliver(row, readers_of(row.target).people)
    return row


def sent_to(target: Model) -> QuerySet[ContactMessage]:
    """The messages that have reached it and are still kept, the newest first."""
    kind = ContentType.objects.get_for_model(target)
    return ContactMessage.objects.filter(target_type=kind, target_id=target.pk, stage=Stage.SENT)


def forget_target(target: Model) -> None:
    """What was written to something that is being deleted goes with it."""
    kind = ContentType.objects.get_for_model(target)
    ContactMessage.objects.filter(target_type=kind, target_id=target.pk).delete()


def forget_messages() -> int:
    """What nobody confirmed in time goes, and what was sent a month later."""
    now = timezone.now()
    unconfirmed = Q(stage=Stage.REQUESTED, created_at__lt=now - CONFIRMED_WITHIN)
    old = ContactMessage.objects.filter(unconfirmed | Q(created_at__lt=now - KEPT))
    return old.delete()[0]


def _row(target: Model, message: str, sender: Guest, network: str = "") -> ContactMessage:
    return ContactMessage(
        target=target, name=sender.name, email=sender.email, language=sender.language,
        mailbox=mailbox_of(sender.email), network=network, message=message,
    )  # fmt: skip


def _is_open(row: ContactMessage) -> bool:
    """Guests write to what visitors see."""
    model: Any = row.target_type.model_class()
    return model.objects.visible_to(AnonymousUser()).filter(pk=row.target_id).exists()


def _refuse_gone(target: Any, user: User) -> None:
    """What was open when its page was drawn may have been hidden since."""
    if not type(target)._default_manager.visible_to(user).filter(pk=target.pk).exists():
        raise Refused(_("This page is not shown any more. Your message was not sent."))


def _refuse_flood(*limits: tuple[Q, int]) -> None:
    _take_turns()
    recent = ContactMessage.objects.filter(created_at__gt=timezone.now() - A_DAY)
    if any(recent.filter(rows).count() >= most for rows, most in limits):
        raise Refused(_("Too many messages have been sent today. Try again tomorrow."))


def _take_turns() -> None:
    """Messages are counted one after another, so that parallel ones do not pass together."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('members.contact'))")


def _deliver(row: ContactMessage, readers: list[User]) -> None:
    entry = audit.record(row.target, "contact request", by=row.sender)
    _kind_of(row.target).written(row.target, row.sender)
    values: dict[str, str | int] = {
        "sender": row.name, "sender_email": row.email, "message": row.message,
    }  # fmt: skip
    outbox.post_to_all(
        "contact_request", to=readers, key=str(entry.pk), about=row.target, values=values
    )

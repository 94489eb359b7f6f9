"""What the coordinators' today page says of the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import QueueState, Step
from cluster_portal.notifications.models import (
    Letter,
    MailState,
    MailTrouble,
    OutboxMail,
    Preference,
)
from cluster_portal.notifications.models.letters import Stage
from cluster_portal.notifications.sending import restored

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from cluster_portal.core.visibility import Reader


def mail_chosen(user: Reader) -> Step | None:
    """The first step of whoever gets mail; saving the page once ticks it."""
    chosen = Preference.objects.filter(user=user.pk).exists()
    return Step(reverse("notifications:preferences"), chosen)


def own_troubles(user: Reader) -> QuerySet[MailTrouble]:
    return MailTrouble.objects.of_person(user).stopped()


def own_address(user: Reader) -> list[dict[str, Any]]:
    """That mail to the reader comes back."""
    return [
        {
            "title": _("Mail to you comes back"),
            "url": reverse("notifications:preferences"),
            "text": trouble.address,
        }
        for trouble in own_troubles(user)
    ]


def stopped(user: Reader) -> QueueState:
    rows = MailTrouble.objects.in_scope_of(user).stopped()
    page = reverse("admin:notifications_mailtrouble_changelist")
    oldest = rows.aggregate(Min("first_at"))["first_at__min"]
    label = _("Addresses from which mail comes back")
    return QueueState(label, rows.count(), oldest, f"{page}?is_stopped__exact=1")


def failed(user: Reader) -> QueueState:
    rows = OutboxMail.objects.in_scope_of(user).filter(state=MailState.FAILED)
    return _state(_("Mail that could not be delivered"), rows, MailState.FAILED)


def held(user: Reader) -> QueueState:
    """The database was restored from a copy: what waits may have left already."""
    rows = OutboxMail.objects.filter(state=MailState.QUEUED)
    words = _("Mail is held since the database was restored (manage.py after_restore --release)")
    return _state(words, rows if restored.is_held() else rows.none(), MailState.QUEUED)


def letter_drafts(user: Reader) -> QueueState:
    drafts = Letter.objects.in_scope_of(user).filter(stage=Stage.DRAFT)
    page = reverse("admin:notifications_letter_changelist")
    first = drafts.order_by("pk").first()
    change = reverse("admin:notifications_letter_change", args=[first.pk]) if first else ""
    oldest = first.created_at if first else None
    url = f"{page}?stage__exact=draft"
    return QueueState(_("Letters that have not been sent"), drafts.count(), oldest, url, change)


def _state(label: str | _StrPromise, rows: Any, state: MailState) -> QueueState:
    page = reverse("admin:notifications_outboxmail_changelist")
    oldest = rows.aggregate(Min("created_at"))["created_at__min"]
    return QueueState(label, rows.count(), oldest, f"{page}?state__exact={state}")

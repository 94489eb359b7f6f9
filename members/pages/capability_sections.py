"""Capabilities on other pages: the desk, an organisation's page, the front page."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core.request_cache import Part
from cluster_portal.core.states import QueueState
from cluster_portal.core.visibility import audience
from members.models import Capability
from members.models.capabilities import Stage
from members.models.capability_workflow import MOVES
from members.models.situations import SCENE_OF, featured
from members.pages.capability_list import for_rows, row_of
from members.pages.capability_page import with_enquiries

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from members.models import Organisation, User

ON_DESK, ON_PAGE, ON_FRONT = 50, 12, 4
ON_CARDS: Part[list[Any]] = Part("capabilities on a desk")
RENEWED_BEFORE = datetime.timedelta(days=30)


def _own(user: User) -> list[Any]:
    """Those of the organisations of the reader, read once for the three cards."""
    known = audience(user)
    if not known.organisations:
        return []
    rows = Capability.objects.filter(organisation__in=known.organisations)
    rows = rows.exclude(stage=Stage.WITHDRAWN).defer("search").with_membership()
    counted = with_enquiries(rows).select_related("organisation")
    urgent = counted.order_by(F("expires_on").asc(nulls_first=True), "-updated_at", "-pk")
    return ON_CARDS.get(user.pk, lambda: list(urgent[:ON_DESK]))


def to_confirm(user: User) -> list[dict[str, Any]]:
    """What a coordinator entered for them and they have not confirmed."""
    rows = [row for row in _own(user) if MOVES.may("confirm", row, user)]
    return [
        {**desk_row(row), "action": "confirm", "label": _("Confirm and publish")} for row in rows
    ]


def to_renew(user: User) -> list[dict[str, Any]]:
    """Expired, or about to."""
    soon = timezone.localdate() + RENEWED_BEFORE
    rows = [
        row
        for row in _own(user)
        if row.expires_on and row.expires_on <= soon and MOVES.may("renew", row, user)
    ]
    return [{**desk_row(row), "action": "renew", "label": _("Still true: renew")} for row in rows]


def mine(user: User) -> list[dict[str, Any]]:
    """All others with the number of enquiries through the portal."""
    return [
        {**desk_row(row), "enquiries": row.enquiries, "has_left": not row.is_of_member}
        for row in _own(user)
    ]


def desk_row(row: Capability) -> dict[str, Any]:
    stage = Stage.EXPIRED if row.has_expired else Stage(row.stage)
    words = str(stage.label)
    if stage == Stage.PUBLISHED and row.expires_on:
        words = _("Shown until %(day)s") % {"day": date_format(row.expires_on, "DATE_FORMAT")}
    return {
        "title": row.title,
        "url": row.get_absolute_url(),
        "kind": row.get_kind_display(),
        "state": stage.look,
        "state_text": words,
        "move_url": reverse("members:capability", args=[row.slug]),
    }


def of_organisation(organisation: Organisation, user: Reader) -> list[dict[str, Any]]:
    """What others find; the first leads to all."""
    rows = Capability.objects.visible_to(user).open().filter(organisation=organisation)
    found = [row_of(row) for row in for_rows(rows).order_by("-published_at", "-pk")[:ON_PAGE]]
    if found:
        every = f"{reverse('members:capabilities')}?organisation={organisation.slug}"
        found[0] |= {"all_url": every}
    return found


def front(user: Reader) -> dict[str, Any] | None:
    """The situations as doors, and the newest."""
    rows = for_rows(Capability.objects.visible_to(user).open())
    newest = [row_of(row) for row in rows.order_by("-published_at", "-pk")[:ON_FRONT]]
    if not newest:
        return None
    address = reverse("members:capabilities")
    return {
        "rows": newest,
        "list_url": address,
        "situations": [
            {
                "name": term.label,
                "scene": SCENE_OF[term.code],
                "url": f"{address}?task={term.code}",
            }
            for term in featured()
        ],
    }


def queue(user: Reader) -> QueueState:
    """Those of a coordinator's clusters that their organisations have not confirmed."""
    rows = Capability.objects.in_scope_of(user).filter(stage=Stage.UNCONFIRMED)
    first = rows.order_by("updated_at", "pk").values("pk", "updated_at").first()
    page = "admin:members_capability_change"
    return QueueState(
        label=_("Capabilities that wait for their organisation"),
        count=rows.count() if first else 0,
        oldest=first["updated_at"] if first else None,
        url=f"{reverse('admin:members_capability_changelist')}?stage__exact=unconfirmed",
        first=reverse(page, args=[first["pk"]]) if first else "",
    )


def of_interest(user: Reader) -> Any:
    """What the one search and the digests tell of."""
    return Capability.objects.visible_to(user).open()

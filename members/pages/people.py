"""What an organisation's own pages show to those who look after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cluster_portal.core.visibility import audience
from members.forms.members import RoleForm
from members.models import Affiliation, Organisation
from members.models.affiliations import CURRENT, MOVES, Stage, leads
from members.services.affiliations import coordinators_of

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from cluster_portal.core.visibility import Reader
    from cluster_portal.core.workflow import Move


AFTER_REMOVAL = frozenset({"restore", "settle"})


def frame(organisation: Organisation, title: str) -> dict[str, Any]:
    return {
        "organisation": organisation,
        "title": title,
        "trail": [
            {"name": _("Members"), "url": reverse("members:list")},
            {"name": organisation.title, "url": organisation.get_absolute_url()},
            {"name": title},
        ],
        "current": "members",
    }


def people(organisation: Organisation, user: Reader) -> dict[str, Any]:
    """Who belongs to it and who waits; roles are changed by whoever leads it."""
    rows = Affiliation.objects.filter(organisation=organisation).select_related(
        "user", "organisation"
    )
    current = rows.filter(stage__in=CURRENT).order_by("role", "user__sort_name")
    may_lead, is_insider = leads(organisation.pk, user), _is_insider(organisation, user)
    everyone = [_person(row, user, may_lead=may_lead, is_insider=is_insider) for row in current]
    return {
        **frame(organisation, _("People of the organisation")),
        "waiting": [row for row in everyone if row["affiliation"].stage == Stage.REQUESTED],
        "confirmed": [row for row in everyone if row["affiliation"].stage == Stage.CONFIRMED],
        "removed": [
            {"affiliation": row, "moves": _moves(row, user, AFTER_REMOVAL)}
            for row in rows.contested().order_by("contact_taken_at")
        ],
        "may_lead": may_lead,
        "may_invite": Organisation.objects.editable_by(user).contains(organisation),
        "is_insider": is_insider,
    }


def _is_insider(organisation: Organisation, user: Reader) -> bool:
    return organisation.pk in audience(user).organisations


def _person(row: Affiliation, user: Reader, *, may_lead: bool, is_insider: bool) -> dict[str, Any]:
    form = RoleForm(
        initial={"role": row.role}, auto_id=f"role-{row.public_id}-%s", is_insider=is_insider
    )
    return {
        "affiliation": row,
        "moves": _moves(row, user, MOVES.moves.keys() - AFTER_REMOVAL),
        "role_form": form if may_lead else None,
    }


def _moves(row: Affiliation, user: Reader, among: AbstractSet[str]) -> list[tuple[str, Move]]:
    return [(name, move) for name, move in MOVES.open_to(row, user) if name in among]


def removal(affiliation: Affiliation, user: Reader) -> dict[str, Any]:
    """A former contact's own page about it: what happened, whom to ask, what they can do."""
    return {
        **frame(affiliation.organisation, _("Your role as contact person")),
        "affiliation": affiliation,
        "coordinators": coordinators_of(affiliation.organisation),
        "can_settle": MOVES.may("settle", affiliation, user),
    }

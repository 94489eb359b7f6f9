"""What an organisation's own pages show to those who look after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cluster_portal.core.addresses import readable_domain
from members.forms import OrganisationFields, RoleForm
from members.models import Affiliation
from members.models.affiliations import MOVES, Stage

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from members.models import Organisation


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


def values_of(organisation: Organisation) -> dict[str, Any]:
    values = {name: getattr(organisation, name) for name in OrganisationFields.facts}
    return {
        **values,
        "terms": list(organisation.terms.all()),
        "email_domains": ", ".join(map(readable_domain, organisation.email_domains)),
        "version": organisation.updated_at.isoformat(),
    }


def people(organisation: Organisation, user: Reader) -> dict[str, Any]:
    rows = Affiliation.objects.filter(
        organisation=organisation, stage__in=[Stage.REQUESTED, Stage.CONFIRMED]
    ).select_related("user", "organisation")
    everyone: list[dict[str, Any]] = [
        {
            "affiliation": row,
            "moves": MOVES.open_to(row, user),
            "role_form": RoleForm(initial={"role": row.role}, auto_id=f"role-{row.public_id}-%s"),
        }
        for row in rows.order_by("role", "user__sort_name")
    ]
    return {
        **frame(organisation, _("People of the organisation")),
        "waiting": [row for row in everyone if row["affiliation"].stage == Stage.REQUESTED],
        "confirmed": [row for row in everyone if row["affiliation"].stage == Stage.CONFIRMED],
    }

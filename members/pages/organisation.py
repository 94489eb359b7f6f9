"""An organisation's page. All that this app knows of it comes with one statement."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core.content import parts
from cluster_portal.core.database.columns import in_language, listed
from cluster_portal.core.visibility import audience
from members.models import Affiliation, CoordinatorTerm, Membership, Organisation
from members.models.affiliations import Role
from members.models.affiliations import Stage as AffiliationStage
from members.models.memberships import Stage
from members.pages import experts, profiles
from members.services import affiliations

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

DAYS = ("since", "until")


def values(slug: str, user: Reader) -> dict[str, Any] | None:
    """What the template shows; None when there is no such organisation for this reader."""
    rows = _rows(slug, user)
    shown = next((row for row in rows if row.slug == slug), None)
    if shown is None:
        return None
    sections = _sections(shown, user)
    between = _between(shown, user)
    memberships = [_with_days(row, *DAYS) for row in shown.membership_rows]
    return {
        "organisation": shown,
        "trail": [{"name": _("Members"), "url": reverse("members:list")}, {"name": shown.title}],
        "memberships": memberships,
        "facts": [*profiles.facts(shown, between["keepers"]), _commitment(shown)],
        "theme_groups": profiles.theme_groups(shown, shown.themes),
        "scene": profiles.scene_of(shown, shown.themes),
        "sure": profiles.freshness(shown, user),
        **profiles.head(shown, memberships),
        "terms": [_with_days(row, "checked_on") for row in shown.coordination],
        "leading": [section for section in sections if section["leads"]],
        "sections": [section for section in sections if not section["leads"]],
        "can_edit": shown.can_edit,
        "current": "members",
        **_relatives(shown, rows),
        **between,
        **_for_its_people(shown, user),
    }


def _for_its_people(shown: Any, user: Reader) -> dict[str, Any]:
    """For its contacts and coordinators: the commitment to the values, and who has written."""
    if not shown.can_edit:
        return {}
    accepted = [row["accepted"] for row in map(_accepted, shown.membership_rows) if row["accepted"]]
    values: dict[str, Any] = {"values_accepted_on": min(accepted, default=None)}
    if shown.pk in audience(user).edits:
        values["enquiries"] = profiles.enquiries(shown)
    return values


def _commitment(shown: Any) -> dict[str, str]:
    """The day since which it is committed to the values of a cluster that it is a member of."""
    current = [row for row in shown.membership_rows if not row["until"]]
    days = [row["accepted"] for row in map(_accepted, current) if row["accepted"]]
    value = date_format(min(days), "SHORT_DATE_FORMAT") if days else ""
    return {"name": _("Committed to the shared values"), "value": value}


def _accepted(row: dict[str, Any]) -> dict[str, Any]:
    if not row["accepted"]:
        return {"accepted": None}
    moment = datetime.datetime.fromisoformat(row["accepted"])
    return {"accepted": timezone.localtime(moment).date()}


def _rows(slug: str, user: Reader) -> list[Any]:
    """The organisation and its relatives, as far as the reader may see them."""
    here = Organisation.objects.filter(slug=slug).order_by()
    own, parent, successor = (Subquery(here.values(name)) for name in ("pk", "parent", "successor"))
    near = Q(slug=slug) | Q(parent=own) | Q(successor=own) | Q(pk=parent) | Q(pk=successor)
    editable = Organisation.objects.editable_by(user).filter(pk=OuterRef("pk"))
    rows = Organisation.objects.visible_to(user).filter(near).select_related("region")
    contacts = Affiliation.objects.contacts().filter(organisation=OuterRef("pk"))
    rows = rows.annotate(can_edit=Exists(editable), has_contact=Exists(contacts), **_history(slug))
    rows = rows.annotate(expert_rows=experts.rows_of_organisation(slug, user))
    if audience(user).user_id is not None:
        rows = rows.annotate(**_people(slug, user))
    return list(rows)


def _history(slug: str) -> dict[str, Any]:
    """Themes, memberships and coordination, for the organisation itself alone."""
    of_this = {"organisation": OuterRef("pk"), "organisation__slug": slug}
    links = Organisation.terms.through.objects.filter(**of_this)
    cluster = {"name": in_language("cluster__name"), "slug": "cluster__slug"}
    memberships = Membership.objects.filter(
        **of_this, stage__in=[Stage.ACTIVE, Stage.ENDED], since__isnull=False
    )
    terms = CoordinatorTerm.objects.filter(**of_this)
    years = ("from_year", "to_year", "is_current", "source", "checked_on")
    return {
        "themes": listed(
            links.order_by("term__scheme", "term__position", "term__code"),
            label=in_language("term__label"), scheme="term__scheme", code="term__code",
        ),
        "membership_rows": listed(
            memberships.order_by("stage", "since"), since="since", until="until",
            accepted="values_accepted_at", **cluster,
        ),
        "coordination": listed(terms, **cluster, **{name: name for name in years}),
    }  # fmt: skip


def _people(slug: str, user: Reader) -> dict[str, Any]:
    """Its confirmed people, the reader's own request to be one, and their verified addresses."""
    rows = Affiliation.objects.filter(organisation=OuterRef("pk"), organisation__slug=slug)
    confirmed = Q(stage=AffiliationStage.CONFIRMED, user__is_active=True)
    own = Q(stage=AffiliationStage.REQUESTED, user_id=user.pk)
    names = {name: f"user__{name}" for name in ("first_name", "last_name", "title")}
    people = listed(rows.filter(confirmed | own), role="role", stage="stage", **names)
    addresses = listed(affiliations.verified_addresses(user), email="email")
    return {"people": people, "addresses": addresses}


def _with_days(row: dict[str, Any], *names: str) -> dict[str, Any]:
    days = {name: datetime.date.fromisoformat(row[name]) for name in names if row[name]}
    return {**row, **days}


def _relatives(shown: Organisation, rows: list[Organisation]) -> dict[str, Any]:
    return {
        "units": [row for row in rows if row.parent_id == shown.pk],
        "predecessors": [row for row in rows if row.successor_id == shown.pk],
        "successor": next((row for row in rows if row.pk == shown.successor_id), None),
        "parent": next((row for row in rows if row.pk == shown.parent_id), None),
    }


def _between(shown: Any, user: Reader) -> dict[str, Any]:
    """Who works there, and what the reader may do about it."""
    known = audience(user)
    if known.user_id is None:
        contact_url = reverse("members:contact", args=["organisation", shown.slug])
        return {
            "people": [], "keepers": [], "contact_url": contact_url, "can_ask": False,
            "asked": False,
        }  # fmt: skip
    is_colleague = shown.pk in known.organisations
    people = _by_role(shown.people) if known.is_member or is_colleague else []
    addresses = [row["email"] for row in shown.addresses]
    return {
        "people": people,
        "keepers": [row["name"] for row in people if row["role"] == Role.CONTACT],
        "contact_url": "" if is_colleague else "#contact",
        "can_write": not is_colleague,
        "can_ask": not is_colleague and affiliations.is_open_to(shown, addresses),
        "asked": any(row["stage"] == AffiliationStage.REQUESTED for row in shown.people),
    }


def _by_role(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By name and role; an address is nobody's name."""
    order = list(Role.values)
    confirmed = [row for row in rows if row["stage"] == AffiliationStage.CONFIRMED]
    people = sorted(confirmed, key=lambda row: (order.index(row["role"]), row["last_name"]))
    for row in people:
        name = f"{row['first_name']} {row['last_name']}".strip()
        label = str(Role(row["role"]).label)
        row |= {"name": name or label, "role_label": label}
    return people


def _sections(shown: Organisation, user: Reader) -> list[dict[str, Any]]:
    """What the other apps have of it that the reader may see; empty ones draw nothing."""
    found = [
        {"label": section.label, "key": section.key, "template": section.template,
         "leads": section.leads, "rows": section.rows(shown, user)}
        for section in parts(lambda one: one.organisation)
    ]  # fmt: skip
    return [section for section in found if section["rows"]]

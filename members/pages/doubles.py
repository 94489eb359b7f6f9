"""Two organisations side by side, for the coordinator who decides whether they are one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from members.models import Organisation
from members.models.affiliations import Role, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.visibility import Reader
    from members.models.doubles import Pair

MOST_LISTED = 100


def listed(pairs: list[Pair]) -> list[dict[str, Any]]:
    """The first pairs with their names, for the list."""
    shown = pairs[:MOST_LISTED]
    rows = Organisation.objects.in_bulk({pk for pair in shown for pk in pair})
    return [{"pair": pair, "first": rows[pair[0]], "second": rows[pair[1]]} for pair in shown]


def two(user: Reader, keys: Iterable[int]) -> list[Any]:
    """Both in the order of the keys, if the coordinator may merge them; else fewer."""
    confirmed = Q(affiliations__stage=Stage.CONFIRMED)
    contact = confirmed & Q(affiliations__role=Role.CONTACT, affiliations__user__is_active=True)
    rows = Organisation.objects.managed_by(user).standing().filter(pk__in=list(keys))
    rows = rows.select_related("region").prefetch_related("memberships__cluster", "terms")
    counted = rows.annotate(
        people_count=Count("affiliations", filter=confirmed, distinct=True),
        contact_count=Count("affiliations", filter=contact, distinct=True),
    )
    return sorted(counted, key=lambda row: row.pk)


def comparison(rows: list[Any]) -> list[dict[str, Any]]:
    """A line for each fact of which at least one has something."""
    facts = [_facts(row) for row in rows]
    lines: list[dict[str, Any]] = [
        {"name": name, "cells": [fact[name] for fact in facts]} for name in facts[0]
    ]
    for line in lines:
        line["is_same"] = len(set(line["cells"])) == 1
    return [line for line in lines if any(line["cells"])]


def _facts(row: Any) -> dict[str, str]:
    names = (row.name_sv, row.name_en, row.short_name, *row.former_names)
    return {
        _("Official name"): row.name,
        _("Other names"): ", ".join(filter(None, names)),
        _("Kind"): str(row.get_kind_display()),
        _("Business ID"): row.business_id,
        _("Municipality"): row.municipality,
        _("Region"): row.region.label if row.region else "",
        _("Website"): row.website,
        _("Memberships"): ", ".join(
            f"{each.cluster.name}: {each.get_stage_display()}" for each in row.memberships.all()
        ),
        _("Contact persons"): str(row.contact_count),
        _("People"): str(row.people_count),
        _("Themes"): ", ".join(term.label for term in row.terms.all()),
        _("About"): row.search_summary[:300],
        _("Made by a coordinator"): _("yes") if row.is_shadow else _("no"),
        _("Since"): date_format(timezone.localtime(row.created_at), "SHORT_DATE_FORMAT"),
        _("Facts confirmed"): (
            date_format(row.confirmed_on, "SHORT_DATE_FORMAT") if row.confirmed_on else ""
        ),
    }

"""Up to four capabilities side by side: no ranking, no winner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.models import Capability
from members.models.capabilities import DISRUPTIONS, Holds
from members.models.capability_workflow import speaks_for_owner
from members.pages.capability_list import (
    MOST_COMPARED,
    PICK,
    picked_slugs,
    places_of,
)
from members.pages.capability_page import association_words, disruption_name, languages_of

if TYPE_CHECKING:
    from django.http import QueryDict

    from cluster_portal.core.visibility import Reader

LETTERS = "ABCD"
ONLY_DIFFERENCES = "differences"


def picked(params: QueryDict, user: Reader) -> list[Capability]:
    """The first four of those named that this reader may see, in the order of naming."""
    slugs = picked_slugs(params)[:MOST_COMPARED]
    rows = Capability.objects.visible_to(user).open().filter(slug__in=slugs).defer("search")
    rows = rows.select_related("organisation", "home_cluster").prefetch_related("regions", "terms")
    return sorted(rows, key=lambda each: slugs.index(each.slug))


def values(capabilities: list[Capability], params: QueryDict, user: Reader) -> dict[str, Any]:
    only_differences = ONLY_DIFFERENCES in params
    rows = _rows(capabilities)
    slugs = [each.slug for each in capabilities]
    return {
        "heads": [_head(each, letter, slugs) for each, letter in _lettered(capabilities)],
        "rows": [row for row in rows if not (only_differences and row["same"])],
        "only_differences": only_differences,
        "differences_url": _address(slugs, ONLY_DIFFERENCES),
        "all_url": _address(slugs),
        "more_url": f"{reverse('members:capabilities')}?{_query(slugs)}",
        "has_room": len(capabilities) < MOST_COMPARED,
        "is_cut": len(picked_slugs(params)) > MOST_COMPARED,
        "count_title": _count_title(len(capabilities)),
        "askable": [each for each in capabilities if not speaks_for_owner(each, user)],
        "trail": [
            {"name": _("Capabilities and solutions"), "url": reverse("members:capabilities")},
            {"name": _("Comparison")},
        ],
    }


def _count_title(count: int) -> str:
    if count < 2:
        return _("Comparison")
    return ngettext("%(count)d side by side", "%(count)d side by side", count) % {"count": count}


def _lettered(capabilities: list[Capability]) -> list[tuple[Capability, str]]:
    return list(zip(capabilities, LETTERS, strict=False))


def _query(slugs: list[str], *flags: str) -> str:
    return urlencode([(PICK, slug) for slug in slugs] + [(flag, "1") for flag in flags])


def _address(slugs: list[str], *flags: str) -> str:
    return f"{reverse('members:capability_compare')}?{_query(slugs, *flags)}"


def _head(capability: Capability, letter: str, slugs: list[str]) -> dict[str, Any]:
    owner = capability.named_owner
    return {
        "letter": letter,
        "name": capability.title,
        "url": capability.get_absolute_url(),
        "owner": owner,
        "drop_url": _address([slug for slug in slugs if slug != capability.slug]),
    }


def _rows(capabilities: list[Capability]) -> list[dict[str, Any]]:
    rows = [
        _row(_("What it is"), capabilities, lambda each: each.get_kind_display()),
        _row(_("What it does"), capabilities, lambda each: each.summary),
        _row(_("To be had"), capabilities, lambda each: each.delivery),
        _row(_("In a disruption"), capabilities, _holding("in_disruption"), "in_disruption"),
    ]
    rows += [
        _row(disruption_name(name), capabilities, _holding(name), name) for name in DISRUPTIONS
    ]
    return [
        *rows,
        _row(_("Region"), capabilities, _places),
        _row(_("For associations"), capabilities, association_words),
        _row(_("For others"), capabilities, lambda each: each.other_terms),
        _row(_("Readiness (TRL 1–9)"), capabilities, lambda each: str(each.trl or "")),
        _row(_("Where it has been used"), capabilities, lambda each: each.references),
        _row(_("Languages of service"), capabilities, languages_of),
        _row(_("Source"), capabilities, lambda each: each.get_source_display()),
        _row(_("Confirmed by its owner"), capabilities, _confirmed),
    ]


def _row(name: str, capabilities: list[Capability], say: Any, look_of: str = "") -> dict[str, Any]:
    cells = [
        {
            "letter": letter,
            "text": say(each) or "–",
            "state": Holds(getattr(each, look_of)).look if look_of else "",
            "note": getattr(each, f"{look_of}_note", ""),
        }
        for each, letter in _lettered(capabilities)
    ]
    is_same = len(cells) > 1 and len({(cell["text"], cell["note"]) for cell in cells}) == 1
    return {"name": name, "cells": cells, "same": is_same, "has_state": bool(look_of)}


def _holding(name: str) -> Any:
    return lambda capability: str(Holds(getattr(capability, name)).label)


def _places(capability: Capability) -> str:
    labels = [term.label for term in capability.regions.all()]
    return places_of(capability, labels, most=len(labels))


def _confirmed(capability: Capability) -> str:
    day = capability.confirmed_on
    return date_format(day, "DATE_FORMAT") if day else ""

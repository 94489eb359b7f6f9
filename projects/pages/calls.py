"""Funding calls: their list, and what a call's page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, Window
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext

from cluster_portal.core import vocabulary
from cluster_portal.core.lists import ListPage
from cluster_portal.core.vocabulary import Scheme
from cluster_portal.notifications.models import Follow
from members.models.kinds import Sector
from projects.budget import CostModel
from projects.filters import CallFilters
from projects.models import FundingCall
from projects.models.calls import State
from projects.pages import call_calendar, call_fits
from projects.pages.call_words import closing_words, look, moment, state_words

if TYPE_CHECKING:
    from cluster_portal.core.lists import Found
    from cluster_portal.core.visibility import Reader

FOLLOWED, FITTING = "is_followed", "fitting"
VIEWED_BY = ("state", "followed")
ALL, OPEN, MINE, ARCHIVE = "count_all", "count_open", "count_mine", "count_archive"


def listed(user: Reader) -> Any:
    """With what a line tells: whether the reader follows it, how many ideas fit."""
    followed = Follow.objects.visible_to(user).on(FundingCall).filter(about_id=OuterRef("pk"))
    told = {FOLLOWED: Exists(followed), FITTING: call_fits.count_for(user)}
    return FundingCall.objects.visible_to(user).annotate(**told).soonest_first()


def _whose(call: FundingCall) -> str:
    """The funder with its instrument, once where the two have one name."""
    instrument = call.get_instrument_display()
    is_one = instrument.startswith(call.funder)
    return instrument if is_one else f"{call.funder} · {instrument}"


def row(call: FundingCall) -> dict[str, Any]:
    return {
        "url": call.get_absolute_url(),
        "title": call.title,
        "kind": _whose(call),
        "text": call.summary,
        "state": look(call),
        "state_text": closing_words(call),
        "call": call,
        "is_closed": call.state == State.CLOSED,
        "is_followed": getattr(call, FOLLOWED, False),
        "fitting": 0 if call.state == State.CLOSED else getattr(call, FITTING, 0),
    }


def values(call: FundingCall, user: Reader) -> dict[str, Any]:
    cluster = call.home_cluster
    return {
        "call": call,
        "state": look(call),
        "state_text": state_words(call),
        "terms": call.terms.all(),
        "ideas": [] if call.state == State.CLOSED else call_fits.ideas_for(call, user),
        "takes_ideas": call.state != State.CLOSED,
        "facts": [
            {"name": _("Funder"), "value": call.funder},
            {"name": _("Funding instrument"), "value": call.get_instrument_display()},
            {"name": _("Opens"), "value": moment(call.opens_at)},
            {
                "name": _("Closes"),
                "value": moment(call.closes_at) if call.closes_at else _("Open all the time"),
            },
            {"name": _("Who may apply"), "value": _labels(Sector, call.applicants)},
            {"name": _("Cost models"), "value": _labels(CostModel, call.cost_models)},
            {"name": _("Cluster"), "value": cluster.name, "url": cluster.get_absolute_url()},
            {"name": _("Who sees this"), "value": call.get_visibility_display()},
            {"name": _("Source"), "value": call.source},
            {"name": _("Checked"), "value": date_format(call.checked_on)},
        ],
        "trail": [
            {"name": _("Projects"), "url": reverse("projects:list")},
            {"name": _("Funding calls"), "url": reverse("projects:calls")},
            {"name": call.title},
        ],
    }


def _views(found: Found) -> dict[str, Any]:
    """The four views of the list and the calendar; a search is not counted again for each."""
    first = [] if found.is_searched else _first(found)
    counts = {key: getattr(first[0], key) for key in (ALL, OPEN, MINE, ARCHIVE)} if first else {}
    views: list[tuple[str, str, dict[str, str]]] = [
        (ALL, _("All"), {}),
        (OPEN, _("Open now"), {"state": State.OPEN.value}),
        (ARCHIVE, pgettext("funding calls", "Archive"), {"state": State.CLOSED.value}),
    ]
    if found.user.is_authenticated:
        views.insert(2, (MINE, _("I follow"), {"followed": "yes"}))
    here = {key: found.params[key] for key in VIEWED_BY if found.params.get(key)}
    return {
        "calendar": call_calendar.strip(first),
        "chips": [
            {
                "label": label, "count": counts.get(key), "is_here": query == here,
                "query": dict.fromkeys(VIEWED_BY) | query,
            }
            for key, label, query in views
        ],
    }  # fmt: skip


def _first(found: Found) -> list[FundingCall]:
    """Those that close next, each with the numbers of all views: one statement for both."""
    now = timezone.now()
    over = Q(closes_at__isnull=False, closes_at__lte=now)
    numbers = {
        ALL: ~over,
        OPEN: ~over & Q(opens_at__lte=now),
        MINE: ~over & Q(is_followed=True),
        ARCHIVE: over,
    }
    counted = {key: Window(Count("pk", filter=rows)) for key, rows in numbers.items()}
    return list(found.visible.annotate(**counted)[: call_calendar.MOST])


def _around(found: Found) -> dict[str, Any]:
    ideas = [] if found.is_searched else call_fits.ideas_beside_list(found.user)
    return {"ideas": ideas, "themes": _themes()}


def _themes() -> list[dict[str, Any]]:
    named = vocabulary.named(Scheme.VITAL_FUNCTION)
    return [{"value": code, "label": label} for _pk, code, label in named]


def _labels(choices: Any, chosen: list[str]) -> str:
    return ", ".join(str(choices(each).label) for each in chosen)


CALLS = ListPage(
    "calls",
    gettext_lazy("Funding calls"),
    "projects:calls",
    rows=listed,
    filters=CallFilters,
    counted=ngettext_lazy("%(count)s funding call", "%(count)s funding calls", "count"),
    page="projects/call_list.html",
    results="projects/_call_results.html",
    row=row,
    values=_views,
    around=_around,
    above=((gettext_lazy("Projects"), "projects:list"),),
)

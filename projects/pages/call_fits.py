"""Calls and ideas that fit each other, as their pages and the list of calls show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from projects.models import CallFit, FundingCall, Project
from projects.models.projects import OPEN_TO_PARTNERS
from projects.pages.call_words import closing_words, days_words, look
from projects.services import call_matching

if TYPE_CHECKING:
    from cluster_portal.core.matching.score import Match
    from cluster_portal.core.visibility import Reader

ON_LIST = 3


def count_for(user: Reader) -> Coalesce:
    """How many ideas that the reader sees a call fits; an expression for rows of calls."""
    ideas = Project.objects.visible_to(user).ideas()
    fits = CallFit.objects.filter(call=OuterRef("pk"), project__in=ideas.values("pk"))
    counted = fits.order_by().values("call").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def ideas_for(call: FundingCall, user: Reader) -> list[dict[str, Any]]:
    """For components/match.html: ideas that fit, each with the reasons."""
    fits = _read(CallFit.objects.visible_to(user).filter(call=call))
    return [
        {**_match(found), "kind": _("Idea"), "title": fit.project.title,
         "url": fit.project.get_absolute_url(), "text": fit.project.summary}
        for fit, found in fits
    ]  # fmt: skip


def calls_for(idea: Project, user: Reader) -> list[dict[str, Any]]:
    """For components/match.html: calls that fit the idea, the next to close first."""
    if idea.stage not in OPEN_TO_PARTNERS:
        return []
    rows = FundingCall.objects.visible_to(user).not_closed().filter(fits__project=idea)
    calls = list(call_matching.with_terms(rows).order_by("closes_at", "pk"))
    wish = call_matching.wish_of(idea) if calls else None
    told = ((call, call_matching.explained(call, idea, wish=wish)) for call in calls)
    return [
        {**_match(found), "kind": call.funder, "title": call.title,
         "url": call.get_absolute_url(), "text": closing_words(call), "state": look(call)}
        for call, found in told if found.has_reason
    ]  # fmt: skip


def ideas_beside_list(user: Reader) -> list[dict[str, Any]]:
    """Ideas that look for a call, each with the call that closes first, for the list of calls."""
    fits = CallFit.objects.visible_to(user).filter(call__closes_at__isnull=False)
    rows = fits.select_related("call", "project").order_by("call__closes_at", "-score")
    first: dict[int, CallFit] = {}
    for fit in rows[: ON_LIST * call_matching.KEPT]:
        first.setdefault(fit.project_id, fit)
    return [
        {
            "url": fit.project.get_absolute_url(),
            "title": fit.project.title,
            "text": _("Fits the call %(call)s.") % {"call": fit.call.title},
            "days": days_words(fit.call.closes_at) if fit.call.closes_at else "",
        }
        for fit in list(first.values())[:ON_LIST]
    ]


def _read(fits: Any) -> list[tuple[CallFit, Match]]:
    rows = fits.select_related("call", "project__organisation")
    rows = rows.prefetch_related("call__terms", "project__terms")[: call_matching.KEPT]
    told = ((fit, call_matching.explained(fit.call, fit.project)) for fit in rows)
    return [(fit, found) for fit, found in told if found.has_reason]


def _match(found: Match) -> dict[str, Any]:
    reasons = [{"text": text} for text in found.reasons]
    return {"reasons": [*reasons, *({"text": text, "fit": "partly"} for text in found.doubts)]}

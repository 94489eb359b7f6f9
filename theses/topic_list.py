"""The parts of the list of topics that depend on what there is and on what is asked."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster_portal.core import kept, search
from cluster_portal.core.facet_counts import Known
from cluster_portal.core.http import page_of
from theses import one_organisation
from theses.filters import FACETS, in_order, sort_of, sort_options
from theses.models import Topic
from theses.models.tally import tally
from theses.pages import presentation

if TYPE_CHECKING:
    from collections import Counter

    from django.http import HttpRequest

    from cluster_portal.core.facets import Faceted

MAX_QUERY = 200
# All that `presentation.row_of` reads.
CARD = (
    *("slug", "title", "title_sv", "title_en", "levels", "languages", "municipality", "region"),
    *("is_remote", "pay", "closes_on", "stage", "visibility", "origin", "facets", "organisation"),
    *("organisation__name", "organisation__name_sv", "organisation__name_en"),
    "organisation__visibility",
)
FIELD = "field="  # how a topic's tokens name its fields of education
SHOWS = ("topics", "organisations", "clusters", "terms")  # all data that the page shows


def parts(request: HttpRequest) -> dict[str, Any]:
    """Facets and results as HTML, and what the page around them needs to know."""
    if request.user.is_authenticated and request.GET.get("q"):
        return _made(request, None)  # a member's own search is hardly ever asked again
    return kept.parts(request, SHOWS, lambda version: _made(request, version))


def _made(request: HttpRequest, version: str | None) -> dict[str, Any]:
    q = request.GET.get("q", "")[:MAX_QUERY].strip()
    visible: Any = Topic.objects.visible_to(request.user).open()
    known = Known(version, cache(lambda: _tally(request, version)))
    of = one_organisation.asked(request)
    if of is not None:  # few rows, of which no tally is kept
        visible, known = visible.filter(organisation=of), Known(version)
    faceted = FACETS.apply(search.search(visible, q), request.GET, known)
    if of is not None:
        faceted.chosen.append(one_organisation.chip(of, request.GET))
    searched = search.is_searched(faceted.queryset)
    sort = sort_of(request.GET.get("sort", ""), searched=searched)
    page = page_of(request, in_order(faceted, sort), count=faceted.count)
    cards = _cards(visible, page.object_list)
    page.object_list = [presentation.row_of(topic) for topic in cards]
    context = {
        "q": q,
        "page": page,
        "faceted": faceted,
        "list_url": reverse("theses:list"),
        "count_text": _count_text(faceted),
        "of_organisation": of,
        "sorts": sort_options(sort, searched=searched),
        "suggestion": search.suggest(visible, q) if q and not faceted.count else None,
    }
    return {
        "q": q,
        "chosen": len(faceted.chosen) * "x",
        "facets": kept.part(
            request,
            version,
            ("theses:facets", faceted.selection),
            lambda: render_to_string("components/facets.html", context, request),
        ),
        "results": render_to_string("theses/_topic_results.html", context, request),
    }


def _tally(request: HttpRequest, version: str | None) -> Counter[str]:
    """The counts of all topics that the reader sees."""
    return kept.part(request, version, "theses:tally", lambda: tally(request.user))


def _cards(visible: Any, found: Any) -> list[Topic]:
    """The topics of one page; by their keys alone where the search has ranked them already."""
    rows = visible.filter(pk__in=found).order_by() if isinstance(found, list) else found
    topics = {topic.pk: topic for topic in rows.select_related("organisation").only(*CARD)}
    for topic in topics.values():
        topic.field_ids = [int(t[len(FIELD) :]) for t in topic.facets if t.startswith(FIELD)]
    if isinstance(found, list):
        return [topics[pk] for pk in found if pk in topics]
    return list(topics.values())


def _count_text(faceted: Faceted) -> str:
    words = {"count": faceted.count}
    if faceted.is_capped:
        return _("Over %(count)d topics") % words
    return ngettext("%(count)d topic", "%(count)d topics", faceted.count) % words

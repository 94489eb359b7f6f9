"""The parts of the list of topics that depend on what there is and on what is asked."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import Func, TextField
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster_portal.core import kept, search
from cluster_portal.core.facet_counts import Known
from cluster_portal.core.http import page_of
from theses import presentation
from theses.filters import FACETS, in_order, sort_of, sort_options
from theses.models import Topic
from theses.models.tally import tally

if TYPE_CHECKING:
    from collections import Counter

    from django.http import HttpRequest

    from cluster_portal.core.facets import Faceted

MAX_QUERY = 200
LONG = (  # texts that a row does not show
    *("description", "summary_sv", "summary_en", "aim", "questions", "material", "keywords"),
    *("schedule", "closing_reason", "facets", "organisation__description"),
)
# Where and by which transaction a topic was written, and what is shown of its owner.
WRITTEN = Func(
    template="theses_topic.ctid::text || theses_topic.xmin::text", output_field=TextField()
)
OWNER = [f"organisation__{name}" for name in ("name", "name_sv", "name_en", "visibility")]
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
    newest = FACETS.newest_rows(visible, known) if q else None
    faceted = FACETS.apply(search.search(visible, q, newest), request.GET, known)
    searched = search.is_searched(faceted.queryset)
    sort = sort_of(request.GET.get("sort", ""), searched=searched)
    page = page_of(request, in_order(faceted, sort), count=faceted.count)
    page.object_list = _rows(version, visible, page.object_list)
    context = {
        "q": q,
        "page": page,
        "faceted": faceted,
        "list_url": reverse("theses:list"),
        "count_text": _count_text(faceted),
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


def _rows(version: str | None, visible: Any, found: Any) -> list[dict[str, Any]]:
    """Lines of one page. A line is made once as long as its topic and its owner's name stay."""
    if version is None:
        return [presentation.row_of(topic) for topic in _cards(visible, found)]
    asked = visible.filter(pk__in=found) if isinstance(found, list) else found
    stamps = {pk: stamp for pk, *stamp in asked.values_list("pk", WRITTEN, *OWNER)}
    pks = [pk for pk in (found if isinstance(found, list) else stamps) if pk in stamps]
    return kept.each(
        {pk: ("theses:row", pk, *stamps[pk]) for pk in pks},
        lambda new: {t.pk: presentation.row_of(t) for t in _cards(visible, new)},
    )


def _cards(visible: Any, found: Any) -> list[Topic]:
    """The topics of one page; by their keys alone where the search has ranked them already."""
    if not isinstance(found, list):
        return list(found.for_cards().defer(*LONG))
    rows = visible.filter(pk__in=found).for_cards().defer(*LONG)
    topics = {topic.pk: topic for topic in rows}
    return [topics[pk] for pk in found if pk in topics]


def _count_text(faceted: Faceted) -> str:
    words = {"count": faceted.count}
    if faceted.is_capped:
        return _("Over %(count)d topics") % words
    return ngettext("%(count)d topic", "%(count)d topics", faceted.count) % words

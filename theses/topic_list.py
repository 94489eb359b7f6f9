"""The parts of the list of topics that depend on what there is and on what is asked."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster_portal.core import kept, search
from cluster_portal.core.facet_counts import Known
from cluster_portal.core.http import page_of
from cluster_portal.core.templatetags.ui import shy, status
from theses import one_organisation, presentation
from theses.filters import FACETS, in_order, sort_of, sort_options
from theses.models import Topic
from theses.models.tally import tally

if TYPE_CHECKING:
    from collections import Counter

    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from cluster_portal.core.facets import Faceted

MAX_QUERY = 200
# All that `presentation.row_of` reads; it is also what a line is kept by.
CARD = (
    *("slug", "title", "title_sv", "title_en", "levels", "languages", "municipality", "region"),
    *("is_remote", "pay", "closes_on", "stage", "visibility", "origin", "facets", "organisation"),
    *("organisation__name", "organisation__name_sv", "organisation__name_en"),
    "organisation__visibility",
)
FIELD = "field="  # how a topic's tokens name its fields of education
ROW = """<li class="row row--end">
  <div>
    {kind}<h3 class="row__title"><a href="{url}">{title}</a></h3>
    {tags}
  </div>
  <div class="row__end">{status}</div>
</li>"""
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
    page.object_list = _rows(version, visible, page.object_list)
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


def _rows(version: str | None, visible: Any, found: Any) -> list[SafeString]:
    """Lines of one page. A line is made once as long as what it shows stays."""
    topics = {topic.pk: topic for topic in _cards(visible, found)}
    if version is None:
        return [_line(topic) for topic in topics.values()]
    return kept.each(
        {pk: ("theses:row", *_shown(topic)) for pk, topic in topics.items()},
        lambda new: {pk: _line(topics[pk]) for pk in new},
    )


def _cards(visible: Any, found: Any) -> list[Topic]:
    """The topics of one page; by their keys alone where the search has ranked them already."""
    rows = visible.filter(pk__in=found).order_by() if isinstance(found, list) else found
    topics = {topic.pk: topic for topic in rows.select_related("organisation").only(*CARD)}
    for topic in topics.values():
        topic.field_ids = [int(t[len(FIELD) :]) for t in topic.facets if t.startswith(FIELD)]
    if isinstance(found, list):
        return [topics[pk] for pk in found if pk in topics]
    return list(topics.values())


def _shown(topic: Topic) -> tuple[Any, ...]:
    """What has been read of the topic and its owner."""
    read = [topic, topic.organisation] if topic.organisation else [topic]
    return tuple(v for each in read for k, v in each.__dict__.items() if not k.startswith("_"))


def _line(topic: Topic) -> SafeString:
    """As components/row.html draws it, without its templates: the list is the most read page."""
    row = presentation.row_of(topic)
    kind = f'<p class="row__kind">{escape(row["kind"])}</p>\n    ' if row["kind"] else ""
    tags = "".join(f'<span class="tag">{escape(tag)}</span>' for tag in row["tags"])
    words = {
        "kind": kind,
        "url": escape(row["url"]),
        "title": escape(shy(row["title"])),
        "tags": f'<div class="row__tags">{tags}</div>' if tags else "",
        "status": status(row["state"], row["state_text"]),
    }
    return mark_safe(ROW.format(**words))  # noqa: S308  every text in it is escaped above


def _count_text(faceted: Faceted) -> str:
    words = {"count": faceted.count}
    if faceted.is_capped:
        return _("Over %(count)d topics") % words
    return ngettext("%(count)d topic", "%(count)d topics", faceted.count) % words

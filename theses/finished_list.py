"""Finished theses: the list with its facets, a thesis's public page, rows for other pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cluster_portal.core import search, vocabulary
from cluster_portal.core.facets import Choice, Facet, FacetSet
from cluster_portal.core.http import page_of
from cluster_portal.core.visibility import Visibility
from cluster_portal.core.vocabulary import Scheme
from members.filters import cluster_choices
from theses.models.repositories import repository_of
from theses.models.works import Decision, Stage
from theses.thread import links_of_topic

if TYPE_CHECKING:
    from django.http import HttpRequest

    from theses.models import Thesis

MAX_QUERY = 200
FIRST_YEAR = 2011
RELATED = ("application__topic__organisation", "application__topic__home_cluster")
USAGE_LOOKS = {
    Decision.UNKNOWN: "",
    Decision.USED: "done",
    Decision.PARTLY: "running",
    Decision.BASIS: "running",
    Decision.NOT_USED: "stopped",
}


def _fields() -> list[Choice]:
    terms = vocabulary.terms(Scheme.EDUCATION_FIELD)
    return [(term.code, term.code, term.label) for term in terms]


def _years() -> list[Choice]:
    last = timezone.localdate().year
    return [(year, str(year), str(year)) for year in range(last, FIRST_YEAR - 1, -1)]


FACETS = FacetSet(
    Facet("level", gettext_lazy("Level"), "level", is_open=True),
    Facet("field", gettext_lazy("Field of education"), "field_codes", _fields, hide_empty=True),
    Facet("organisation", gettext_lazy("Organisation"), "application__topic__organisation"),
    Facet("year", gettext_lazy("Year"), "finished_year", _years, hide_empty=True),
    Facet("cluster", gettext_lazy("Cluster"), "application__topic__home_cluster", cluster_choices),
    Facet("usage", gettext_lazy("Use of the result"), "usage", is_open=True),
)


def listing(request: HttpRequest, visible: Any) -> dict[str, Any]:
    q = request.GET.get("q", "")[:MAX_QUERY].strip()
    faceted = FACETS.apply(search.search(visible, q), request.GET)
    ordered = faceted.ranked if q else faceted.queryset.order_by("-finished_on", "-pk")
    rows = ordered.select_related(*RELATED, "application__student").defer("search")
    page = page_of(request, rows, count=faceted.count)
    page.object_list = [row_of(thesis) for thesis in page.object_list]
    count = faceted.count
    return {
        "q": q,
        "faceted": faceted,
        "page": page,
        "list_url": reverse("theses:finished"),
        "results_template": "theses/_finished_results.html",
        "suggestion": search.suggest(visible, q) if q and not count else None,
        "count_text": ngettext("%(count)d finished thesis", "%(count)d finished theses", count)
        % {"count": count},
        "trail": _trail(_("Finished theses")),
    }


def _trail(*names: str) -> list[dict[str, str]]:
    trail = [{"name": _("Theses"), "url": reverse("theses:list")}]
    if len(names) > 1:
        trail.append({"name": _("Finished theses"), "url": reverse("theses:finished")})
    return [*trail, {"name": names[-1], "url": ""}]


def row_of(thesis: Thesis) -> dict[str, Any]:
    """A line of a list; wants `RELATED`."""
    owner = thesis.topic.named_owner
    author = thesis.application.student.get_full_name() if thesis.shows_author else ""
    codes = set(thesis.field_codes)
    fields = [t.label for t in vocabulary.terms(Scheme.EDUCATION_FIELD) if t.code in codes]
    is_known = thesis.usage != Decision.UNKNOWN
    kind = [str(thesis.get_level_display()), owner.title if owner else "", author]
    return {
        "url": thesis.get_absolute_url(),
        "title": thesis.title,
        "kind": " · ".join(filter(None, kind)),
        "tags": [tag for tag in (*fields[:2], str(thesis.finished_year or "")) if tag],
        "state": USAGE_LOOKS[Decision(thesis.usage)] if is_known else "done",
        "state_text": thesis.get_usage_display() if is_known else Stage.FINISHED.label,
    }


def values(thesis: Thesis, user: Any) -> dict[str, Any]:
    """The public page of a finished thesis."""
    owner = thesis.topic.named_owner
    return {
        "thesis": thesis,
        "topic": thesis.topic,
        "trail": _trail("", thesis.title),
        "repository": repository_of(thesis.repository_url) if thesis.repository_url else "",
        "usage_look": USAGE_LOOKS[Decision(thesis.usage)],
        "is_usage_known": thesis.usage != Decision.UNKNOWN,
        "facts": _facts(thesis, owner),
        "thread": links_of_topic(thesis.topic, user),
    }


def _facts(thesis: Thesis, owner: Any) -> list[dict[str, Any]]:
    topic = thesis.topic
    author = thesis.application.student.get_full_name() if thesis.shows_author else ""
    codes = set(thesis.field_codes)
    fields = [t.label for t in vocabulary.terms(Scheme.EDUCATION_FIELD) if t.code in codes]
    finished = date_format(thesis.finished_on, "DATE_FORMAT") if thesis.finished_on else ""
    facts: list[dict[str, Any]] = [
        {"name": _("Commissioner"), "value": owner.title if owner else ""},
        {"name": _("Author"), "value": author},
        {"name": _("Level"), "value": thesis.get_level_display()},
        {"name": _("Field of education"), "value": ", ".join(fields)},
        {"name": _("Language of the thesis"), "value": capfirst(", ".join(topic.language_labels))},
        {"name": _("Finished on"), "value": finished},
        {"name": _("Cluster"), "value": topic.home_cluster.name},
        {"name": _("Topic"), "value": topic.heading, "url": topic.get_absolute_url()},
    ]
    if owner and owner.visibility == Visibility.PUBLIC:
        facts[0]["url"] = owner.get_absolute_url()
    return facts

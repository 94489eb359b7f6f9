"""Finished theses: the list with its facets, a thesis's public page, rows for other pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from cluster_portal.core import origin, vocabulary
from cluster_portal.core.lists import ListPage
from cluster_portal.core.visibility import Visibility
from cluster_portal.core.vocabulary import Scheme
from theses.filters import FinishedFilters
from theses.models import Thesis
from theses.models.repositories import repository_of
from theses.models.works import Decision, Stage
from theses.pages.presentation import trail
from theses.pages.thread import results_of_thesis, ties_of_thesis

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

RELATED = ("application__topic__organisation", "application__topic__home_cluster")


def _rows(user: Reader) -> Any:
    visible = Thesis.objects.visible_to(user).finished().order_by("-finished_on", "-pk")
    return visible.select_related(*RELATED, "application__student").defer("search")


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
        "state": Decision(thesis.usage).look if is_known else "done",
        "state_text": thesis.get_usage_display() if is_known else Stage.FINISHED.label,
    }


FINISHED = ListPage(
    "finished",
    gettext_lazy("Finished theses"),
    "theses:finished",
    rows=_rows,
    filters=FinishedFilters,
    counted=ngettext_lazy("%(count)d finished thesis", "%(count)d finished theses", "count"),
    page="theses/finished_list.html",
    results="components/results_rows.html",
    row=row_of,
    above=((gettext_lazy("Theses"), "theses:list"),),
)


def values(thesis: Thesis, user: Reader) -> dict[str, Any]:
    """The public page of a finished thesis."""
    owner = thesis.topic.named_owner
    return {
        "thesis": thesis,
        "topic": thesis.topic,
        "trail": trail((_("Finished theses"), reverse("theses:finished")), thesis.title),
        "repository": repository_of(thesis.repository_url) if thesis.repository_url else "",
        "usage_look": Decision(thesis.usage).look,
        "is_usage_known": thesis.usage != Decision.UNKNOWN,
        "facts": _facts(thesis, owner),
        "thread": ties_of_thesis(thesis, user),
        "results": results_of_thesis(thesis, user),
        "starts": origin.starts_of(thesis, user) if user.is_authenticated else [],
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

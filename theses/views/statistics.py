"""The coordinators' statistics: charts drawn here, each beside its table, and the same as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cluster_portal.core import exports, pictures
from cluster_portal.core.admin import coordinators_only
from theses import statistics

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from theses.statistics import Dimension, Group


@require_safe
@coordinators_only
def overview(request: HttpRequest) -> HttpResponse:
    found = [(each, statistics.groups(each, request.user)) for each in statistics.DIMENSIONS]
    context = {
        **admin.site.each_context(request),
        "title": _("Statistics of theses"),
        "heads": statistics.heads(),
        "tables": [
            {"label": each.label, "groups": rows, "chart": _chart(each, rows)}
            for each, rows in found
        ],
    }
    return TemplateResponse(request, "admin/theses/statistics.html", context)


def _chart(dimension: Dimension, groups: list[Group]) -> Any:
    title = _("Topics offered by: %(dimension)s") % {"dimension": dimension.label}
    most = max(groups, key=lambda group: group.topics, default=None)
    words = _("No topics yet.")
    if most is not None and most.topics:
        words = _("Most topics: %(name)s, %(text)s.") % {"name": most.name, "text": _text(most)}
    caption = pictures.Caption(f"by-{dimension.key}", title, words)
    bars = [pictures.Bar(group.name, group.topics, _text(group)) for group in groups]
    return pictures.bars(caption, bars)


def _text(group: Group) -> str:
    return ngettext("%(count)s topic", "%(count)s topics", group.topics) % {"count": group.topics}


@require_safe
@coordinators_only
def as_csv(request: HttpRequest) -> HttpResponse:
    head = [_("Grouped by"), _("Group"), *statistics.heads()]
    return exports.csv_response("theses", head, _rows(request.user))


def _rows(user: Any) -> Iterator[list[Any]]:
    for dimension in statistics.DIMENSIONS:
        for group in statistics.groups(dimension, user):
            yield [dimension.label, group.name, *group.numbers]

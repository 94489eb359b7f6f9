"""The coordinators' statistics: charts drawn here, each beside its table, and the same as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from cluster_portal.core import exports, pictures
from cluster_portal.core.admin.scoped import coordinators_only
from cluster_portal.core.admin.site import admin_page
from theses.pages import statistics

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from cluster_portal.core.visibility import Reader
    from theses.pages.statistics import Dimension, Group


@admin_page("theses_statistics", "theses/statistics/", gettext_lazy("Statistics of theses"))
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
    by_school = dimension.shown == "applications"
    title = _("Applications by: %(dimension)s") if by_school else _("Topics by: %(dimension)s")
    most = max(groups, key=lambda group: getattr(group, dimension.shown), default=None)
    words = _("Nothing yet.")
    if most is not None:
        text = _text(dimension, most)
        words = _("The most: %(name)s, %(text)s.") % {"name": most.name, "text": text}
    caption = pictures.Caption(f"by-{dimension.key}", title % {"dimension": dimension.label}, words)
    return pictures.bars(caption, [_bar(dimension, group) for group in groups])


def _bar(dimension: Dimension, group: Group) -> pictures.Bar:
    return pictures.Bar(group.name, getattr(group, dimension.shown), _text(dimension, group))


def _text(dimension: Dimension, group: Group) -> str:
    count = getattr(group, dimension.shown)
    if dimension.shown == "applications":
        text = ngettext("%(count)s application", "%(count)s applications", count)
    else:
        text = ngettext("%(count)s topic", "%(count)s topics", count)
    return text % {"count": count}


@admin_page("theses_statistics_csv", "theses/statistics/csv/")
@require_safe
@coordinators_only
def as_csv(request: HttpRequest) -> HttpResponse:
    head = [_("Grouped by"), _("Group"), *statistics.heads()]
    return exports.csv_response("theses", head, _rows(request.user))


def _rows(user: Reader) -> Iterator[list[Any]]:
    for dimension in statistics.DIMENSIONS:
        for group in statistics.groups(dimension, user):
            yield [dimension.label, group.name, *group.numbers]

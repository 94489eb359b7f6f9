"""What a funder asks of a project: indicators, costs, measures with evidence, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cluster_portal.core import origin, reporting
from cluster_portal.core.reporting import Sheet, SheetLine
from projects.models import ActualCost, Budget, Measure, Result
from projects.pages import budget_tables
from projects.pages.budget import is_inside, trail

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from projects.models import Project

Row = dict[str, Any]
MOST_EVIDENCE = 12


def values(project: Project, user: Reader) -> Row:
    return {
        "heading": _("Report for the funder"),
        "project": project,
        "sheets": reporting.of_project(project, user),
        "made_on": date_format(timezone.localdate()),
        "trail": trail(project, {"name": _("Report for the funder")}),
    }


def _measures(project: Project, user: Reader) -> list[Any]:
    rows = Measure.objects.visible_to(user).filter(projects=project).with_programme()
    return list(rows.order_by("goal__number", "number"))


def indicators(project: Project, user: Reader) -> Sheet | None:
    """Figures of the measures that the project serves; those without a figure are left out."""
    found = [each for each in _measures(project, user) if each.indicator and each.target]
    if not found:
        return None
    return Sheet(
        _("Indicators"),
        (_("Indicator"), _("Measure"), _("Planned"), pgettext("figure", "Actual")),
        [
            SheetLine((each.indicator, each.label, each.target or 0, each.achieved or 0),
                      each.get_absolute_url())
            for each in found
        ],
    )  # fmt: skip


def costs(project: Project, user: Reader) -> Sheet | None:
    """By line: plan, actual, what is left; for those inside the project alone."""
    budget = Budget.objects.visible_to(user).with_lines().filter(project=project).first()
    if budget is None:
        return None
    budget.project = project
    if not is_inside(budget, user):
        return None
    actual = [cost.plain for cost in ActualCost.objects.visible_to(user).filter(budget=budget)]
    table = budget_tables.spent(budget, actual)
    shown = budget_tables.on_screen(budget, table)
    figures = [(line.name, *map(budget_tables.plain, line.values)) for line in table.lines]
    return Sheet(
        table.caption, tuple(str(cell["name"]) for cell in shown["head"]),
        [
            SheetLine(tuple(row["cells"]), css=row["css"], figures=plain)
            for row, plain in zip(shown["rows"], figures, strict=True)
        ],
        budget.get_absolute_url(),
    )  # fmt: skip


def measures(project: Project, user: Reader) -> Sheet | None:
    found = _measures(project, user)
    if not found:
        return None
    evidence = origin.results_of(Measure, [each.pk for each in found], user)
    return Sheet(
        _("Measures and their evidence"),
        (_("Measure"), _("State"), _("Evidence")),
        [
            SheetLine(
                (f"{each.label} {each.title}", each.get_state_display(),
                 "; ".join(str(row["title"]) for row in evidence[each.pk][:MOST_EVIDENCE])),
                each.get_absolute_url(),
            )
            for each in found
        ],
    )  # fmt: skip


def results(project: Project, user: Reader) -> Sheet | None:
    rows = Result.objects.visible_to(user).out().filter(project=project)
    found = list(rows.defer("search").order_by("published_at", "pk"))
    if not found:
        return None
    return Sheet(
        pgettext("of work", "Results"), (pgettext("of work", "Result"), _("Kind"), _("Number")),
        [
            SheetLine((each.title, each.get_kind_display(), each.label), each.get_absolute_url())
            for each in found
        ],
        reverse("projects:package", args=[project.slug]),
    )  # fmt: skip

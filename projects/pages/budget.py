"""A budget's page: its tables and their picture, in the reader's words and number formats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core import pictures
from cluster_portal.core.http.overtaken import is_overtaken
from members.models import Organisation
from projects.budget import warnings
from projects.models import ActualCost, Budget
from projects.models.applications import Stage
from projects.pages import budget_tables as figures
from projects.pages.budget_tables import money, named, share
from projects.services import budgets as services

if TYPE_CHECKING:
    import datetime

    from django.forms import BaseForm

    from cluster_portal.core.visibility import Reader
    from members.models import User
    from projects.forms.budgets import BudgetForm
    from projects.models import Project

Row = dict[str, Any]
MOST_ENTRIES = 200


@dataclass(frozen=True)
class BudgetTables:
    """The two tables of a funder's form: `costs` and `sources`, as a table is drawn."""

    costs: Row
    sources: Row
    net: str
    model: str
    rounding: str
    warnings: list[str]
    picture: Row | None

    @property
    def both(self) -> list[Row]:
        return [self.costs, self.sources]


def budget_tables(budget: Budget) -> BudgetTables:
    plain = [source.plain for source in budget.source_rows]
    return BudgetTables(
        costs=figures.on_screen(budget, figures.costs(budget)),
        sources=figures.on_screen(budget, figures.sources(budget)),
        net=money(budget, budget.result.net),
        model=budget.get_cost_model_display(),
        rounding=budget.get_rounding_display(),
        warnings=[str(warning) for warning in warnings(plain, budget.result)],
        picture=_picture(budget),
    )


def trail(project: Project, *more: Row) -> list[Row]:
    return [
        {"name": _("Projects"), "url": reverse("projects:list")},
        {"name": project.title, "url": project.get_absolute_url()},
        *more,
    ]


def every_table(budget: Budget, user: Reader) -> list[figures.Table]:
    """The two that a public summary holds; for the project's own side partners, years, spending."""
    tables = [figures.costs(budget), figures.sources(budget)]
    if not is_inside(budget, user):
        return tables
    inside = [figures.by_partner(budget, _names(budget, user)), figures.by_year(budget)]
    actual = [cost.plain for cost in ActualCost.objects.visible_to(user).filter(budget=budget)]
    tables += [table for table in inside if table]
    return [*tables, figures.spent(budget, actual)] if actual else tables


def is_inside(budget: Budget, user: Reader) -> bool:
    rows = type(budget.project).objects.budget_readers(user)
    return budget.project.is_editable_by(user) or rows.filter(pk=budget.project_id).exists()


def _names(budget: Budget, user: Reader) -> dict[int, str]:
    named_in = {row.organisation_id for row in budget.cost_rows if row.organisation_id}
    seen = Organisation.objects.visible_to(user).filter(pk__in=named_in)
    return {each.pk: each.name for each in seen}


def bearers(project: Project, user: Reader) -> list[tuple[int, str]]:
    """Who can bear costs, for choosing; one that the reader may not know is not named."""
    found = services.bearers(project)
    seen = Organisation.objects.visible_to(user).filter(pk__in=[each.pk for each in found])
    known = set(seen.values_list("pk", flat=True))
    hidden = _("A partner that is not named")
    return [(each.pk, str(each) if each.pk in known else hidden) for each in found]


def values(project: Project, budget: Budget | None, user: Reader) -> Row:
    can_edit = project.is_editable_by(user)
    context: Row = {
        "project": project,
        "budget": budget,
        "can_edit": can_edit,
        "trail": trail(project, {"name": _("Costs and funding")}),
    }
    if budget is None:
        return context
    budget.project = project
    tables = every_table(budget, user)
    return {
        **context,
        "tables": budget_tables(budget),
        "more": [figures.on_screen(budget, table) for table in tables[2:]],
        "can_enter": is_inside(budget, user),
    }


NEW = "new"  # what an editor saw where there was no budget yet


def edit_values(
    project: Project, budget: Budget | None, form: BudgetForm, user: Reader, *, is_computed: bool
) -> Row:
    """The form, and on demand what the lines come to before they are saved."""
    address = reverse("projects:budget", args=[project.slug])
    computed = _unsaved(project, form) if is_computed and form.is_valid() else None
    parts = (
        (_("Costs"), form.costs, _("Staff costs of one partner in one year, for example.")),
        (_("Funding"), form.sources, _("The source marked as what is left is computed.")),
    )
    return {
        "project": project,
        "form": form,
        "parts": [{"title": title, "lines": lines, "help": text} for title, lines, text in parts],
        "seen": budget.stamp if budget else NEW,
        "saved": budget_tables(budget) if budget and is_overtaken(form) else None,
        "computed": budget_tables(computed) if computed else None,
        "more": [figures.on_screen(computed, each) for each in _by(computed, user)]
        if computed
        else [],
        "trail": trail(
            project,
            {"name": _("Costs and funding"), "url": address},
            {"name": _("Enter the budget")},
        ),
    }  # fmt: skip


def _unsaved(project: Project, form: BudgetForm) -> Budget:
    plan = form.plan
    budget = Budget(project=project, cost_model=plan.cost_model, rounding=plan.rounding)
    budget.cost_rows = [services.cost_line(budget, cost) for cost in plan.costs]
    budget.source_rows = [services.funding_source(budget, source) for source in plan.sources]
    return budget


def _by(budget: Budget, user: Reader) -> list[figures.Table]:
    found = [figures.by_partner(budget, _names(budget, user)), figures.by_year(budget)]
    return [table for table in found if table]


def outside(project: Project, day: datetime.date, granted: datetime.date | None) -> str:
    """A word on a cost that funders usually do not pay; empty for one of the project's own time."""
    first, last = project.starts_on or granted, project.ends_on
    if first is None:
        return _("No funder has accepted the project yet.")
    if day < first and project.starts_on:
        words = _("From before the project begins, %(day)s.") % {"day": date_format(first)}
    elif day < first:
        words = _("From before the funder’s decision, %(day)s.") % {"day": date_format(first)}
    elif last and day > last:
        words = _("From after the project has ended, %(day)s.") % {"day": date_format(last)}
    else:
        words = ""
    return words


def granted_on(project: Project) -> datetime.date | None:
    """The first decision that accepted it, where the project has no day of its own to begin."""
    if project.starts_on:
        return None
    rows = project.applications.filter(stage=Stage.GRANTED).order_by("decided_on")
    return rows.values_list("decided_on", flat=True).first()


def warned(project: Project, day: datetime.date) -> str:
    """What is said of a cost that has just been entered."""
    words = outside(project, day, granted_on(project))
    if not words:
        return ""
    return _("%(words)s Funders usually do not pay such costs: ask yours before you report it.") % {
        "words": words
    }


def spending_values(budget: Budget, form: BaseForm, user: User) -> Row:
    """What has been entered, the newest first, and a form for the next cost."""
    rows = ActualCost.objects.visible_to(user).filter(budget=budget)
    mine = set(
        ActualCost.objects.editable_by(user).filter(budget=budget).values_list("pk", flat=True)
    )
    entries = list(rows.order_by("-day", "-pk")[:MOST_ENTRIES])
    actual = [cost.plain for cost in rows]
    seen = Organisation.objects.visible_to(user).filter(pk__in={c.organisation_id for c in entries})
    names = dict(seen.values_list("pk", "name"))
    decided = granted_on(budget.project)
    return {
        "project": budget.project,
        "budget": budget,
        "form": form,
        "table": figures.on_screen(budget, figures.spent(budget, actual)),
        "entries": [
            {
                "key": cost.form_key,
                "day": date_format(cost.day, "SHORT_DATE_FORMAT"),
                "organisation": names.get(cost.organisation_id, _("A partner that is not named")),
                "name": named(cost),
                "amount": money(budget, cost.amount_cents),
                "is_mine": cost.pk in mine,
                "outside": outside(budget.project, cost.day, decided),
            }
            for cost in entries
        ],
        "trail": trail(
            budget.project,
            {"name": _("Costs and funding"), "url": budget.get_absolute_url()},
            {"name": _("Actual costs")},
        ),
    }


def _picture(budget: Budget) -> Row | None:
    """Where the money comes from; nothing is drawn where there is nothing to compare."""
    result = budget.result
    parts = [
        (named(source), cents, part)
        for source, cents, part in zip(
            budget.source_rows, result.amounts, result.shares, strict=True
        )
        if cents > 0
    ]
    if len(parts) < 2:
        return None
    bars = [pictures.Bar(name, cents / 100, money(budget, cents)) for name, cents, _s in parts]
    told = ", ".join(f"{name} {share(part)}" for name, _c, part in parts)
    caption = pictures.Caption("funding", _("Sources of the project’s funding"), told)
    return {
        "heading": _("Where the money comes from"),
        "label": _("Sources of funding"),
        "svg": pictures.bars(caption, bars),
        "head": [{"name": name} for name in (_("Source"), _("Euros"), _("Share"))],
        "rows": [[name, money(budget, cents), share(part)] for name, cents, part in parts],
    }

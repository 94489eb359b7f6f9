"""The tables of a budget as figures, for a page and for a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cluster_portal.core.templatetags.ui import euros, percent
from projects import budget as arithmetic
from projects.budget import CostKind, Rounding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from projects.models import Budget

SHARE = "share"


@dataclass(frozen=True)
class Line:
    """`values` are cents, or hundredths of a percent in a column of shares; None is left empty."""

    name: str
    values: tuple[int | None, ...]
    css: str = ""


@dataclass(frozen=True)
class Table:
    caption: str
    label: str
    first: str
    columns: tuple[tuple[str, str], ...]  # the heading, and SHARE or nothing
    lines: list[Line]


def money(budget: Budget, cents: int) -> str:
    digits = 2 if budget.rounding == Rounding.CENTS or cents % 100 else 0
    return euros(Decimal(cents) / 100, digits)


def share(hundredths: int) -> str:
    """80,00 %, and plain 0 % for nothing, as funders print it."""
    return percent(Decimal(hundredths) / 100, 2 if hundredths else 0)


def named(line: Any) -> str:
    return f"{line.get_kind_display()}: {line.note}" if line.note else line.get_kind_display()


def costs(budget: Budget) -> Table:
    result = budget.result
    direct = [line for line in budget.cost_rows if line.kind != CostKind.INCOME]
    lines = [
        Line(f"{number}. {named(line)}", (line.amount_cents,))
        for number, line in enumerate(direct, start=1)
    ]
    if budget.flat_rate_label:
        lines.append(Line(str(budget.flat_rate_label), (result.flat,), "sub"))
    income = f"{len(direct) + 1}. {CostKind.INCOME.label}"
    lines.append(Line(income, (result.income,)))
    lines.append(Line(_("Net costs, total"), (result.net,), "total"))
    caption, label = _("Summary of the cost estimate"), _("Cost estimate")
    return Table(caption, label, _("Item"), ((_("Total"), ""),), lines)


def sources(budget: Budget) -> Table:
    result = budget.result
    taken = zip(budget.source_rows, result.amounts, result.shares, strict=True)
    lines = [
        Line(f"{number} {named(source)}", (cents, part))
        for number, (source, cents, part) in enumerate(taken, start=1)
    ]
    whole = result.funding, sum(result.shares)
    lines.append(Line(_("Funding plan, total"), whole, "total"))
    columns = ((_("Total"), ""), (_("Share"), SHARE))
    caption, label = _("Summary of the funding plan"), _("Funding plan")
    return Table(caption, label, _("Source"), columns, lines)


def by_partner(budget: Budget, names: Mapping[int, str]) -> Table | None:
    """None where no line names a partner; one that the reader may not know is not named."""
    if not any(line.organisation_id for line in budget.cost_rows):
        return None
    hidden = _("A partner that is not named")
    named_in = {row.organisation_id for row in budget.cost_rows if row.organisation_id}
    words = {key: names.get(key, hidden) for key in named_in}
    caption = _("Costs of each partner")
    return _shares(budget, caption, _("Partner"), "partner", words, _("No partner named"))


def by_year(budget: Budget) -> Table | None:
    if not any(line.year for line in budget.cost_rows):
        return None
    words = {row.year: str(row.year) for row in budget.cost_rows if row.year}
    return _shares(budget, _("Costs of each year"), _("Year"), "year", words, _("No year named"))


def _shares(
    budget: Budget, caption: str, first: str, by: str, words: Mapping[int, str], left_open: str
) -> Table:
    costs = [line.plain for line in budget.cost_rows]
    found = arithmetic.shares_of_costs(
        budget.cost_model, budget.rounding, costs, lambda cost: getattr(cost, by)
    )
    lines = [
        Line(
            left_open if each.key is None else words[each.key],
            (each.direct, each.flat, each.income, each.net),
        )
        for each in found
    ]
    result = budget.result
    cut = result.flat - sum(each.flat for each in found)
    if cut:
        lines.append(Line(_("Cut down from the flat rates"), (None, cut, None, cut), "sub"))
    whole = (result.direct, result.flat, result.income, result.net)
    lines.append(Line(_("Total"), whole, "total"))
    columns = ((_("Direct costs"), ""), (_("Flat rate"), ""), (pgettext("money", "Income"), ""),
               (_("Net costs"), ""))  # fmt: skip
    return _without_empty(Table(caption, caption, first, columns, lines))


def _without_empty(table: Table) -> Table:
    """Flat rates and income have a column only where there are some."""
    shown = [
        at
        for at in range(len(table.columns))
        if at in {0, len(table.columns) - 1} or any(line.values[at] for line in table.lines)
    ]
    lines = [replace(line, values=tuple(line.values[at] for at in shown)) for line in table.lines]
    return replace(table, columns=tuple(table.columns[at] for at in shown), lines=lines)


def spent(budget: Budget, actual: Iterable[arithmetic.Cost]) -> Table:
    """Plan, actual, what is left; the share is of the plan."""
    plan = [line.plain for line in budget.cost_rows]
    rows = arithmetic.compare(budget.cost_model, budget.rounding, plan, list(actual))
    lines = [
        Line(
            _kind_words(budget, row.kind), (row.plan, row.actual, row.left, row.percent),
            "total" if row.kind == "net" else "sub" if not row.kind else "",
        )
        for row in rows
    ]  # fmt: skip
    columns = ((_("Planned"), ""), (_("Spent"), ""), (pgettext("money", "Left"), ""),
               (_("Share of the plan"), SHARE))  # fmt: skip
    caption = _("Plan and actual costs")
    return Table(caption, caption, _("Item"), columns, lines)


def _kind_words(budget: Budget, kind: str) -> str:
    if kind == "net":
        return _("Net costs, total")
    return str(CostKind(kind).label) if kind else str(budget.flat_rate_label)


def on_screen(budget: Budget, table: Table) -> dict[str, Any]:
    """As `components/table.html` draws it."""
    head = [{"name": table.first}]
    head += [{"name": name, "num": True} for name, _unit in table.columns]  # type: ignore[dict-item]
    return {
        "caption": table.caption,
        "label": table.label,
        "head": head,
        "rows": [
            {"cells": [line.name, *_words(budget, table, line)], "css": line.css}
            for line in table.lines
        ],
    }


def _words(budget: Budget, table: Table, line: Line) -> Iterable[str]:
    for value, (_name, unit) in zip(line.values, table.columns, strict=True):
        if value is None:
            yield ""
        else:
            yield share(value) if unit == SHARE else money(budget, value)


Cell = str | int | Decimal


def in_file(tables: Iterable[Table]) -> list[list[Cell]]:
    """One table under the other, with figures that a spreadsheet adds up."""
    rows: list[list[Cell]] = []
    for table in tables:
        rows += [[], [table.caption], [table.first, *(name for name, _unit in table.columns)]]
        rows += [[line.name, *map(plain, line.values)] for line in table.lines]
    return rows


def plain(hundredths: int | None) -> Cell:
    """Euros, or per cent, of which a whole one has no decimals."""
    if hundredths is None:
        return ""
    whole, part = divmod(hundredths, 100)
    return Decimal(hundredths) / 100 if part else whole

"""The two tables of a budget and their picture, in the reader's words and number formats."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cluster_portal.core import pictures
from cluster_portal.core.templatetags.ui import euros, percent
from projects.budget import CostKind, Rounding, warnings

if TYPE_CHECKING:
    from projects.models import Budget

Row = dict[str, Any]


@dataclass(frozen=True)
class BudgetTables:
    cost_head: list[Row]
    costs: list[Row]
    source_head: list[Row]
    sources: list[Row]
    net: str
    model: str
    rounding: str
    warnings: list[str]
    picture: Row | None

    @property
    def both(self) -> list[Row]:
        """The two tables with their captions, for a screen without our own styles."""
        return [
            {
                "caption": _("Summary of the cost estimate"),
                "head": self.cost_head,
                "rows": self.costs,
            },
            {
                "caption": _("Summary of the funding plan"),
                "head": self.source_head,
                "rows": self.sources,
            },
        ]


def budget_tables(budget: Budget) -> BudgetTables:
    total, share = {"name": _("Total"), "num": True}, {"name": _("Share"), "num": True}
    plain = [source.plain for source in budget.source_rows]
    return BudgetTables(
        cost_head=[{"name": _("Item")}, total],
        costs=_cost_rows(budget),
        source_head=[{"name": _("Source")}, total, share],
        sources=_source_rows(budget),
        net=money(budget, budget.result.net),
        model=budget.get_cost_model_display(),
        rounding=budget.get_rounding_display(),
        warnings=[str(warning) for warning in warnings(plain, budget.result)],
        picture=_picture(budget),
    )


def money(budget: Budget, cents: int) -> str:
    digits = 2 if budget.rounding == Rounding.CENTS else 0
    return euros(Decimal(cents) / 100, digits)


def _share(hundredths: int) -> str:
    """80,00 %, and plain 0 % for nothing, as funders print it."""
    return percent(Decimal(hundredths) / 100, 2 if hundredths else 0)


def _named(line: Any) -> str:
    return f"{line.get_kind_display()}: {line.note}" if line.note else line.get_kind_display()


def _cost_rows(budget: Budget) -> list[Row]:
    result = budget.result
    direct = [line for line in budget.cost_rows if line.kind != CostKind.INCOME]
    rows: list[Row] = [
        {"cells": [f"{number}. {_named(line)}", money(budget, line.amount_cents)]}
        for number, line in enumerate(direct, start=1)
    ]
    if budget.flat_rate_label:
        rows.append({"cells": [budget.flat_rate_label, money(budget, result.flat)], "css": "sub"})
    income = f"{len(direct) + 1}. {CostKind.INCOME.label}"
    rows.append({"cells": [income, money(budget, result.income)]})
    rows.append({"cells": [_("Net costs, total"), money(budget, result.net)], "css": "total"})
    return rows


def _source_rows(budget: Budget) -> list[Row]:
    result = budget.result
    taken = zip(budget.source_rows, result.amounts, result.shares, strict=True)
    rows: list[Row] = [
        {"cells": [f"{number} {_named(source)}", money(budget, cents), _share(share)]}
        for number, (source, cents, share) in enumerate(taken, start=1)
    ]
    whole = [_("Funding plan, total"), money(budget, result.funding), _share(sum(result.shares))]
    return [*rows, {"cells": whole, "css": "total"}]


def _picture(budget: Budget) -> Row | None:
    """Where the money comes from; nothing is drawn where there is nothing to compare."""
    result = budget.result
    parts = [
        (_named(source), cents, share)
        for source, cents, share in zip(
            budget.source_rows, result.amounts, result.shares, strict=True
        )
        if cents > 0
    ]
    if len(parts) < 2:
        return None
    bars = [pictures.Bar(name, cents / 100, money(budget, cents)) for name, cents, _s in parts]
    told = ", ".join(f"{name} {_share(share)}" for name, _c, share in parts)
    caption = pictures.Caption("funding", _("Sources of the project’s funding"), told)
    return {
        "heading": _("Where the money comes from"),
        "label": _("Sources of funding"),
        "svg": pictures.bars(caption, bars),
        "head": [{"name": name} for name in (_("Source"), _("Euros"), _("Share"))],
        "rows": [[name, money(budget, cents), _share(share)] for name, cents, share in parts],
    }

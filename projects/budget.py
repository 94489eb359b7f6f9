"""The arithmetic of a budget in the ERDF shape (DOMAIN 2.5): integers in cents, nothing stored.

Flat rates and percentages are cut down, to whole euros or to cents as the project chose, so that
the aid asked for never exceeds its ceiling; the source marked as the remainder takes what is left.
Shares are shown in hundredths of a percent that add up to 100,00.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.utils.functional import Promise

WHOLE = 10_000  # hundredths of a percent
LUMP_SUM_CEILING = 200_000_00


class CostModel(TextChoices):
    FR40 = "fr40", _("Flat rate 40 per cent of staff costs")
    FR7 = "fr7", _("Flat rate 7 per cent of direct costs")
    FR1_5 = "fr1_5", _("Flat rate 1.5 per cent of investments")
    FR25 = "fr25", _("Flat rate 25 per cent of direct costs without subcontracting")
    LUMP = "lump", _("Lump sum")
    ACTUAL = "actual", _("Actual costs")


class Rounding(TextChoices):
    TRUNCATE = "truncate", _("Cut to whole euros")
    CENTS = "cents", _("To the cent")


class CostKind(TextChoices):
    STAFF = "staff", _("Staff costs")
    PURCHASES = "purchases", _("Purchases and services")
    SUBCONTRACTING = "subcontracting", _("Subcontracting")
    INVESTMENT = "investment", _("Investments")
    OTHER = "other", _("Other direct costs")
    LUMP = "lump", _("Lump sum")
    INCOME = "income", _("Income (deducted from costs)")


class FundingKind(TextChoices):
    EU_STATE = "eu_state", _("EU and state funding applied for")
    OWN_MUNICIPAL = "own_municipal", _("Own contribution: municipal funding")
    OWN_PUBLIC = "own_public", _("Own contribution: other public funding")
    OWN_PRIVATE = "own_private", _("Own contribution: private funding")
    MUNICIPAL = "municipal", _("Municipal funding")
    OTHER_PUBLIC = "other_public", _("Other public funding")
    PRIVATE = "private", _("Private funding")


OWN = frozenset({FundingKind.OWN_MUNICIPAL, FundingKind.OWN_PUBLIC, FundingKind.OWN_PRIVATE})


class Basis(TextChoices):
    AMOUNT = "amount", _("Fixed amount")
    PERCENT = "percent", _("Percentage of net costs")
    REMAINDER = "remainder", _("What is left")


@dataclass(frozen=True)
class FlatRate:
    """A rate in hundredths of a percent of the costs of some kinds; `label` names its line."""

    rate: int
    of: frozenset[str]
    label: Promise | str


_DIRECT = frozenset(CostKind.values) - {CostKind.INCOME, CostKind.LUMP}
FLAT_RATES = {
    CostModel.FR40: FlatRate(
        40_00, frozenset({CostKind.STAFF}), _("Flat rate 40 per cent, development")
    ),
    CostModel.FR7: FlatRate(7_00, _DIRECT, _("Flat rate 7 per cent")),
    CostModel.FR1_5: FlatRate(
        1_50, frozenset({CostKind.INVESTMENT}), _("Flat rate 1.5 per cent, investments")
    ),
    CostModel.FR25: FlatRate(
        25_00, _DIRECT - {CostKind.SUBCONTRACTING}, _("Flat rate 25 per cent")
    ),
}
# Kinds of lines that a model knows; income may stand in any.
ALLOWED: dict[str, frozenset[str]] = {
    CostModel.FR40: frozenset({CostKind.STAFF}),
    CostModel.FR1_5: frozenset({CostKind.INVESTMENT}),
    CostModel.LUMP: frozenset({CostKind.LUMP}),
}


@dataclass(frozen=True)
class Cost:
    kind: str
    cents: int


@dataclass(frozen=True)
class Source:
    """`cents` counts for a fixed amount, `percent` (hundredths) for a percentage of net costs."""

    kind: str
    basis: str
    cents: int = 0
    percent: int = 0


@dataclass(frozen=True)
class Result:
    """The computed tables; `amounts` and `shares` follow the sources' order."""

    direct: int
    flat: int
    income: int
    net: int
    amounts: tuple[int, ...]
    shares: tuple[int, ...]

    @property
    def funding(self) -> int:
        return sum(self.amounts)


def compute(model: str, rounding: str, costs: Sequence[Cost], sources: Sequence[Source]) -> Result:
    direct = sum(cost.cents for cost in costs if cost.kind != CostKind.INCOME)
    income = sum(cost.cents for cost in costs if cost.kind == CostKind.INCOME)
    flat = flat_costs(model, rounding, costs)
    net = direct + flat - income
    amounts = _amounts(net, rounding, sources)
    return Result(direct, flat, income, net, amounts, shares(amounts))


def flat_costs(model: str, rounding: str, costs: Iterable[Cost]) -> int:
    rule = FLAT_RATES.get(CostModel(model))
    if rule is None:
        return 0
    base = sum(cost.cents for cost in costs if cost.kind in rule.of)
    return _part(base, rule.rate, rounding)


def _part(cents: int, rate: int, rounding: str) -> int:
    """`rate` hundredths of a percent of a sum, cut down."""
    part = cents * rate // WHOLE
    return part if rounding == Rounding.CENTS else part // 100 * 100


def _amounts(net: int, rounding: str, sources: Sequence[Source]) -> tuple[int, ...]:
    """The remainder is found by subtraction, and may come out negative: `faults` says so."""
    given = {
        index: _given(source, net, rounding)
        for index, source in enumerate(sources)
        if source.basis != Basis.REMAINDER
    }
    left = net - sum(given.values())
    return tuple(given.get(index, left) for index in range(len(sources)))


def _given(source: Source, net: int, rounding: str) -> int:
    if source.basis == Basis.AMOUNT:
        return source.cents
    return _part(net, source.percent, rounding)


def shares(amounts: Sequence[int]) -> tuple[int, ...]:
    """Shares in hundredths of a percent that add up to 100,00 (largest remainders rounded up)."""
    total = sum(amounts)
    if total <= 0 or min(amounts, default=0) < 0:
        return tuple(0 for _each in amounts)
    cut = [amount * WHOLE // total for amount in amounts]
    by_rest = sorted(range(len(amounts)), key=lambda i: -(amounts[i] * WHOLE % total))
    for index in by_rest[: WHOLE - sum(cut)]:
        cut[index] += 1
    return tuple(cut)


def faults(
    model: str, rounding: str, costs: Sequence[Cost], sources: Sequence[Source]
) -> list[Promise | str]:
    """What makes this budget impossible, as sentences; an empty list means that it holds."""
    result = compute(model, rounding, costs, sources)
    allowed = ALLOWED.get(model)
    checks = [
        (
            allowed is not None and any(c.kind not in {*allowed, CostKind.INCOME} for c in costs),
            _("This cost model does not take lines of this kind; the flat rate covers them."),
        ),
        (
            model == CostModel.LUMP and result.direct > LUMP_SUM_CEILING,
            _("A lump sum is at most 200 000 euros."),
        ),
        (
            rounding == Rounding.TRUNCATE
            and any(cents % 100 for cents in _given_sums(costs, sources)),
            _("Give whole euros, or choose cents as the rounding."),
        ),
        (result.net < 0, _("Income is greater than the costs.")),
        (
            sum(source.basis == Basis.REMAINDER for source in sources) > 1,
            _("Only one source can take what is left."),
        ),
        (
            min(result.amounts, default=0) < 0,
            _("The other sources exceed the net costs, so that nothing is left for the last one."),
        ),
        (
            bool(sources) and result.funding != result.net,
            _("The funding does not add up to the net costs."),
        ),
    ]
    return [sentence for is_so, sentence in checks if is_so]


def warnings(sources: Sequence[Source], result: Result) -> list[Promise | str]:
    """What a funder will ask about, although it is possible."""
    own = sum(
        amount for source, amount in zip(sources, result.amounts, strict=True) if source.kind in OWN
    )
    return [_("There is no own contribution.")] if sources and own <= 0 else []


def _given_sums(costs: Sequence[Cost], sources: Sequence[Source]) -> list[int]:
    return [cost.cents for cost in costs] + [source.cents for source in sources]

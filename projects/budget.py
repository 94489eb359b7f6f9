"""The arithmetic of a budget in the ERDF shape (DOMAIN 2.5): integers in cents, nothing stored.

Flat rates and percentages are cut down, to whole euros or to cents as the project chose, so that
the aid asked for never exceeds its ceiling; the source marked as the remainder takes what is left.
Shares are shown in hundredths of a percent that add up to 100,00.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.templatetags.ui import euros

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

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
    """`partner` is the primary key of the organisation that bears it; both may be left open."""

    kind: str
    cents: int
    partner: int | None = None
    year: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Source:
    """`cents` counts for a fixed amount, `percent` (hundredths) for a percentage of net costs."""

    kind: str
    basis: str
    cents: int = 0
    percent: int = 0
    partner: int | None = None
    note: str = ""


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
) -> list[str]:
    """What makes this budget impossible, as sentences; an empty list means that it holds."""
    result = compute(model, rounding, costs, sources)
    found = _cost_faults(model, rounding, costs, result)
    return [*found, *_source_faults(rounding, sources, result)]


def _cost_faults(model: str, rounding: str, costs: Sequence[Cost], result: Result) -> Iterator[str]:
    allowed = ALLOWED.get(model)
    for number, cost in enumerate(costs, 1):
        if allowed is not None and cost.kind not in {*allowed, CostKind.INCOME}:
            yield gettext(
                "Line %(number)s, %(kind)s: this cost model does not take lines of this kind; the "
                "flat rate covers them."
            ) % {"number": number, "kind": CostKind(cost.kind).label}
        if rounding == Rounding.TRUNCATE and cost.cents % 100:
            yield _whole_euros(number)
    if model == CostModel.LUMP and result.direct > LUMP_SUM_CEILING:
        over = {"over": _euros(result.direct - LUMP_SUM_CEILING)}
        yield gettext("A lump sum is at most 200 000 euros: %(over)s too much.") % over
    if result.net < 0:
        yield gettext("Income is greater than the costs, by %(over)s.") % {
            "over": _euros(-result.net)
        }


def _source_faults(rounding: str, sources: Sequence[Source], result: Result) -> Iterator[str]:
    for number, source in enumerate(sources, 1):
        if rounding == Rounding.TRUNCATE and source.cents % 100:
            yield _whole_euros(number)
    if sum(source.basis == Basis.REMAINDER for source in sources) > 1:
        yield gettext("Only one source can take what is left.")
    for number, amount in enumerate(result.amounts, 1):
        if amount < 0:
            yield gettext(
                "The other sources exceed the net costs by %(over)s, so that nothing is left for "
                "source %(number)s."
            ) % {"over": _euros(-amount), "number": number}
    if sources and result.funding != result.net:
        yield gettext(
            "The funding does not add up to the net costs: funding %(funding)s, net costs "
            "%(net)s, difference %(difference)s."
        ) % {
            "funding": _euros(result.funding), "net": _euros(result.net),
            "difference": _euros(abs(result.funding - result.net)),
        }  # fmt: skip


def _whole_euros(number: int) -> str:
    told = gettext("Line %(number)s: give whole euros, or choose cents as the rounding.")
    return told % {"number": number}


def _euros(cents: int) -> str:
    return euros(Decimal(cents) / 100, 2 if cents % 100 else 0)


def warnings(sources: Sequence[Source], result: Result) -> list[Promise | str]:
    """What a funder will ask about, although it is possible."""
    own = sum(
        amount for source, amount in zip(sources, result.amounts, strict=True) if source.kind in OWN
    )
    return [_("There is no own contribution.")] if sources and own <= 0 else []


@dataclass(frozen=True)
class Share:
    """What one partner or one year takes of the costs; the flat rate is cut down in each."""

    key: int | None
    direct: int
    flat: int
    income: int

    @property
    def net(self) -> int:
        return self.direct + self.flat - self.income


def shares_of_costs(
    model: str, rounding: str, costs: Sequence[Cost], key: Callable[[Cost], int | None]
) -> list[Share]:
    """The costs by partner or by year, what is left open last.

    Flat rates are cut down in each, so their sum may be some euros less than the whole budget's.
    """
    found: dict[int | None, list[Cost]] = defaultdict(list)
    for cost in costs:
        found[key(cost)].append(cost)
    ordered = sorted(found, key=lambda each: (each is None, each or 0))
    return [_share(each, model, rounding, found[each]) for each in ordered]


def _share(key: int | None, model: str, rounding: str, costs: Sequence[Cost]) -> Share:
    result = compute(model, rounding, costs, ())
    return Share(key, result.direct, result.flat, result.income)


@dataclass(frozen=True)
class Compared:
    """A kind of costs as planned and as it came about; "" is the flat rate, "net" all of it."""

    kind: str
    plan: int
    actual: int

    @property
    def left(self) -> int:
        """Negative where more was spent than planned."""
        return self.plan - self.actual

    @property
    def percent(self) -> int | None:
        """Hundredths of a percent of the plan that are spent; None where nothing was planned."""
        return self.actual * WHOLE // self.plan if self.plan else None


def compare(
    model: str, rounding: str, plan: Sequence[Cost], actual: Sequence[Cost]
) -> list[Compared]:
    """By kind, in the order of the kinds; then the flat rate, the income and the net costs."""
    planned, spent = _by_kind(plan), _by_kind(actual)
    kinds = [kind for kind in CostKind.values if kind in planned or kind in spent]
    direct = [kind for kind in kinds if kind != CostKind.INCOME]
    of_plan, of_actual = compute(model, rounding, plan, ()), compute(model, rounding, actual, ())
    rows = [Compared(kind, planned.get(kind, 0), spent.get(kind, 0)) for kind in direct]
    if CostModel(model) in FLAT_RATES:
        rows.append(Compared("", of_plan.flat, of_actual.flat))
    if CostKind.INCOME in kinds:
        rows.append(Compared(CostKind.INCOME, of_plan.income, of_actual.income))
    return [*rows, Compared("net", of_plan.net, of_actual.net)]


def _by_kind(costs: Iterable[Cost]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for cost in costs:
        found[cost.kind] += cost.cents
    return found

"""Facets of very many rows, which carry all that they can be narrowed by as tokens.

    FACETS = TokenFacets(Facet("level", _("Level"), "levels"), …,
                         tokens="facets", newest=("-published_at", "-pk"))
    faceted = FACETS.apply(rows, request.GET, Known(version, tally))

An array column of the model holds `key=value` of every facet, and one index finds rows by words
and tokens together. The counts of a whole list come from a tally that somebody keeps. Of what is
searched or narrowed only the newest thousand rows are counted, and the page says "at least"; where
several facets are chosen from, the counts without each of them come from fewer.
Where the rows are very many, those are sought among the newest first (`day=2027-03-01`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from math import prod
from operator import and_
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Q

from cluster_portal.core.facet_counts import Counted, kept_rows
from cluster_portal.core.facets import Column, FacetSet, texts
from cluster_portal.core.newest import ALL, EVERY, Newest, Statement
from cluster_portal.core.search import is_searched, query_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model, QuerySet

    from cluster_portal.core.facet_counts import Known
    from cluster_portal.core.facets import Facet

MAX_NEAR = 10_000  # rows that miss one of the choices at most, to be read at once
MAX_APART = 1_500  # rows counted for all facets chosen from together, each without its own choice
MIN_APART = 300
MAX_PAIRED = 4  # choices that are asked for in pairs
MAX_GROUP = 5  # choices that are asked for together


class TokenColumn(Column):
    """A facet whose values are tokens."""

    def __init__(self, facet: Facet, model: type[Model], name: str) -> None:
        super().__init__(facet, model)
        self.name = name
        self.start = f"{facet.key}="
        self.occurring: Counter[str] | None = None

    @property
    def tokens(self) -> list[str]:
        """Of what is chosen; only what occurs at all, where that is known."""
        found = [self.start + t for stored, _value, _label in self.chosen for t in texts(stored)]
        return [token for token in found if self.occurring is None or token in self.occurring]

    def selection(self, *others: TokenColumn) -> Q:
        """What has a choice of this facet, or of one of the others."""
        tokens = [token for column in (self, *others) for token in column.tokens]
        return Q(**{f"{self.name}__overlap": tokens})


class TokenFacets(FacetSet):
    """The facets of a list whose rows carry tokens; see the module's text."""

    def __init__(self, *facets: Facet, tokens: str, newest: tuple[str, ...]) -> None:
        """`newest` is the order, all descending, in which an index keeps the rows.

        A model that is searched, too, needs a field `headline` (`search.headline`).
        """
        super().__init__(*facets)
        self.tokens, self.newest = tokens, newest

    def column(self, facet: Facet, model: type[Model]) -> TokenColumn:
        return TokenColumn(facet, model, self.tokens)

    def count(
        self, rows: QuerySet[Any], narrowed: QuerySet[Any], columns: list[Any], known: Known
    ) -> Counted:
        """By the tally what it knows: all rows, and the options of the only facet chosen."""
        counts = known.tally() if known.tally else None
        chosen = [column for column in columns if column.chosen]
        plain = counts is not None and not is_searched(rows)
        if plain and counts is not None and not chosen:
            return Counted(_by_facet(counts, columns), counts[EVERY])
        for column in chosen:
            column.occurring = counts
        sought = Sought(rows, narrowed, columns, [] if plain and len(chosen) == 1 else chosen)
        newest = Newest(self.tokens, self.newest, counts or Counter())
        try:
            found = _found(newest, sought, counts or Counter(), known.version)
        except EmptyResultSet:
            return Counted(defaultdict(Counter), 0)
        counted = _read(found, columns, sought.bounds)
        if plain and counts is not None and len(chosen) == 1:
            _heed_tally(counted, columns, chosen[0], counts)
        if counts is not None:
            _keep_possible(counted, columns, counts)
        return counted


@dataclass(frozen=True)
class Sought:
    """What a page asks: rows, the same narrowed by all choices, and the facets to count `apart`.

    These are the facets chosen from, each counted without its own choice.
    """

    rows: QuerySet[Any]
    narrowed: QuerySet[Any]
    columns: list[TokenColumn]
    apart: list[TokenColumn]

    @property
    def bounds(self) -> tuple[int, int]:
        """How many rows are counted of all that is sought, and for a facet apart.

        What is searched is found once for all.
        """
        if is_searched(self.rows) or not self.apart:
            return Newest.MAX_COUNTED, Newest.MAX_COUNTED
        each = max(MAX_APART // len(self.apart), MIN_APART)
        return Newest.MAX_COUNTED, min(each, Newest.MAX_COUNTED)

    def others(self, column: TokenColumn) -> list[TokenColumn]:
        return [other for other in self.apart if other is not column]


def _found(newest: Newest, sought: Sought, counts: Counter[str], version: str | None) -> list[Any]:
    """What is counted: at once where few rows can be, else within windows."""
    if not is_searched(sought.rows) and len(sought.apart) > 2:
        near = _near(sought.apart, counts)
        if near is not None:
            statement = _by_near(newest, sought, sought.rows.filter(near))
            return kept_rows(*statement, sought.rows.db, version)
    return _within_windows(newest, sought, counts, version)


def _within_windows(
    newest: Newest, sought: Sought, counts: Counter[str], version: str | None
) -> list[Any]:
    """Where a window held less than it should, all rows are looked through after all."""
    few = _few(sought.apart, counts) if is_searched(sought.rows) else None
    narrowed = sought.narrowed if few is None else sought.rows.filter(few)
    sets = [narrowed, *_sets_apart(sought)]
    bound, each = sought.bounds
    bounds = [bound, *[each] * (len(sets) - 1)]
    if few is None:
        windows = newest.windows_for(sets, bounds)
    else:
        windows = [[], *newest.windows_for(sets[1:], bounds[1:])]
    while True:
        statement = _by_sets(newest, sought, sets, windows)
        found = kept_rows(*statement, sought.rows.db, version)
        totals = {number: n for number, token, n, _best in found if token == EVERY}
        numbers = [ALL, *(sought.columns.index(column) for column in sought.apart)]
        short = [
            place
            for place, window in enumerate(windows)
            if window and totals[numbers[place]] < bounds[place]
        ]
        if not short:
            return found
        windows = [[] if place in short else window for place, window in enumerate(windows)]


def _sets_apart(sought: Sought) -> list[QuerySet[Any]]:
    """What is searched is found once for all facets: finding it again costs the most."""
    if is_searched(sought.rows):
        return [sought.rows] if sought.apart else []
    return [_chosen_by(sought.rows, sought.others(column)) for column in sought.apart]


def _by_sets(
    newest: Newest, sought: Sought, sets: list[QuerySet[Any]], windows: list[list[str]]
) -> tuple[str, tuple[Any, ...]]:
    """Counts over what is narrowed by all, and for each facet apart over a set of its own."""
    made = Statement(newest)
    searched = is_searched(sought.rows)
    bound, each = sought.bounds
    names = []
    for place, (rows, window) in enumerate(zip(sets, windows, strict=True)):
        limit = each if place else bound
        name = made.found(newest.within(rows, window), limit, to_rank=searched and not place)
        if searched:
            name = made.newest_of(name, limit, [] if rows is sought.rows else sought.apart)
        names.append(name)
    made.best(names[0], query_of(sought.rows))
    made.every(names[0])
    for place, column in enumerate(sought.apart, 1):
        number, name = sought.columns.index(column), names[1] if searched else names[place]
        made.total(number, name)
        made.only(number, name, column, sought.others(column) if searched else [])
    return made.sql()


def _by_near(newest: Newest, sought: Sought, rows: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    """The same from few rows, which hold all that miss one choice at most."""
    made = Statement(newest)
    bound, each = sought.bounds
    near = made.near(made.found(rows, None), sought.apart)
    all_chosen = made.newest_near(near, bound, None)
    made.best(all_chosen, None)
    made.every(all_chosen)
    for place, column in enumerate(sought.apart, 1):
        number, name = sought.columns.index(column), made.newest_near(near, each, place)
        made.total(number, name)
        made.only(number, name, column, [])
    return made.sql()


def _near(columns: list[TokenColumn], counts: Counter[str]) -> Q | None:
    """A condition that all rows fulfil that miss one choice at most; None if many others do too.

    Such a row has the rarest choice and of any two others one at least, or it has all others: two
    looks into the index, each begun with a rare token.
    """
    share = _shares(columns, counts)
    rarest, *others = sorted(columns, key=lambda column: share[column])
    size, total = 1, counts[EVERY]
    while size < len(others) and size < MAX_PAIRED:
        size += 1
        if total * share[rarest] * _one_missing([share[c] for c in others[:size]]) < MAX_NEAR / 4:
            break
    paired, rest = others[:size], others[:MAX_GROUP]
    rows = share[rarest] * _one_missing([share[c] for c in paired]) + prod(share[c] for c in rest)
    if not total or total * rows > MAX_NEAR:
        return None
    return rarest.selection() & _all_pairs(paired) | _all(rest)


def _one_missing(shares: list[float]) -> float:
    """The part of all rows that has these, or all but one."""
    return prod(shares) + sum(
        (1 - share) * prod(shares[:place] + shares[place + 1 :])
        for place, share in enumerate(shares)
    )


def _all_pairs(columns: list[TokenColumn]) -> Q:
    return reduce(and_, (one.selection(other) for one, other in combinations(columns, 2)))


def _few(columns: list[TokenColumn], counts: Counter[str]) -> Q | None:
    """The rarest choices, if few rows have these: more conditions would cost the index more."""
    share, rows = _shares(columns, counts), float(counts[EVERY])
    rarest = sorted(columns, key=lambda column: share[column])
    for number, column in enumerate(rarest, 1):
        rows *= share[column]
        if 0 < rows <= MAX_NEAR:
            return _all(rarest[:number])
    return None


def _shares(columns: list[TokenColumn], counts: Counter[str]) -> dict[TokenColumn, float]:
    """The part of all rows that each choice leaves, as the tally knows it; never quite none."""
    total = max(counts[EVERY], 1)
    return {c: min(max(sum(counts[t] for t in c.tokens), 1) / total, 1) for c in columns}


def _all(columns: Iterable[TokenColumn]) -> Q:
    return reduce(and_, (column.selection() for column in columns))


def _chosen_by(rows: QuerySet[Any], columns: list[TokenColumn]) -> QuerySet[Any]:
    for column in columns:
        rows = rows.filter(column.selection())
    return rows


def _by_facet(counts: Counter[str], columns: list[TokenColumn]) -> dict[int, Counter[str]]:
    numbers = {column.facet.key: number for number, column in enumerate(columns)}
    values: dict[int, Counter[str]] = defaultdict(Counter)
    for token, n in counts.items():
        key, _equals, text = token.partition("=")
        if key in numbers:
            values[numbers[key]][text] = n
    return values


def _heed_tally(
    counted: Counted, columns: list[TokenColumn], only: TokenColumn, counts: Counter[str]
) -> None:
    """One facet alone is chosen: its own counts are those of the whole list."""
    number = columns.index(only)
    counted.values[number] = _by_facet(counts, [only])[0]
    counted.bounded -= {number}
    if counted.is_capped and len(only.tokens) == 1:
        counted.count, counted.is_capped = counts[only.tokens[0]], False


def _keep_possible(counted: Counted, columns: list[TokenColumn], counts: Counter[str]) -> None:
    """What was not among the rows counted, but is in the list, may be among the others."""
    for number, known in _by_facet(counts, columns).items():
        if number in counted.bounded:
            values = counted.values.setdefault(number, Counter())
            values.update(dict.fromkeys(known.keys() - values.keys(), 0))


def _read(found: list[Any], columns: list[TokenColumn], bounds: tuple[int, int]) -> Counted:
    counted = Counted({}, 0)
    bound, each = bounds
    tokens: dict[int, Counter[str]] = defaultdict(Counter)
    for number, token, n, best in found:
        tokens[number][token] = n
        counted.best = best or counted.best
    counted.count = tokens[ALL][EVERY]
    counted.is_capped = counted.count >= bound
    counted.values = _by_facet(tokens.pop(ALL), columns)
    bounded = set(range(len(columns)) if counted.is_capped else ())
    for number, counts in tokens.items():
        # At least what is shown has; counted apart were the newest of others too.
        counted.values[number] |= _by_facet(counts, [columns[number]])[0]
        bounded.discard(number)
        if counts[EVERY] >= each:
            bounded.add(number)
    counted.bounded = frozenset(bounded)
    return counted

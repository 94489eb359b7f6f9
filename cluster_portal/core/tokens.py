"""Facets of very many rows, which carry all that they can be narrowed by as tokens.

    FACETS = TokenFacets(Facet("level", _("Level"), "levels"), …,
                         tokens="facets", newest=("-published_at", "-pk"))
    faceted = FACETS.apply(rows, request.GET, Known(version, tally))

An array column of the model holds `key=value` of every facet, and one index finds rows by words
and tokens together. The counts of a whole list come from a tally that somebody keeps. Of what is
searched or narrowed only the newest `MAX_COUNTED` rows are counted, and the page says "at least".
Where the rows are very many, those are sought among the newest weeks first (`week=2027-09`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import F, Func, Q, TextField

from cluster_portal.core.facet_counts import Counted, kept_rows
from cluster_portal.core.facets import Column, FacetSet, texts
from cluster_portal.core.search import is_searched, query_of

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from cluster_portal.core.facet_counts import Known
    from cluster_portal.core.facets import Facet

MAX_COUNTED = 1_000
EVERY = ""  # the token that every row of a tally carries
ALL = -1  # stands for all facets among their numbers
WEEK = "week="
WINDOWS = (20_000, 200_000)  # how many of the newest rows are looked at before all are


class TokenColumn(Column):
    """A facet whose values are tokens."""

    def __init__(self, facet: Facet, model: type[Model], name: str) -> None:
        super().__init__(facet, model)
        self.name = name
        self.start = f"{facet.key}="

    @property
    def tokens(self) -> list[str]:
        return [self.start + t for stored, _value, _label in self.chosen for t in texts(stored)]

    def selection(self) -> Q:
        return Q(**{f"{self.name}__overlap": self.tokens})


@dataclass(frozen=True)
class Newest:
    """How the newest rows of a model are found: its column of tokens, its order, the windows."""

    column: str
    order: tuple[str, ...]
    windows: list[list[str]]

    def within(self, rows: QuerySet[Any], window: int) -> QuerySet[Any]:
        if window >= len(self.windows):
            return rows
        return rows.filter(**{f"{self.column}__overlap": self.windows[window]})

    def windows_for(self, sets: list[QuerySet[Any]]) -> list[int]:
        """For each set of rows the first window that holds enough of it; one statement."""
        if not self.windows:
            return [0] * len(sets)
        asked = [self._first_enough(rows) for rows in sets]
        sql = f"SELECT {', '.join(part for part, _params in asked)}"
        params = [value for _part, values in asked for value in values]
        with connections[sets[0].db].cursor() as cursor:
            cursor.execute(sql, params)
            return list(cursor.fetchone() or [])

    def _first_enough(self, rows: QuerySet[Any]) -> tuple[str, list[Any]]:
        """Materialised, so that nothing reads the texts of rows in the hope of early hits."""
        whens, params = "", list[Any]()
        for number in range(len(self.windows)):
            keys = self.within(rows, number).order_by().values("pk")
            sql, values = keys.query.sql_with_params()
            whens += (
                f" WHEN (WITH h AS MATERIALIZED ({sql}) SELECT count(*) FROM"  # noqa: S608
                f" (SELECT FROM h LIMIT {MAX_COUNTED}) AS enough) >= {MAX_COUNTED} THEN {number}"
            )
            params += values
        return f"CASE{whens} ELSE {len(self.windows)} END", params


class Statement:
    """A statement in the making: sets of rows, each made known once, and counts over them."""

    def __init__(self, newest: Newest) -> None:
        self.newest = newest
        self.sets: list[str] = []
        self.branches: list[str] = []
        self.params: list[Any] = []
        self.late: list[Any] = []

    def rows(self, rows: QuerySet[Any], window: int) -> str:
        """The newest of the rows; returns the name of the set.

        What is searched is found by the index before the newest are taken: looking through the
        newest one by one reads the words of each.
        """
        taken = {"_pk": F("pk"), "_tokens": F(self.newest.column), "_words": _unread("search")}
        order = {f"_o{n}": F(key.lstrip("-")) for n, key in enumerate(self.newest.order)}
        names = ", ".join(key.removeprefix("_") for key in (*taken, *order))
        found = self.newest.within(rows, window).order_by().annotate(**taken, **order)
        if not is_searched(rows):
            found = found.order_by(*self.newest.order)[:MAX_COUNTED]
        sql, params = found.values_list(*taken, *order).query.sql_with_params()
        number = len(self.sets)
        by = ", ".join(f"o{n} DESC" for n in range(len(order)))
        self.sets.append(
            f"h{number}({names}) AS MATERIALIZED ({sql}), b{number} AS MATERIALIZED"  # noqa: S608
            f" (SELECT pk, tokens, words FROM h{number} ORDER BY {by} LIMIT {MAX_COUNTED})"
        )
        self.params += params
        return f"b{number}"

    def total(self, number: int, name: str, query: str | None = None) -> None:
        """How many rows a set has, and of what is searched the best."""
        best = "NULL::bigint[]"
        if query is not None:
            best = "array_agg(pk ORDER BY ts_rank(words, %s::tsquery) DESC, pk DESC)"
            self.late.append(query)
        self.branches.append(f"SELECT {number}, '', count(*), {best} FROM {name}")  # noqa: S608

    def every(self, name: str) -> None:
        self.branches.append(
            f"SELECT {ALL}, token, count(*), NULL FROM {name}, unnest(tokens) AS token"  # noqa: S608
            " GROUP BY token"
        )

    def only(self, number: int, name: str, column: TokenColumn, others: list[TokenColumn]) -> None:
        """Counts of one facet among the rows of a set that carry what the others choose."""
        heeded = "tokens && %s::varchar[] AND " * len(others)
        self.branches.append(
            f"SELECT {number}, token, count(*), NULL FROM {name}, unnest(tokens) AS token"  # noqa: S608
            f" WHERE {heeded}starts_with(token, %s) GROUP BY token"
        )
        self.late += [*(other.tokens for other in others), column.start]

    def sql(self) -> tuple[str, tuple[Any, ...]]:
        branches = " UNION ALL ".join(self.branches)
        sql = f"SELECT * FROM (WITH {', '.join(self.sets)} {branches}) AS counts"  # noqa: S608
        return sql, (*self.params, *self.late)


class TokenFacets(FacetSet):
    """The facets of a list whose rows carry tokens; see the module's text."""

    def __init__(self, *facets: Facet, tokens: str, newest: tuple[str, ...]) -> None:
        """`newest` is the order, all descending, in which an index keeps the rows."""
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
        newest = Newest(self.tokens, self.newest, _windows(counts or Counter()))
        apart = [] if plain and len(chosen) == 1 else chosen
        try:
            sql, params = _statement(newest, rows, narrowed, columns, apart)
        except EmptyResultSet:
            return Counted(defaultdict(Counter), 0)
        counted = _read(kept_rows(sql, params, rows.db, known.version), columns)
        if plain and counts is not None and len(chosen) == 1:
            _heed_tally(counted, columns, chosen[0], counts)
        return counted


def _statement(
    newest: Newest,
    rows: QuerySet[Any],
    narrowed: QuerySet[Any],
    columns: list[TokenColumn],
    apart: list[TokenColumn],
) -> tuple[str, tuple[Any, ...]]:
    """Counts over what is narrowed by all, and for each facet `apart` without its own choice.

    What is searched is found once for all of these: finding it again costs the most.
    """
    others = {id(c): [other for other in apart if other is not c] for c in apart}
    searched = is_searched(rows)
    sets = [rows] if searched and apart else [_chosen_by(rows, others[id(c)]) for c in apart]
    windows = newest.windows_for([narrowed, *sets])
    made = Statement(newest)
    names = [
        made.rows(each, window) for each, window in zip([narrowed, *sets], windows, strict=True)
    ]
    made.total(ALL, names[0], query_of(rows))
    made.every(names[0])
    for place, column in enumerate(apart, 1):
        number, name = columns.index(column), names[1] if searched else names[place]
        made.total(number, name)
        made.only(number, name, column, others[id(column)] if searched else [])
    return made.sql()


def _chosen_by(rows: QuerySet[Any], columns: list[TokenColumn]) -> QuerySet[Any]:
    for column in columns:
        rows = rows.filter(column.selection())
    return rows


def _unread(field: str) -> Func:
    """The column as it is stored: carried along, read when it is needed."""
    return Func(F(field), template="%(expressions)s", output_field=TextField())


def _windows(counts: Counter[str]) -> list[list[str]]:
    """The newest weeks that hold so many rows, where that is much less than all."""
    weeks = sorted((token for token in counts if token.startswith(WEEK)), reverse=True)
    found = []
    for size in WINDOWS:
        window, held = [], 0
        for week in weeks:
            window.append(week)
            held += counts[week]
            if held >= size:
                break
        if 2 * held < counts[EVERY]:
            found.append(window)
    return found


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


def _read(found: list[Any], columns: list[TokenColumn]) -> Counted:
    counted = Counted({}, 0)
    tokens: dict[int, Counter[str]] = defaultdict(Counter)
    for number, token, n, best in found:
        tokens[number][token] = n
        counted.best = best or counted.best
    counted.count = tokens[ALL][EVERY]
    counted.is_capped = counted.count >= MAX_COUNTED
    counted.values = _by_facet(tokens.pop(ALL), columns)
    bounded = set(range(len(columns)) if counted.is_capped else ())
    for number, counts in tokens.items():
        counted.values[number] = _by_facet(counts, [columns[number]])[0]
        bounded.discard(number)
        if counts[EVERY] >= MAX_COUNTED:
            bounded.add(number)
    counted.bounded = frozenset(bounded)
    return counted

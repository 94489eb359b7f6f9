"""The newest of very many rows that carry tokens, and counts over them, in one statement.

Rows carry the day and the week of their publication as tokens too (`day=2027-03-01`,
`week=2027-09`), and a tally says how many rows each of the last days and each week has. So the
index finds what is sought among the newest, and how much of it there is in some thousands of rows
tells how far back to look for as many as are counted.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any

from django.db import connections
from django.db.models import F, Func, TextField

from cluster_portal.core.search import is_searched

if TYPE_CHECKING:
    from collections import Counter

    from django.db.models import QuerySet

    from cluster_portal.core.search.fields import TermQuery
    from cluster_portal.core.tokens import TokenColumn

EVERY = ""  # the token that every row of a tally carries
ALL = -1  # stands for all facets among their numbers
DAY, WEEK = "day=", "week="
MARGIN = 1.2  # further back than it should take, for what is sought is spread unevenly
CHANCE = 1.5  # standard deviations by which what a look has found may be too much


class Newest:
    """How the newest rows of a model are found: its column of tokens, its order, its days."""

    MAX_COUNTED = 1_000
    MAX_RANKED = 200  # by all their words; these are the best by those of title and keywords
    PROBE = 5_000  # rows, among which it is first looked how much of what is sought there is

    def __init__(self, column: str, order: tuple[str, ...], counts: Counter[str]) -> None:
        self.column, self.order = column, order
        self.total = counts[EVERY]
        self.spans = [
            sorted((item for item in counts.items() if item[0].startswith(span)), reverse=True)
            for span in (DAY, WEEK)
        ]
        self.probe, self.probed = self.window(self.PROBE)

    def window(self, size: float) -> tuple[list[str], int]:
        """The newest days, else weeks, that hold so many rows, and how many these are.

        No days where that is most of all.
        """
        for span in self.spans:
            found, held = [], 0
            for token, count in span:
                found.append(token)
                held += count
                if held >= size:
                    return (found, held) if 2 * held < self.total else ([], self.total)
        return [], self.total

    def within(self, rows: QuerySet[Any], window: list[str]) -> QuerySet[Any]:
        return rows.filter(**{f"{self.column}__overlap": window}) if window else rows

    def windows_for(self, sets: list[QuerySet[Any]], bounds: list[int]) -> list[list[str]]:
        """For each set of rows a window that should hold enough of it; one statement at most."""
        if not self.probe or not sets:
            return [[] for _rows in sets]
        asked = [self._count_of(*each) for each in zip(sets, bounds, strict=True)]
        sql = f"SELECT {', '.join(part for part, _params in asked)}"
        with connections[sets[0].db].cursor() as cursor:
            cursor.execute(sql, [value for _part, params in asked for value in params])
            found = cursor.fetchone() or ()
        return [self._reaching(*each) for each in zip(found, bounds, strict=True)]

    def _reaching(self, found: int, bound: int) -> list[str]:
        """The window for as many as are counted, when the look has found so many.

        The fewer it has found, the more of that may be chance.
        """
        if found >= bound:
            return self.probe
        surely = max(found - CHANCE * sqrt(found), 0.1)
        return self.window(MARGIN * bound * self.probed / surely)[0]

    def _count_of(self, rows: QuerySet[Any], bound: int) -> tuple[str, tuple[Any, ...]]:
        """Materialised, so that nothing reads the texts of rows in the hope of early hits."""
        keys = self.within(rows, self.probe).order_by().values("pk")
        sql, params = keys.query.sql_with_params()
        return (
            f"(WITH h AS MATERIALIZED ({sql}) SELECT count(*) FROM"  # noqa: S608  the ORM's
            f" (SELECT FROM h LIMIT {bound}) AS enough)"
        ), params


class Statement:
    """A statement in the making: sets of rows, each made known once, and counts over them."""

    def __init__(self, newest: Newest) -> None:
        self.newest = newest
        self.by = ", ".join(f"o{n} DESC" for n in range(len(newest.order)))
        self.sets: list[str] = []
        self.branches: list[str] = []
        self.params: list[Any] = []
        self.late: list[Any] = []

    def found(self, rows: QuerySet[Any], limit: int | None, *, to_rank: bool = False) -> str:
        """The rows, or the newest of them where an index gives these; the name of the set.

        What is searched is found by the index before the newest are taken: looking through the
        newest one by one reads the words of each.
        """
        taken: dict[str, Any] = {"_pk": F("pk"), "_tokens": F(self.newest.column)}
        if to_rank:
            taken |= {"_words": _unread("search"), "_headline": _unread("headline")}
        order = {f"_o{n}": F(key.lstrip("-")) for n, key in enumerate(self.newest.order)}
        names = ", ".join(key.removeprefix("_") for key in (*taken, *order))
        rows = rows.order_by().annotate(**taken, **order)
        if limit and not is_searched(rows):
            rows = rows.order_by(*self.newest.order)[:limit]
        sql, params = rows.values_list(*taken, *order).query.sql_with_params()
        return self._named(names, sql, params)

    def newest_of(self, name: str, limit: int, columns: list[TokenColumn]) -> str:
        """Of a set the newest that carry what all the columns choose; the name of the set."""
        heeded = " AND ".join(["tokens && %s::varchar[]"] * len(columns))
        sql = (
            f"SELECT * FROM {name} {f'WHERE {heeded}' if heeded else ''}"  # noqa: S608
            f" ORDER BY {self.by} LIMIT {limit}"
        )
        return self._named("", sql, tuple(column.tokens for column in columns))

    def near(self, name: str, columns: list[TokenColumn]) -> str:
        """Of a set those that miss one of the choices at most, and which; the name of the set."""
        chosen = ", ".join(["tokens && %s::varchar[]"] * len(columns))
        sql = (
            "SELECT * FROM (SELECT *,"  # noqa: S608
            f" array_positions(ARRAY[{chosen}], false) AS missed FROM {name}) AS marked"
            " WHERE cardinality(missed) < 2"
        )
        return self._named("", sql, tuple(column.tokens for column in columns))

    def newest_near(self, name: str, limit: int, place: int | None) -> str:
        """Of these the newest that have all choices, but for the one at `place` (from 1)."""
        sql = (
            f"SELECT * FROM {name} WHERE missed <@ %s::int[]"  # noqa: S608
            f" ORDER BY {self.by} LIMIT {limit}"
        )
        return self._named("", sql, ([place] if place else [],))

    def _named(self, names: str, sql: str, params: tuple[Any, ...]) -> str:
        name = f"s{len(self.sets)}"
        self.sets.append(f"{name}{f'({names})' if names else ''} AS MATERIALIZED ({sql})")
        self.params += params
        return name

    def total(self, number: int, name: str) -> None:
        self.branches.append(f"SELECT {number}, '', count(*), NULL::bigint[] FROM {name}")  # noqa: S608

    def best(self, name: str, query: TermQuery | None) -> None:
        """How many there are, and which: the best of what is searched, else the newest."""
        by = self.by
        if query is not None:
            name = self._by_headline(name, query.any_word)
            by = (
                f"CASE WHEN place <= {self.newest.MAX_RANKED} THEN ts_rank(words, %s::tsquery) END"
                " DESC NULLS LAST, place"
            )
            self.late.append(query.text)
        self.branches.append(
            f"SELECT {ALL}, '', count(*), array_agg(pk ORDER BY {by}) FROM {name}"  # noqa: S608
        )

    def _by_headline(self, name: str, query: str) -> str:
        """The places of a set's rows by the few words in their lines: reading all takes longer."""
        sql = (
            "SELECT pk, words, row_number() OVER"  # noqa: S608
            f" (ORDER BY ts_rank(headline, %s::tsquery) DESC, {self.by}) AS place FROM {name}"
        )
        return self._named("", sql, (query,))

    def every(self, name: str) -> None:
        self.branches.append(
            f"SELECT {ALL}, unnest(tokens) AS token, count(*), NULL FROM {name} GROUP BY 2"  # noqa: S608
        )

    def only(self, number: int, name: str, column: TokenColumn, others: list[TokenColumn]) -> None:
        """Counts of one facet among the rows of a set that carry what the others choose."""
        heeded = " AND ".join(["tokens && %s::varchar[]"] * len(others))
        tokens = f"SELECT unnest(tokens) FROM {name} {f'WHERE {heeded}' if heeded else ''}"  # noqa: S608
        self.branches.append(
            f"SELECT {number}, token, count(*), NULL FROM ({tokens}) AS t(token)"  # noqa: S608
            " WHERE starts_with(token, %s) GROUP BY token"
        )
        self.late += [*(other.tokens for other in others), column.start]

    def sql(self) -> tuple[str, tuple[Any, ...]]:
        branches = " UNION ALL ".join(self.branches)
        sql = f"SELECT * FROM (WITH {', '.join(self.sets)} {branches}) AS counts"  # noqa: S608
        return sql, (*self.params, *self.late)


def _unread(field: str) -> Func:
    """The column as it is stored: carried along, read when it is needed."""
    return Func(F(field), template="%(expressions)s", output_field=TextField())

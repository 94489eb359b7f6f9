"""The newest of very many rows that carry tokens, and counts over them, in one statement.

Rows carry the week of their publication as a token too (`week=2027-09`), and a tally says how many
rows each week has. So the index finds what is sought among the newest weeks, and how much of it
there is in some thousands of rows tells how far back to look for as many as are counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connections
from django.db.models import F, Func, TextField

from cluster_portal.core.search import is_searched

if TYPE_CHECKING:
    from collections import Counter

    from django.db.models import QuerySet

    from cluster_portal.core.tokens import TokenColumn

EVERY = ""  # the token that every row of a tally carries
ALL = -1  # stands for all facets among their numbers
WEEK = "week="
MARGIN = 1.5  # further back than it should take, for what is sought is spread unevenly


class Newest:
    """How the newest rows of a model are found: its column of tokens, its order, its weeks."""

    MAX_COUNTED = 1_000
    PROBE = 10_000  # rows, among which it is first looked how much of what is sought there is

    def __init__(self, column: str, order: tuple[str, ...], counts: Counter[str]) -> None:
        self.column, self.order = column, order
        self.total = counts[EVERY]
        self.weeks = sorted(item for item in counts.items() if item[0].startswith(WEEK))[::-1]
        self.probe, self.probed = self.window(self.PROBE)

    def window(self, size: float) -> tuple[list[str], int]:
        """The newest weeks that hold so many rows, and how many; none where that is most of all."""
        found, held = [], 0
        for week, count in self.weeks:
            found.append(week)
            held += count
            if held >= size:
                break
        return (found, held) if 2 * held < self.total else ([], self.total)

    def within(self, rows: QuerySet[Any], window: list[str]) -> QuerySet[Any]:
        return rows.filter(**{f"{self.column}__overlap": window}) if window else rows

    def windows_for(self, sets: list[QuerySet[Any]]) -> list[list[str]]:
        """For each set of rows a window that should hold enough of it; one statement."""
        if not self.probe:
            return [[] for _rows in sets]
        asked = [self._count_of(rows) for rows in sets]
        sql = f"SELECT {', '.join(part for part, _params in asked)}"
        with connections[sets[0].db].cursor() as cursor:
            cursor.execute(sql, [value for _part, params in asked for value in params])
            return [self._reaching(found) for found in cursor.fetchone() or ()]

    def _reaching(self, found: int) -> list[str]:
        if found >= self.MAX_COUNTED:
            return self.probe
        return self.window(MARGIN * self.MAX_COUNTED * self.probed / found)[0] if found else []

    def _count_of(self, rows: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
        """Materialised, so that nothing reads the texts of rows in the hope of early hits."""
        keys = self.within(rows, self.probe).order_by().values("pk")
        sql, params = keys.query.sql_with_params()
        return (
            f"(WITH h AS MATERIALIZED ({sql}) SELECT count(*) FROM"  # noqa: S608  the ORM's
            f" (SELECT FROM h LIMIT {self.MAX_COUNTED}) AS enough)"
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

    def found(self, rows: QuerySet[Any], *, all_of_them: bool) -> str:
        """The rows, or the newest of them where an index gives these; the name of the set.

        What is searched is found by the index before the newest are taken: looking through the
        newest one by one reads the words of each.
        """
        taken = {"_pk": F("pk"), "_tokens": F(self.newest.column), "_words": _unread("search")}
        order = {f"_o{n}": F(key.lstrip("-")) for n, key in enumerate(self.newest.order)}
        names = ", ".join(key.removeprefix("_") for key in (*taken, *order))
        rows = rows.order_by().annotate(**taken, **order)
        if not all_of_them and not is_searched(rows):
            rows = rows.order_by(*self.newest.order)[: self.newest.MAX_COUNTED]
        sql, params = rows.values_list(*taken, *order).query.sql_with_params()
        return self._named(names, sql, params)

    def newest_of(self, name: str, columns: list[TokenColumn] | None = None) -> str:
        """Of a set the newest that carry what all the columns choose; the name of the set."""
        heeded = " AND ".join(["tokens && %s::varchar[]"] * len(columns or ()))
        sql = (
            f"SELECT * FROM {name} {f'WHERE {heeded}' if heeded else ''}"  # noqa: S608
            f" ORDER BY {self.by} LIMIT {self.newest.MAX_COUNTED}"
        )
        return self._named("", sql, tuple(column.tokens for column in columns or ()))

    def _named(self, names: str, sql: str, params: tuple[Any, ...]) -> str:
        name = f"s{len(self.sets)}"
        self.sets.append(f"{name}{f'({names})' if names else ''} AS MATERIALIZED ({sql})")
        self.params += params
        return name

    def total(self, number: int, name: str) -> None:
        self.branches.append(f"SELECT {number}, '', count(*), NULL::bigint[] FROM {name}")  # noqa: S608

    def best(self, name: str, query: str | None) -> None:
        """How many there are, and which: the best of what is searched, else the newest."""
        by = self.by
        if query is not None:
            by = "ts_rank(words, %s::tsquery) DESC, pk DESC"
            self.late.append(query)
        self.branches.append(
            f"SELECT {ALL}, '', count(*), array_agg(pk ORDER BY {by}) FROM {name}"  # noqa: S608
        )

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


def _unread(field: str) -> Func:
    """The column as it is stored: carried along, read when it is needed."""
    return Func(F(field), template="%(expressions)s", output_field=TextField())

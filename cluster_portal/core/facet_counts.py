"""The statement that counts all facets of a list in one pass over its rows."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import BooleanField, ExpressionWrapper, F, Q

from cluster_portal.core.search import is_searched

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from cluster_portal.core.facets import Column

KEPT_SECONDS = 300  # less than `dataversion.REMEMBERED`


@dataclass(frozen=True)
class Known:
    """What a page knows already: the version of its data, and the counts of all its rows."""

    version: str | None = None
    tally: Callable[[], Counter[str]] | None = None


@dataclass
class Counted:
    """What counting has found: per facet (by number) how often each value occurs, and the rows.

    `best` holds primary keys in the order of fit, without a search newest first; `bounded` the
    facets whose counts are at least.
    """

    values: dict[int, Counter[str]]
    count: int
    is_capped: bool = False
    best: list[int] = field(default_factory=list)
    bounded: frozenset[int] = frozenset()


def counts_of(
    queryset: QuerySet[Any], columns: list[Column], bound: int, version: str | None
) -> tuple[dict[int, Counter[str]], int]:
    """Per facet (by number) how often each value occurs; -1 counts the rows; and all of them."""
    counts: dict[int, Counter[str]] = {n: Counter() for n in range(-3, len(columns))}
    try:
        sql, params = _statement(queryset, columns, bound)
    except EmptyResultSet:
        return counts, 0
    for number, value, n in kept_rows(sql, params, queryset.db, version):
        counts[number][value or ""] += int(n)
    return counts, counts[-2][""]


def kept_rows(sql: str, params: tuple[Any, ...], using: str, version: str | None) -> list[Any]:
    """The rows of a statement, kept for as long as what it counts does not change.

    The statement names the reader's audience by itself, so what is kept for one serves only those
    who may see the same.
    """
    digest = hashlib.sha256(repr((version, sql, params)).encode()).hexdigest()
    rows = cache.get(f"facets:{digest}") if version else None
    if rows is None:
        with connections[using].cursor() as cursor:
            cursor.execute(sql, params)
            rows = cursor.fetchall()
        if version:
            cache.set(f"facets:{digest}", rows, KEPT_SECONDS)
    return rows


def _statement(
    queryset: QuerySet[Any], columns: list[Column], bound: int
) -> tuple[str, tuple[Any, ...]]:
    """One pass over the rows, kept with their values and selections, then a count per facet.

    Names and values come from the models' fields, never from a request.
    """
    taken: dict[str, Any] = {"_pk": F("pk")}
    for number, column in enumerate(columns):
        if not column.is_many:
            taken[f"_c{number}"] = F(column.facet.field)
        if column.chosen:
            taken[f"_s{number}"] = ExpressionWrapper(
                Q(column.selection()), output_field=BooleanField()
            )
    if is_searched(queryset):
        taken["_rank"] = F("rank")
    rows = queryset.order_by("-pk").annotate(**taken).values_list(*taken)[:bound]
    inner, params = rows.query.sql_with_params()
    names = ", ".join(name.removeprefix("_") for name in taken)
    chosen = [f"s{n}" for n, column in enumerate(columns) if column.chosen]
    branches = [
        "SELECT -2, '', count(*) FROM base",
        f"SELECT -1, '', count(*) FROM base{_where(chosen)}",  # noqa: S608
    ]
    if "_rank" in taken:
        branches.append(
            "SELECT -3, array_to_string(array_agg(pk ORDER BY rank DESC, pk DESC), ','), 0"  # noqa: S608
            f" FROM base{_where(chosen)}"
        )
    for number, column in enumerate(columns):
        others = [name for name in chosen if name != f"s{number}"]
        branches.append(column.branch(number, _where(others)))
    base = f"WITH base({names}) AS MATERIALIZED ({inner}) "
    return f"SELECT * FROM ({base}{' UNION ALL '.join(branches)}) AS counts", params  # noqa: S608


def _where(conditions: list[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""

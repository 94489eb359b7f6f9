"""Which words the rows that a reader may see have, asked of the index in one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connections

from cluster_portal.core.search.fields import TermQuery

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.search.queries import Word

PLACE = "the terms of a word"


class Rows:
    """Rows to look for words in; of very many first the newest, then all.

    An answer is how many rows have a word: 0, or 1 for any number. Of the newest it may say as
    many as are `enough`.
    """

    def __init__(
        self, queryset: QuerySet[Any], newest: QuerySet[Any] | None = None, enough: int = 1
    ) -> None:
        self.using = queryset.db
        self.enough = enough if newest is not None else 1
        sets = [rows for rows in (newest, queryset) if rows is not None]
        try:
            self.asked = [_asked(rows) for rows in sets]
        except EmptyResultSet:
            self.asked = []

    def have(self, words: list[Word]) -> list[int]:
        """For each word, how many rows have it; see the class."""
        if not self.asked:
            return [0] * len(words)
        return self._answers([self._has(word.sql()) for word in words])

    def have_and_begin(self, words: list[Word], last: int) -> list[int]:
        """The same, and whether the word at `last` is the beginning of one.

        It is none when it is there and either surely a word or there as it was typed; then the
        beginnings, of which there may be very many, are not looked for.
        """
        word = words[last]
        beginning = word.as_prefix()
        if beginning is None or not self.asked:
            return [*self.have(words), 0]
        whole, params = f"o{last} > 0", list[Any]()
        if not word.is_sure:
            typed, params = self._has(word.as_typed().sql())
            whole += f" AND {typed} > 0"
        begins, more = self._has(beginning.sql())
        case = f"CASE WHEN {whole} THEN 0 ELSE {begins} END"
        return self._answers([self._has(word.sql()) for word in words], (case, params + more))

    def _has(self, terms: str) -> tuple[str, list[Any]]:
        """Of materialised rows the first, or enough, not EXISTS: that would make the planner read
        the table in the hope of an early hit, which a word that occurs seldom never gives.
        """
        limits = [self.enough, 1][-len(self.asked) :]
        parts = (
            f"NULLIF((WITH h AS MATERIALIZED ({sql})"  # noqa: S608  the parts are the ORM's
            f" SELECT count(*) FROM (SELECT FROM h LIMIT {limit}) AS few), 0)"
            for limit, (sql, _params) in zip(limits, self.asked, strict=True)
        )
        values = [terms if v is PLACE else v for _sql, params in self.asked for v in params]
        return f"COALESCE({', '.join(parts)}, 0)", values

    def _answers(
        self, found: list[tuple[str, list[Any]]], *further: tuple[str, list[Any]]
    ) -> list[int]:
        """Those `further` may name the answers found (o0, o1, …), each of which is found once."""
        if not self.asked or not found:
            return [0] * (len(found) + len(further))
        inner = ", ".join(f"{sql} AS o{number}" for number, (sql, _params) in enumerate(found))
        outer = ", ".join([f"o{number}" for number in range(len(found))] + [s for s, _p in further])
        params = [value for _sql, values in (*further, *found) for value in values]
        sql = f"SELECT {outer} FROM (SELECT {inner} OFFSET 0) AS words"  # noqa: S608
        with connections[self.using].cursor() as cursor:
            cursor.execute(sql, params)
            return list(cursor.fetchone() or [])


def _asked(rows: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    """The statement that finds the rows with a word, made once for all words."""
    found = rows.order_by().filter(search=TermQuery(PLACE)).values("pk")
    return found.query.sql_with_params()

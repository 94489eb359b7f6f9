"""The tables of a round's questions, as they are published.

A table holds parts: one for a question, for a matrix one for each row, for a question of several
options one for each option (whether it was chosen). A part has columns, and counts of everybody or
rows of counts by group:

    all       {"answered": 62, "previous": 7, "again": 41, "parts":
                [{"row": "", "columns": [{"keys": ["1", "2"]}, …], "counts": [8, …]}, …]}
    sector    {"parts": [{"row": "", "columns": […], "rows":
                [{"codes": ["business"], "counts": [5, …]}, …]}, …]}

A column has the keys of options or steps, or of numbers and years the ends `from` and `to`, the
latter outside it and either of them open; `missing` says that it counts those who did not answer.
Numbers are told in classes whose limits are fixed beforehand, as are the blocks in which classes
are merged: nothing about them depends on where anybody is. Neighbouring classes in which nobody is
are told as one, with the count 0. Texts and narrow questions have no
table; a question of which nothing can be told has one without parts.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from cluster_portal.surveys.disclosure import (
    Column,
    Population,
    Table,
    Variable,
    is_union,
    protected,
)
from cluster_portal.surveys.models.questions import Kind
from cluster_portal.surveys.models.tables import Dimension

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cluster_portal.surveys.questionnaire import Question, Questionnaire

CHOSEN, NOT_CHOSEN = "yes", "no"
UNTOLD = frozenset({Kind.TEXT})
MOST_SINGLE_NUMBERS = 20  # a question of so narrow limits has a class for each number
_SERIES = [Decimal(n) * 10**power for power in range(12) for n in (1, 2, 5)]
_BLOCKS = (2, 4)  # how many classes of numbers are merged
FIRST_YEAR, LAST_YEAR = 1950, 2049  # those before and after are told with these
_YEAR_BLOCKS = (5, 10)

PartTables = dict[str, dict[str, Any]]  # of each dimension


class Part(NamedTuple):
    row: str
    variable: Variable
    columns: list[dict[str, Any]]  # of each value


class Told(NamedTuple):
    """What is told of one question: `shown` are the tables of its parts by row."""

    asked: list[bool] | None
    shown: dict[str, Table]
    tables: PartTables


def tables_of(
    questionnaire: Questionnaire, answers: Sequence[Mapping[str, Any]], population: Population
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Key of a question, dimension, table: of each question of which figures may be told."""
    told: dict[str, Told] = {}
    for question in questionnaire:
        if question.kind in UNTOLD or question.is_narrow:
            continue
        told[question.key] = found = _told(question, questionnaire, answers, population, told)
        for dimension, table in found.tables.items():
            yield question.key, dimension, table


def _told(
    question: Question,
    questionnaire: Questionnaire,
    answers: Sequence[Mapping[str, Any]],
    population: Population,
    told: Mapping[str, Told],
) -> Told:
    asked: list[bool] | None = None
    if question.shown_if:
        parent, before = questionnaire.by_key.get(question.shown_if), told.get(question.shown_if)
        if parent is None or before is None or not _is_known(question, parent, before):
            return Told([False] * len(answers), {}, {Dimension.ALL: {"parts": []}})
        asked = [
            reached and question.is_shown(given)
            for given, reached in zip(answers, before.asked or (True,) * len(answers), strict=True)
        ]
    parts = list(_parts(question, answers, asked))
    shown = {part.row: protected(part.variable, population) for part in parts}
    known = {row: table for row, table in shown.items() if table is not None}
    pairs = [(part, known[part.row]) for part in parts if part.row in known]
    return Told(asked, known, _as_tables(pairs))


def _is_known(question: Question, parent: Question, before: Told) -> bool:
    """Whether how many were asked is told by the figures of the question that it depends on."""
    keys = question.shown_if_keys
    if parent.kind == Kind.MANY:
        return len(keys) == 1 and keys[0] in before.shown
    table = before.shown.get("")
    if table is None or parent.kind not in (Kind.CHOICE, Kind.SCALE):
        return False
    values = _values_of(parent)
    return is_union([values.index(key) for key in keys if key in values], table)


def _values_of(question: Question) -> list[str]:
    if question.kind == Kind.SCALE:
        return [str(step) for step in range(1, question.steps + 1)]
    return [option.key for option in question.options]


def _parts(
    question: Question, answers: Sequence[Mapping[str, Any]], asked: list[bool] | None
) -> Iterator[Part]:
    given = [row.get(question.key) for row in answers]
    yield from _PARTS[question.kind](question, given, asked)


def _single(question: Question, given: list[Any], asked: list[bool] | None) -> Iterator[Part]:
    keys = _values_of(question)
    index = {key: number for number, key in enumerate(keys)}
    values = [None if value is None else index.get(str(value)) for value in given]
    ordered = question.kind == Kind.SCALE
    columns = [{"keys": [key]} for key in keys]
    yield Part("", Variable(values, len(keys), ordered=ordered, asked=asked), columns)


def _many(question: Question, given: list[Any], asked: list[bool] | None) -> Iterator[Part]:
    chosen = [frozenset(value or ()) for value in given]
    columns = [{"keys": [CHOSEN]}, {"keys": [NOT_CHOSEN]}]
    for option in question.options:
        values = [0 if option.key in keys else 1 for keys in chosen]
        yield Part(option.key, Variable(values, 2, asked=asked), columns)


def _matrix(question: Question, given: list[Any], asked: list[bool] | None) -> Iterator[Part]:
    keys = [option.key for option in question.options]
    index = {key: number for number, key in enumerate(keys)}
    columns = [{"keys": [key]} for key in keys]
    for row in question.rows:
        values = [index.get((value or {}).get(row.key, "")) for value in given]
        yield Part(row.key, Variable(values, len(keys), ordered=True, asked=asked), columns)


def _numbers(question: Question, given: list[Any], asked: list[bool] | None) -> Iterator[Part]:
    scale = 100 if question.kind == Kind.MONEY else 1
    numbers = [None if value is None else Decimal(value) / scale for value in given]
    yield _classed(numbers, _limits(question), asked)


def _years(_question: Question, given: list[Any], asked: list[bool] | None) -> Iterator[Part]:
    years = [
        None if value is None else Decimal(datetime.date.fromisoformat(value).year)
        for value in given
    ]
    limits = [Decimal(year) for year in range(FIRST_YEAR + 1, LAST_YEAR + 1)]
    yield _classed(years, limits, asked, _YEAR_BLOCKS)


_PARTS: dict[str, Callable[[Question, list[Any], list[bool] | None], Iterator[Part]]] = {
    Kind.CHOICE: _single,
    Kind.SCALE: _single,
    Kind.MANY: _many,
    Kind.MATRIX: _matrix,
    Kind.NUMBER: _numbers,
    Kind.MONEY: _numbers,
    Kind.DATE: _years,
}


def _limits(question: Question) -> list[Decimal]:
    """Where classes of numbers meet: of the question's own limits, else of a series 1, 2, 5."""
    low, high = question.minimum, question.maximum
    if low is None or high is None or low >= high:
        return [Decimal(0), *_SERIES]
    if high - low <= MOST_SINGLE_NUMBERS:
        return [Decimal(number) for number in range(low + 1, high + 1)]
    step = int(next(size for size in _SERIES if size >= Decimal(high - low) / 10))
    return [Decimal(number) for number in range(low + step, high, step)]


def _classed(
    numbers: list[Decimal | None],
    limits: list[Decimal],
    asked: list[bool] | None,
    grid: tuple[int, ...] = _BLOCKS,
) -> Part:
    values = [None if number is None else bisect_right(limits, number) for number in numbers]
    ends = [_plain(limit) for limit in limits]
    columns = [
        {"from": start, "to": end} for start, end in zip([None, *ends], [*ends, None], strict=True)
    ]
    variable = Variable(values, len(columns), ordered=True, grid=grid, asked=asked)
    return Part("", variable, columns)


def _plain(number: Decimal) -> str:
    return format(number, "f")


def _as_tables(pairs: list[tuple[Part, Table]]) -> PartTables:
    tables: PartTables = {
        Dimension.ALL: {
            "parts": [
                {
                    "row": part.row,
                    "columns": [_column(column, part) for column in columns],
                    "counts": counts,
                }
                for part, table in pairs
                for columns, (counts,) in [_without_gaps(part, table.columns, [table.counts])]
            ]
        }
    }
    for dimension in (Dimension.SECTOR, Dimension.REGION):
        grouped = [found for pair in pairs if (found := _grouped(*pair, dimension))]
        if grouped:
            tables[dimension] = {"parts": grouped}
    return tables


def _grouped(part: Part, table: Table, dimension: str) -> dict[str, Any] | None:
    groups = table.sectors if dimension == Dimension.SECTOR else table.regions
    if not groups:
        return None
    columns, rows = _without_gaps(part, table.group_columns, list(groups.values()))
    return {
        "row": part.row,
        "columns": [_column(column, part) for column in columns],
        "rows": [
            {"codes": list(codes), "counts": counts}
            for codes, counts in zip(groups, rows, strict=True)
        ],
    }


def _without_gaps(
    part: Part, columns: Sequence[Column], rows: Sequence[Sequence[int]]
) -> tuple[list[Column], list[list[int]]]:
    """Neighbouring classes in which nobody is, as one: their counts are told as 0 all the same."""
    found: list[tuple[Column, list[int]]] = []
    is_classed, missing = bool(part.variable.grid), part.variable.missing
    for column, counts in zip(columns, zip(*rows, strict=True), strict=True):
        is_gap = is_classed and not any(counts) and missing not in column
        below = found.pop()[0] if is_gap and found and not any(found[-1][1]) else ()
        found.append((below + column, list(counts)))
    counted = zip(*(counts for _column, counts in found), strict=True)
    return [column for column, _counts in found], [list(row) for row in counted]


def _column(values: tuple[int, ...], part: Part) -> dict[str, Any]:
    """Of several values together: all their keys, or the ends of all their classes."""
    missing = part.variable.missing
    merged = [part.columns[value] for value in values if value != missing]
    told: dict[str, Any] = {"missing": True} if missing in values else {}
    if not merged:
        return told
    if "keys" in merged[0]:
        return {"keys": [key for column in merged for key in column["keys"]], **told}
    return {"from": merged[0]["from"], "to": merged[-1]["to"], **told}

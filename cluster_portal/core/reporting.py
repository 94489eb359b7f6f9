"""Reports in one click: tables of a project for its funder, and of a cluster's year.

A type declares its tables, so that a report has rows of apps that stand above it:

    Content("events", …, reports=(Report("events", of_project=…, of_cluster=…),))

Each is made for a reader and holds only what that reader may see.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cluster_portal.core.content import Part, parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cluster_portal.core.visibility import Reader


Cell = str | int | Decimal


@dataclass(frozen=True)
class SheetLine:
    """The first cell is the heading of the line, and leads to `url`.

    `figures` are the cells of a file where those of the page are written out: sums of money.
    """

    cells: tuple[Cell, ...]
    url: str = ""
    css: str = ""
    figures: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """`url` leads to the list that the figures came from."""

    title: str
    head: tuple[str, ...]
    lines: list[SheetLine]
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Report(Part):
    """`of_project(project, user)` and `of_cluster(cluster, year, user)`; None for no table."""

    of_project: Callable[[Any, Any], Sheet | None] | None = None
    of_cluster: Callable[[Any, int, Any], Sheet | None] | None = None


def of_project(project: Any, user: Reader) -> list[Sheet]:
    made = [
        part.of_project(project, user)
        for part in parts(lambda one: one.reports) if part.of_project
    ]  # fmt: skip
    return [sheet for sheet in made if sheet]


def of_cluster(cluster: Any, year: int, user: Reader) -> list[Sheet]:
    made = [
        part.of_cluster(cluster, year, user)
        for part in parts(lambda one: one.reports) if part.of_cluster
    ]  # fmt: skip
    return [sheet for sheet in made if sheet]


def in_file(sheets: Iterable[Sheet]) -> list[list[Cell]]:
    """One table under the other, as rows of a spreadsheet."""
    rows: list[list[Cell]] = []
    for sheet in sheets:
        lines = [[*(line.figures or line.cells)] for line in sheet.lines]
        rows += [[], [sheet.title], [*sheet.head], *lines]
    return rows

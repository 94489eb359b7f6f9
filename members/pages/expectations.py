"""What members and applicants expect of a cluster, by its tasks, and which themes interest them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Count, F, Func, QuerySet, TextField, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cluster_portal.core import pictures
from cluster_portal.core.database.columns import in_language
from members.models import Membership
from members.models.kinds import Kind, Sector
from members.models.memberships import BINDING, Expectation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cluster_portal.core.visibility import Reader

PERSON = "person"
LEAST = 5  # answers below which no share is told: one would change it too much
MOST_THEMES = 20
COLUMNS = {"sector": Sector, "kind": Kind}


@dataclass(frozen=True)
class Table:
    """Rows are the tasks, columns the groups that have answered, the last column is everybody."""

    key: str
    label: Any
    heads: list[str]
    answered: list[int]
    rows: list[dict[str, Any]]


def rows_of(user: Reader) -> QuerySet[Membership]:
    """Members and applicants of the coordinator's clusters that have said what they expect."""
    rows = Membership.objects.in_scope_of(user).filter(stage__in=BINDING)
    return rows.exclude(expectations=[]).order_by()


def _group(column: str) -> Case:
    person = When(organisation__isnull=True, then=Value(PERSON))
    return Case(person, default=F(f"organisation__{column}"), output_field=CharField())


def table(user: Reader, column: str) -> Table:
    """Two statements: how many have answered, and how many of them chose each task."""
    rows = rows_of(user).annotate(group=_group(column))
    answered = dict(rows.values_list("group").annotate(n=Count("pk")))
    each = Func(F("expectations"), function="unnest", output_field=TextField())
    chosen = rows.annotate(task=each).values_list("group", "task").annotate(n=Count("pk"))
    counts = {(group, task): n for group, task, n in chosen}
    names = {**dict(COLUMNS[column].choices), PERSON: gettext_lazy("Private persons")}
    groups = [key for key in names if answered.get(key)]
    sizes = [answered[key] for key in groups]
    lines = []
    for task in Expectation:
        found = [counts.get((key, task.value), 0) for key in groups]
        lines.append({
            "label": str(task.label),
            "cells": [_cell(n, of) for n, of in zip(found, sizes, strict=True)],
            "total": _cell(sum(found), sum(sizes)),
        })  # fmt: skip
    label = _("By sector") if column == "sector" else _("By kind of organisation")
    heads = [str(names[key]) for key in groups]
    return Table(column, label, heads, [*sizes, sum(sizes)], lines)


def _cell(count: int, of: int) -> dict[str, Any]:
    share = round(100 * count / of) if of >= LEAST else None
    return {"count": count, "share": share}


def themes(user: Reader) -> list[dict[str, Any]]:
    """The themes that most are interested in."""
    mine = Membership.objects.in_scope_of(user).filter(stage__in=BINDING).values("pk")
    links = Membership.interests.through.objects.filter(membership__in=mine).order_by()
    named = links.values("term").annotate(label=in_language("term__label"), n=Count("pk"))
    return [
        {"label": row["label"], "count": row["n"]}
        for row in named.order_by("-n", "term")[:MOST_THEMES]
    ]


def chart(found: Table) -> Any:
    """Bars of how many chose each task."""
    bars = [
        pictures.Bar(row["label"], row["total"]["count"], str(row["total"]["count"]))
        for row in found.rows
    ]
    words = ngettext("%(count)d has answered.", "%(count)d have answered.", found.answered[-1])
    words %= {"count": found.answered[-1]}
    caption = pictures.Caption("expectations", _("What is expected of the cluster"), words)
    return pictures.bars(caption, bars)


def theme_chart(rows: list[dict[str, Any]]) -> Any:
    bars = [pictures.Bar(row["label"], row["count"], str(row["count"])) for row in rows[:10]]
    words = ", ".join(f"{row['label']} {row['count']}" for row in rows[:3])
    return pictures.bars(pictures.Caption("themes", _("Themes of interest"), words), bars)


def as_rows(user: Reader) -> Iterator[list[Any]]:
    """For a spreadsheet: a line for each task and group, then one for each theme."""
    for column in COLUMNS:
        found = table(user, column)
        for row in found.rows:
            for head, size, cell in zip(found.heads, found.answered, row["cells"], strict=False):
                yield [found.label, head, row["label"], cell["count"], size, cell["share"]]
    for theme in themes(user):
        yield [_("Themes of interest"), "", theme["label"], theme["count"], "", ""]

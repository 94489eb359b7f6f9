"""Business outcomes as sums, and one's own; funding totals by source, theme and year."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cluster_portal.core import pictures
from cluster_portal.core.database.columns import texts
from cluster_portal.core.templatetags.ui import euros
from projects.budget import FundingKind
from projects.models import Budget, BusinessOutcome, Project
from projects.models.outcomes import OutcomeKind, ValueClass
from projects.models.projects import Stage
from projects.pages.results import trail
from projects.services.outcomes import OTHERS, groups
from projects.services.result_telling import may_tell

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from cluster_portal.core.visibility import Reader

MOST_OWN, MOST_BUDGETS, MOST_THEMES = 100, 2000, 12
FUNDED = (
    Stage.GRANTED, Stage.RUNNING, Stage.AMENDMENT, Stage.CLOSING, Stage.REPORTED,
    Stage.ENDED, Stage.FOLLOW_UP,
)  # fmt: skip


def outcome_values(user: Reader) -> dict[str, Any]:
    """Sums of years that are over: who looks again and again sees no single outcome come in."""
    over = BusinessOutcome.objects.filter(year__lt=timezone.localdate().year).order_by()
    told = list(
        over.values_list("kind", "value", "year", "organisation").annotate(total=Sum("count"))
    )
    by_kind = groups((kind, owner, count) for kind, _v, _y, owner, count in told)
    by_value = groups((value, owner, count) for _k, value, _y, owner, count in told)
    by_year = groups((year, owner, count) for _k, _v, year, owner, count in told)
    years = sorted(by_year, key=lambda group: str(group.key))
    charts = [
        _outcomes("kinds", _("By kind"), [(_name(OutcomeKind, g.key), g.count) for g in by_kind]),
        _outcomes("values", _("By value"), [(_name(ValueClass, g.key), g.count) for g in by_value]),
        _outcomes("years", _("By year"), [(_name(None, g.key), g.count) for g in years]),
    ]
    return {
        "charts": [chart for chart in charts if chart],
        "own": _own(user),
        "can_tell": may_tell(user),
        "trail": trail(_("Business outcomes")),
    }


def _name(choices: Any, key: Hashable) -> str:
    if key == OTHERS:
        return pgettext("group", "Others together")
    return str(choices(key).label) if choices else str(key)


def _outcomes(key: str, heading: str, rows: list[tuple[str, int]]) -> dict[str, Any] | None:
    return _chart(f"outcomes-{key}", heading, [(name, n, str(n)) for name, n in rows])


def _chart(
    key: str, heading: str, rows: list[tuple[str, float, str]], note: str = ""
) -> dict[str, Any] | None:
    """Bars with their table; none where there is nothing to draw."""
    if not rows:
        return None
    told = " ".join(f"{name}: {words}." for name, _value, words in rows)
    bars = [pictures.Bar(*row) for row in rows]
    return {
        "heading": heading,
        "level": "h2",
        "note": note,
        "label": heading,
        "svg": pictures.bars(pictures.Caption(key, heading, told), bars),
        "head": [{"name": heading}, {"name": pgettext("in a table", "Total"), "num": True}],
        "rows": [[name, words] for name, _value, words in rows],
    }


def _own(user: Reader) -> list[dict[str, Any]]:
    rows = BusinessOutcome.objects.visible_to(user).select_related("organisation")
    mine = set(BusinessOutcome.objects.editable_by(user).values_list("pk", flat=True)[:MOST_OWN])
    return [
        {
            "title": f"{row.get_kind_display()} ({row.count})",
            "kind": f"{row.organisation}, {row.year}",
            "text": " · ".join(filter(None, [row.note, str(row.get_value_display())])),
            "remove_url": reverse("projects:outcome_remove", args=[row.public_id])
            if row.pk in mine else "",
        }
        for row in rows.order_by("-year", "-pk")[:MOST_OWN]
    ]  # fmt: skip


def funding_values(user: Reader) -> dict[str, Any]:
    """Of the budgets that this reader may open, of projects that have been granted funding."""
    links = Project.terms.through.objects.filter(project=OuterRef("project"))
    budgets = Budget.objects.visible_to(user).filter(project__stage__in=FUNDED).with_lines()
    rows = budgets.select_related("project").defer("project__search")
    rows = rows.annotate(themes=texts(links.order_by("term__code"), "term__label"))
    sources: dict[str, int] = defaultdict(int)
    themes: dict[str, int] = defaultdict(int)
    years: dict[str, int] = defaultdict(int)
    total = number = 0
    for budget in rows.order_by("pk")[:MOST_BUDGETS]:
        number += 1
        amounts = budget.result.amounts
        for line, cents in zip(budget.source_rows, amounts, strict=True):
            sources[str(FundingKind(line.kind).label)] += cents
        funding = sum(amounts)
        total += funding
        for theme in budget.themes:
            themes[theme] += funding
        begins = budget.project.starts_on
        years[str(begins.year) if begins else _("Not known")] += funding
    charts = [
        _money("sources", _("By source"), _largest(sources)),
        _money("themes", _("By theme"), _largest(themes)[:MOST_THEMES],
               _("A project with several themes counts in each of them.")),
        _money("years", _("By the year in which the project began"), sorted(years.items())),
    ]  # fmt: skip
    return {
        "charts": [chart for chart in charts if chart],
        "stats": [
            {"label": _("Projects with a budget"), "value": number},
            {"label": _("Funding in all"), "value": euros(total / 100)},
        ],
        "trail": trail(_("Funding of projects")),
    }


def _largest(sums: Mapping[str, int]) -> list[tuple[str, int]]:
    found = [(name, cents) for name, cents in sums.items() if cents]
    return sorted(found, key=lambda row: (-row[1], row[0]))


def _money(
    key: str, heading: str, rows: Iterable[tuple[str, int]], note: str = ""
) -> dict[str, Any] | None:
    drawn = [(name, float(cents), euros(cents / 100)) for name, cents in rows]
    return _chart(f"funding-{key}", heading, drawn, note)


def address() -> str:
    return reverse("projects:outcomes")

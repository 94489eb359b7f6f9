"""What an indicator can be bound to: how many of a type a cluster has, by a few choices.

A type declares it, whichever app's table is counted:

    Content("events", …, counts=(Count("events", _("Events"), of_cluster(…), moment="starts_at"),))

Everything is counted, whoever looks, but of the whole network only what anybody may see. A count
has no choice that would tell of few organisations what they have not told themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import Part, parts

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

NETWORK, YEAR = "network", "year"
FIRST_YEAR = 2011
ALL = _("All")
Chosen = Mapping[str, str]


@dataclass(frozen=True)
class By:
    """A choice that narrows a count: `narrow(rows, value)`; `blank` names what holds without one.

    `choices(cluster)` gives values and labels.
    """

    key: str
    label: str | _StrPromise
    choices: Callable[[Any], Iterable[tuple[str, Any]]]
    narrow: Callable[[Any, str], Any]
    blank: str | _StrPromise = ALL


@dataclass(frozen=True)
class Count(Part):
    """`rows(cluster)` of one cluster, with None of all; `url(chosen)` leads to where they stand."""

    label: str | _StrPromise
    rows: Callable[[Any], QuerySet[Any]]
    by: tuple[By, ...] = ()
    moment: str = ""  # a day or a moment: then a year can be chosen
    url: Callable[[Chosen], str] | None = None
    has_network: bool = True  # whether all clusters may be counted together
    fewest: int = 0  # a smaller figure is told to the cluster's coordinators alone

    def choices(self) -> tuple[By, ...]:
        network = By(
            NETWORK, _("Cluster"), lambda _cluster: [("all", _("The whole network"))],
            lambda rows, _value: rows.visible_to(AnonymousUser()), blank=_("Own cluster"),
        )  # fmt: skip
        year = By(
            YEAR, _("Year"), lambda _cluster: _years(),
            lambda rows, value: rows.filter(**{f"{self.moment}__year": int(value)}),
        )  # fmt: skip
        added = [*([network] if self.has_network else []), *([year] if self.moment else [])]
        return (*self.by, *added)


def of_cluster(queryset: Callable[[], QuerySet[Any]]) -> Callable[[Any], QuerySet[Any]]:
    """The rows of content that has a home cluster."""

    def rows(cluster: Any) -> QuerySet[Any]:
        return queryset() if cluster is None else queryset().filter(home_cluster=cluster)

    return rows


def by_field(name: str, label: str | _StrPromise, choices: Iterable[tuple[str, Any]]) -> By:
    return By(
        name, label, lambda _cluster: choices, lambda rows, value: rows.filter(**{name: value})
    )


def sources() -> dict[str, Count]:
    return {each.key: each for each in parts(lambda one: one.counts)}


def figure(key: str, chosen: Chosen, cluster: Any) -> int | None:
    """None where the source, or what was chosen of it, is not there any more."""
    count = sources().get(key)
    if count is None:
        return None
    rows = count.rows(None if chosen.get(NETWORK) else cluster)
    for by in count.choices():
        value = chosen.get(by.key, "")
        if value and value not in {each for each, _label in by.choices(cluster)}:
            return None
        rows = by.narrow(rows, value) if value else rows
    return rows.order_by().values("pk").distinct().count()


def in_words(key: str, chosen: Chosen, cluster: Any) -> str:
    """What is counted, in the active language: Answers, Preparedness 2026, Checked."""
    count = sources()[key]
    words = [str(count.label)]
    for by in count.choices():
        labels = dict(by.choices(cluster))
        words += [str(labels[value])] if (value := chosen.get(by.key, "")) in labels else []
    return ", ".join(words)


def address(key: str, chosen: Chosen) -> str:
    count = sources().get(key)
    return count.url(chosen) if count and count.url else ""


def _years() -> list[tuple[str, str]]:
    return [(str(year), str(year)) for year in range(timezone.localdate().year, FIRST_YEAR - 1, -1)]

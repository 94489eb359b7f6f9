"""What the pages of the registers share: the way between them, and figures that tell of nobody.

Figures are counts of organisations, rounded down to fives: below five there is none, and one
answer more does not show.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core.visibility import audience
from cluster_portal.surveys.disclosure import FEWEST

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader
    from cluster_portal.surveys.models.entries import Entry

PAGES = (
    ("surveys:skills", gettext_lazy("Skills")),
    ("surveys:infrastructure", gettext_lazy("Infrastructure")),
    ("surveys:circular", gettext_lazy("Circular materials")),
    ("surveys:readiness", gettext_lazy("Tender readiness")),
    ("surveys:funding", gettext_lazy("Funding needs")),
)


def around(shown: str, user: Reader, *models: str) -> dict[str, Any]:
    """The way between the registers; for coordinators where the rows of these models are kept."""
    known = audience(user)
    coordinates = bool(known.is_admin or known.coordinates)
    return {
        "current": "surveys",
        "coordinates": coordinates,
        "kept": [_kept(model) for model in models] if coordinates else [],
        "registers": [
            {"name": name, "url": reverse(to), "current": to == shown} for to, name in PAGES
        ],
    }


def counted(entries: QuerySet[Any]) -> QuerySet[Any]:
    """With the answers that they come from, as far as it takes to tell whose they are."""
    return entries.select_related("response").defer("response__answers", "response__written")


def _kept(model: str) -> dict[str, Any]:
    named = apps.get_model("surveys", model)._meta
    return {
        "name": named.verbose_name_plural,
        "url": reverse(f"admin:surveys_{model}_changelist"),
    }


def units_by(
    entries: Iterable[Entry], key: Callable[[Entry], Hashable]
) -> Mapping[Hashable, set[tuple[str, int]]]:
    """Whose entries there are, by what `key` gives of each; see `counted`."""
    found: defaultdict[Hashable, set[tuple[str, int]]] = defaultdict(set)
    for entry in entries:
        found[key(entry)].add(entry.unit)
    return found


def in_fives(count: int) -> int:
    return count - count % FEWEST


def words_for(count: int) -> str:
    """The count as it may be told."""
    least = in_fives(count)
    return _("at least %(n)s") % {"n": least} if least else _("under five")


def bars(
    counts: Mapping[Any, set[tuple[str, int]]], labels: Iterable[tuple[Any, Any]]
) -> list[dict[str, Any]]:
    """A line for each label with five or more, the most first."""
    rows = [(in_fives(len(counts.get(key, ()))), str(label)) for key, label in labels]
    told = sorted((row for row in rows if row[0]), key=lambda row: (-row[0], row[1]))
    return [{"label": label, "value": words_for(count)} for count, label in told]

"""Who took part in one event, by sector and by region, as charts with their tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cluster_portal.core import pictures, vocabulary
from events.pages.reports import UNKNOWN, participants
from members.models.kinds import Sector

if TYPE_CHECKING:
    from collections import Counter

    from events.models import Event


def charts(event: Event) -> list[dict[str, Any]]:
    """None where nobody has a place yet."""
    sectors = [(value, str(label)) for value, label in Sector.choices]
    regions = [(str(pk), label) for pk, _code, label in vocabulary.named("region")]
    by_sector = participants([event.pk])[event.pk]
    by_region = participants([event.pk], "region")[event.pk]
    if not by_sector:
        return []
    return [
        _chart("by-sector", _("By sector"), _counted(by_sector, sectors)),
        _chart("by-region", _("By region"), _counted(by_region, regions)),
    ]


def _counted(counts: Counter[str], names: list[tuple[str, str]]) -> list[tuple[str, int]]:
    rows = [(name, counts[key]) for key, name in names if counts[key]]
    unknown = counts[UNKNOWN]
    return [*rows, *([(_("Not known"), unknown)] if unknown else [])]


def _chart(key: str, heading: str, rows: list[tuple[str, int]]) -> dict[str, Any]:
    told = " ".join(f"{name}: {count}." for name, count in rows)
    bars = [pictures.Bar(name, count, str(count)) for name, count in rows]
    total = sum(count for _name, count in rows)
    return {
        "heading": heading, "level": "h2", "label": heading,
        "svg": pictures.bars(pictures.Caption(key, heading, told), bars),
        "head": [{"name": heading}, {"name": _("Participants"), "num": True}],
        "rows": [[name, str(count)] for name, count in rows]
        + [[pgettext("in a table", "Total"), str(total)]],
    }  # fmt: skip

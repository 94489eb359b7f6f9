"""Figures of indicators as words, charts and rows of tables."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, OuterRef, Subquery
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from cluster_portal.core import pictures
from cluster_portal.knowledge.models import Indicator, Measurement, periods
from cluster_portal.knowledge.models.situation import BadWhen, Mark

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from cluster_portal.core.vocabulary import Term

COMPARED = 5  # indicators, those of which most regions have figures first
SHOWN = 8  # periods in a chart and in a table
# The look of a status for each mark: a shape beside the words.
LOOKS = {Mark.FINE: "running", Mark.WARNING: "waiting", Mark.ALARM: "late", Mark.FREE: ""}


def words(indicator: Indicator, value: Decimal | float) -> str:
    """1 234,5 in the reader's language, with a real minus."""
    rounded = round(Decimal(value), indicator.decimals)
    shown = number_format(rounded, indicator.decimals)
    return shown.replace("-", "\u2212")


def limit_words(indicator: Indicator, value: Decimal | None) -> str:
    return "" if value is None else words(indicator, value)


@dataclass
class Series:
    """What was measured of one indicator in one region, by the first day of the period."""

    indicator: Indicator
    values: dict[datetime.date, Decimal]

    @property
    def last_day(self) -> datetime.date | None:
        return max(self.values, default=None)

    @property
    def last(self) -> Decimal | None:
        return self.values[self.last_day] if self.last_day else None

    @property
    def before(self) -> Decimal | None:
        """Of the period before the last one."""
        if self.last_day is None:
            return None
        return self.values.get(periods.moved(self.last_day, self.indicator.interval, -1))

    @property
    def mark(self) -> Mark:
        return self.indicator.mark(self.last) if self.last is not None else Mark.FREE

    def days(self, most: int = SHOWN) -> list[datetime.date]:
        """The periods up to the last one, at most so many, from the first one measured."""
        end = self.last_day
        if end is None:
            return []
        days = [periods.moved(end, self.indicator.interval, -n) for n in range(most)]
        first = min(self.values)
        return [day for day in reversed(days) if day >= first]


def series_of(
    indicators: Iterable[Indicator], regions: Iterable[Term]
) -> dict[tuple[int, int], Series]:
    """By the keys of indicator and region; one statement."""
    known = {each.pk: each for each in indicators}
    rows = Measurement.objects.filter(indicator__in=known, region__in=list(regions)).order_by()
    found: dict[tuple[int, int], Series] = {}
    for pk, region, day, value in rows.values_list("indicator", "region", "starts_on", "value"):
        series = found.setdefault((pk, region), Series(known[pk], {}))
        series.values[day] = value
    return found


def latest_shared(indicators: Iterable[Indicator]) -> dict[int, list[Measurement]]:
    """Of each indicator the figures of the newest period that at least two regions have: the first
    to tell a new one does not take the others away."""
    known = {each.pk: each for each in indicators}
    periods = Measurement.objects.filter(indicator=OuterRef("indicator")).order_by("-starts_on")
    shared = periods.values("starts_on").annotate(count=Count("pk")).filter(count__gte=2)
    rows = Measurement.objects.filter(indicator__in=known).annotate(
        newest=Subquery(shared.values("starts_on")[:1])
    )
    found: dict[int, list[Measurement]] = defaultdict(list)
    for row in rows.filter(starts_on=F("newest")).select_related("region").order_by("value", "pk"):
        row.indicator = known[row.indicator_id]
        found[row.indicator_id].append(row)
    return found


def threshold(indicator: Indicator) -> pictures.Threshold | None:
    if indicator.alarm is None:
        return None
    warning = indicator.warning
    return pictures.Threshold(
        float(indicator.alarm), words(indicator, indicator.alarm),
        None if warning is None else float(warning), limit_words(indicator, warning),
        indicator.bad_when,
    )  # fmt: skip


def state_words(mark: Mark, indicator: Indicator) -> str:
    below = indicator.bad_when == BadWhen.BELOW
    told = {
        Mark.FINE: _("Not fallen below") if below else _("Not exceeded"),
        Mark.WARNING: _("Below the warning limit") if below else _("Warning limit exceeded"),
        Mark.ALARM: _("Below the alarm limit") if below else _("Alarm limit exceeded"),
        Mark.FREE: _("No limits set"),
    }
    return told[mark]


def limits_in_words(indicator: Indicator) -> str:
    """Warning 3,5, alarm 4,5"""
    if indicator.alarm is None:
        return _("No limits set")
    values = {
        "warning": limit_words(indicator, indicator.warning),
        "alarm": words(indicator, indicator.alarm),
    }
    if indicator.warning is None:
        return _("Alarm limit %(alarm)s") % values
    return _("Warning limit %(warning)s, alarm limit %(alarm)s") % values


def chart(
    series: Series, region: Term, other: Series | None = None, key: str = ""
) -> dict[str, Any]:
    """One small multiple: name, value, unit, picture and state in words."""
    indicator, days = series.indicator, series.days()
    value = series.last
    shown = words(indicator, value) if value is not None else ""
    mark = series.mark
    title = f"{indicator.name}, {region}"
    told = _("%(value)s %(unit)s in %(period)s. %(state)s. %(limits)s.") % {
        "value": shown, "unit": indicator.unit, "period": indicator.period_name(days[-1]),
        "state": state_words(mark, indicator), "limits": limits_in_words(indicator),
    }  # fmt: skip
    drawn = pictures.Series(
        [_float(series.values.get(day)) for day in days], mark.value,
        [_float(other.values.get(day)) for day in days] if other else (),
    )  # fmt: skip
    ends = (indicator.period_name(days[0]), indicator.period_name(days[-1]))
    caption = pictures.Caption(key or f"trend-{indicator.pk}", title, told)
    return {
        "name": indicator.name,
        "url": f"{indicator.get_absolute_url()}?region={region.code}",
        "value": shown,
        "unit": indicator.unit,
        "svg": pictures.trend(caption, drawn, threshold(indicator), ends),
        "state": LOOKS[mark],
        "text": state_words(mark, indicator),
        "is_alarm": mark == Mark.ALARM,
    }


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def tables(rows: list[Series], caption: str) -> list[dict[str, Any]]:
    """One table for each interval: the periods side by side, limits in the first column."""
    groups: dict[str, list[Series]] = defaultdict(list)
    for each in rows:
        groups[each.indicator.interval].append(each)
    found = []
    for interval, group in groups.items():
        days = sorted({day for each in group for day in each.days()})[-SHOWN:]
        head: list[dict[str, Any]] = [{"name": _("Indicator")}]
        head += [{"name": periods.name(day, interval), "num": True} for day in days]
        found.append({
            "caption": f"{caption}. {periods.Interval(interval).label}",
            "head": head,
            "rows": [[_name_with_limits(each.indicator), *_cells(each, days)] for each in group],
        })  # fmt: skip
    return found


def _name_with_limits(indicator: Indicator) -> str:
    return f"{indicator.name}, {indicator.unit} ({limits_in_words(indicator)})"


def _cells(series: Series, days: list[datetime.date]) -> list[str]:
    values = [series.values.get(day) for day in days]
    return ["–" if value is None else words(series.indicator, value) for value in values]


def compared(indicators: Iterable[Indicator], own: Term) -> list[dict[str, Any]]:
    """Regions beside each other, of indicators that at least two have measured."""
    indicators = list(indicators)
    found, rows = [], latest_shared(indicators)
    for indicator in indicators:
        places = rows.get(indicator.pk)
        if not places:
            continue
        shown = [
            pictures.Place(
                str(row.region), float(row.value), words(indicator, row.value),
                row.region_id == own.pk,
            )
            for row in places
        ]  # fmt: skip
        told = ", ".join(f"{place.label} {place.words}" for place in shown)
        caption = pictures.Caption(f"regions-{indicator.pk}", indicator.name, told)
        found.append({
            "name": indicator.name, "url": indicator.get_absolute_url(), "unit": indicator.unit,
            "period": indicator.period_name(places[0].starts_on),
            "svg": pictures.places_on_line(caption, shown, threshold(indicator)), "told": told,
            "count": len(shown),
        })  # fmt: skip
    return sorted(found, key=lambda each: -each["count"])[:COMPARED]

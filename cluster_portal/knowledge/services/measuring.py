"""Measurements come in one by one, from a file, or from the published figures of a survey."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cluster_portal.core import audit, imports, vocabulary
from cluster_portal.core.errors import Refused
from cluster_portal.core.imports import Columns, Outcome, Report, Taken
from cluster_portal.core.numbers import decimal_of
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.knowledge.models import Correction, Indicator, Measurement, periods
from cluster_portal.knowledge.models.situation import Mark, Origin, regions_measured_by
from cluster_portal.notifications import outbox
from cluster_portal.notifications.services import following
from members.models import Cluster
from members.services.recipients import coordinators_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cluster_portal.core.imports.cells import Cells
    from cluster_portal.surveys.models import Round
    from members.models import User

MOST = Decimal(10**9)
EXAMPLE = datetime.date(2026, 7, 1)
STEP = Decimal("0.0001")
COLUMNS = Columns(
    known=("indicator", "region", "period", "value", "note", "reason"),
    required=("indicator", "region", "period", "value"), key="",
    headings={
        "indikaattori": "indicator", "tunnus": "indicator", "maakunta": "region",
        "alue": "region", "jakso": "period", "aika": "period", "arvo": "value", "luku": "value",
        "huomautus": "note", "perustelu": "reason", "syy": "reason",
    },
)  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """What is measured; `reason` says why it replaces another figure."""

    region: Term
    starts_on: datetime.date
    value: Decimal
    note: str = ""
    reason: str = ""
    survey_round: Round | None = None
    origin: str = Origin.FORM


@transaction.atomic
def enter(indicator: Indicator, figure: Figure, *, by: User) -> tuple[Measurement, Outcome]:
    """The indicator's row is the lock under which a figure is entered once.

    Another figure of the same region and period is corrected, with a reason, and what it said
    stays on the page; the same one again changes nothing.
    """
    indicator = Indicator.objects.select_for_update(of=("self",), no_key=True).get(pk=indicator.pk)
    _refuse(indicator, figure, by)
    known = Measurement.objects.filter(
        indicator=indicator, region=figure.region, starts_on=figure.starts_on
    ).first()
    if known is not None:
        return _corrected(known, figure, by=by)
    made = Measurement.objects.create(
        indicator=indicator, region=figure.region, starts_on=figure.starts_on,
        value=figure.value, note=figure.note, origin=figure.origin,
        survey_round=figure.survey_round, entered_by=by,
    )  # fmt: skip
    entry = audit.record(made, "measured", by=by)
    _tell(made, key=str(entry.pk), by=by)
    return made, Outcome.CREATED


def _refuse(indicator: Indicator, figure: Figure, by: User) -> None:
    if not regions_measured_by(indicator, by).contains(figure.region):
        raise Refused(_("You do not enter the figures of this region."))
    if periods.first_day(figure.starts_on, indicator.interval) != figure.starts_on:
        raise Refused(_("The indicator has no such period."))
    if abs(figure.value) >= MOST or figure.value != figure.value.quantize(STEP):
        raise Refused(_("Write a figure with at most four decimals."))
    try:
        refuse_marked(figure.note, figure.reason)
    except ValidationError as error:
        raise Refused(error.messages[0]) from None


def _corrected(known: Measurement, figure: Figure, *, by: User) -> tuple[Measurement, Outcome]:
    is_same = known.value == figure.value
    if is_same and (not figure.note or figure.note == known.note):
        return known, Outcome.UNCHANGED
    if not is_same:
        if not figure.reason.strip():
            raise Refused(_("There is another figure of this period already. Say why it changes."))
        Correction.objects.create(
            measurement=known, before=known.value, after=figure.value,
            reason=figure.reason.strip()[:300], corrected_by=by,
        )  # fmt: skip
        known.value, known.origin = figure.value, figure.origin
        known.survey_round = figure.survey_round
    known.note = figure.note or known.note
    known.save()
    entry = audit.record(known, "measurement corrected", by=by, reason=figure.reason)
    if not is_same:
        _tell(known, key=str(entry.pk), by=by)
    return known, Outcome.CHANGED


def _tell(measurement: Measurement, *, key: str, by: User) -> None:
    """The region's coordinators hear of a value beyond the alarm limit, followers of every one."""
    if measurement.mark == Mark.ALARM and _is_newest(measurement):
        clusters = Cluster.objects.filter(region=measurement.region).values("pk")
        readers = list(coordinators_of(clusters, but=by))
        outbox.post_to_all("limit_exceeded", to=readers, key=key, about=measurement)
        following.tell(measurement.indicator, "alarm", key=key, by=by)
        return
    following.tell(measurement.indicator, "measured", key=key, by=by)


def _is_newest(measurement: Measurement) -> bool:
    later = Measurement.objects.filter(
        indicator=measurement.indicator, region=measurement.region,
        starts_on__gt=measurement.starts_on,
    )  # fmt: skip
    return not later.exists()


def import_measurements(
    data: bytes, *, by: User, dry_run: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Report:  # fmt: skip
    """The file whole or not at all; every fault is told by its row and column."""
    seen: dict[tuple[int, int, datetime.date], int] = {}

    def take(cells: Cells) -> Taken | None:
        return _take(cells, seen, by=by)

    return imports.run(data, COLUMNS, take, dry_run=dry_run, progress=progress)


def _take(
    cells: Cells, seen: dict[tuple[int, int, datetime.date], int], *, by: User
) -> Taken | None:
    indicator = _indicator(cells, by)
    region, value = _region(cells), _value(cells)
    cells.refuse_marked("note", "reason")
    note = cells.text("note", max_length=200)
    reason = cells.text("reason", max_length=300)
    starts_on = _period(cells, indicator) if indicator else None
    if cells.faults or not (indicator and region and starts_on) or value is None:
        return None
    row = seen.setdefault((indicator.pk, region.pk, starts_on), cells.number)
    if row != cells.number:
        cells.fault("period", _("The same figure is on row %(row)s already.") % {"row": row})
        return None
    figure = Figure(region, starts_on, value, note, reason, origin=Origin.FILE)
    try:
        made, outcome = enter(indicator, figure, by=by)
    except Refused as refusal:
        cells.fault("value", str(refusal.message))
        return None
    return Taken(made, outcome, ("value",) if outcome == Outcome.CHANGED else ())


def _indicator(cells: Cells, by: User) -> Indicator | None:
    text = cells.text("indicator", max_length=120, required=True)
    rows = Indicator.objects.visible_to(by).in_use()
    named = Q(slug=text) | Q(name_fi__iexact=text) | Q(name_sv__iexact=text)
    found = list(rows.filter(named | Q(name_en__iexact=text))[:2]) if text else []
    if text and len(found) != 1:
        cells.fault("indicator", _("No indicator “%(name)s” is known.") % {"name": text[:60]})
        return None
    return found[0] if found else None


def _region(cells: Cells) -> Term | None:
    text = cells.text("region", max_length=80, required=True)
    found = vocabulary.find(Scheme.REGION, text) if text else None
    if text and found is None:
        cells.fault("region", _("No region “%(name)s” is known.") % {"name": text[:60]})
    return found


def _period(cells: Cells, indicator: Indicator) -> datetime.date | None:
    text = cells.text("period", max_length=40, required=True)
    day = periods.read(text, indicator.interval) if text else None
    if text and day is None:
        shown = {"text": text[:40], "example": example(indicator)}
        cells.fault("period", _("“%(text)s” is not a period such as %(example)s.") % shown)
    return day


def example(indicator: Indicator) -> str:
    """A period of this indicator as it is written."""
    return indicator.period_name(periods.first_day(EXAMPLE, indicator.interval))


def _value(cells: Cells) -> Decimal | None:
    text = cells.text("value", max_length=40, required=True)
    value = decimal_of(text) if text else None
    if text and value is None:
        cells.fault("value", _("“%(text)s” is not a number.") % {"text": text[:40]})
    return value


@transaction.atomic
def take_from_survey(
    indicator: Indicator, values: Mapping[Term, Decimal], *, of: Round,
    starts_on: datetime.date, reason: str, by: User,
) -> int:  # fmt: skip
    """Published figures by region; only those of the regions that the reader measures."""
    mine = set(regions_measured_by(indicator, by).values_list("pk", flat=True))
    taken = 0
    for region, value in values.items():
        if region.pk in mine:
            figure = Figure(region, starts_on, value.quantize(STEP), "", reason, of, Origin.SURVEY)
            _made, outcome = enter(indicator, figure, by=by)
            taken += outcome != Outcome.UNCHANGED
    if not mine & {region.pk for region in values}:
        raise Refused(_("The survey tells nothing of the regions whose figures you enter."))
    return taken

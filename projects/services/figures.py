"""Figures of the action programme that come by themselves: an indicator is bound to a count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cluster_portal.core import audit, counting
from cluster_portal.core.errors import Refused
from projects.models import Measure
from projects.models.counted import COUNTING

if TYPE_CHECKING:
    from cluster_portal.core.counting import Chosen
    from members.models import User

FIGURE = ("achieved", "counted_at", "count_lost_on")


@transaction.atomic
def bind_figure(measure: Measure, key: str, chosen: Chosen, *, by: User) -> Measure:
    """The figure is counted from now on; with an empty key it is typed again.

    The last figure stays unless it was too small to be told to everybody.
    """
    measure = _locked(measure)
    if not measure.takes_figures:
        raise Refused(_("The figure of this measure comes from the version in force."))
    if key:
        _bind(measure, key, {name: value for name, value in chosen.items() if value})
    else:
        _unbind(measure)
    measure.save(update_fields=["achieved", *COUNTING])
    details = {"counts": measure.counts, **measure.count_by} if key else {}
    audit.record(measure, "figure bound" if key else "figure unbound", by=by, details=details)
    return measure


def _unbind(measure: Measure) -> None:
    source = counting.sources().get(measure.counts)
    if source and measure.achieved and measure.achieved < source.fewest:
        measure.achieved = 0
    measure.counts, measure.counted_since, measure.count_lost_on = "", None, None


def _bind(measure: Measure, key: str, chosen: Chosen) -> None:
    cluster = measure.goal.programme.home_cluster
    measure.counts, measure.count_by = key, dict(chosen)
    measure.counted_since = timezone.localdate()
    measure.count_lost_on = None
    _count(measure)
    if measure.count_lost_on:
        raise Refused(_("What was chosen cannot be counted."))
    measure.count_words = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            measure.count_words[language] = counting.in_words(key, chosen, cluster)


@transaction.atomic
def count_figure(measure: Measure, *, by: User) -> Measure:
    """On demand, what the hourly round does."""
    measure = _locked(measure)
    if not measure.counts:
        raise Refused(_("The figure of this measure is typed by hand."))
    _count(measure)
    measure.save(update_fields=FIGURE)
    audit.record(measure, "figure counted", by=by, details={"figure": measure.achieved})
    return measure


def count_figures() -> int:
    """The hourly round: how many figures of programmes in force have changed."""
    bound = Measure.objects.current().exclude(counts="").order_by("pk")
    return sum(map(_count_anew, bound.values_list("pk", flat=True)))


@transaction.atomic
def _count_anew(pk: int) -> bool:
    rows = Measure.objects.filter(pk=pk).exclude(counts="").with_programme()
    measure = rows.select_for_update(of=("self",), skip_locked=True).first()
    if measure is None:
        return False
    before = measure.achieved, measure.count_lost_on
    _count(measure)
    measure.save(update_fields=FIGURE)
    return before != (measure.achieved, measure.count_lost_on)


def _locked(measure: Measure) -> Measure:
    rows = Measure.objects.with_programme().select_for_update(of=("self",))
    return rows.get(pk=measure.pk)


def _count(measure: Measure) -> None:
    """Where the source is gone, the last figure stays, and the day from which it is not counted."""
    cluster = measure.goal.programme.home_cluster
    figure = counting.figure(measure.counts, measure.count_by, cluster)
    if figure is None:
        measure.count_lost_on = measure.count_lost_on or timezone.localdate()
    else:
        measure.achieved, measure.counted_at = figure, timezone.now()
        measure.count_lost_on = None

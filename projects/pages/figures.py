"""Where a measure's figure comes from, for the programme's pages and for the admin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.db.models.fields.json import KT
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cluster_portal.core import counting
from cluster_portal.core.visibility import audience
from cluster_portal.surveys.models import Round
from projects.models.programmes import Stage

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader
    from projects.models import Measure


@dataclass(frozen=True)
class Counted:
    """What is counted, in words, with its address where the reader may see it, and since when."""

    words: str
    url: str
    when: str
    is_late: bool = False


def with_seen_source(measures: QuerySet[Any], user: Reader) -> QuerySet[Any]:
    """Each row's `source_seen`: whether the reader sees the round that its figure is counted of.

    And `figure_seen`: whether they coordinate the cluster, and so see figures of few.
    """
    known = audience(user)
    every = Q(pk__isnull=False)
    ours = every if known.is_admin else Q(goal__programme__home_cluster__in=known.coordinates)
    rounds = Round.objects.visible_to(user).filter(slug=OuterRef("counted_round"))
    named = measures.annotate(counted_round=KT("count_by__round"))
    return named.annotate(
        source_seen=Exists(rounds),
        figure_seen=ExpressionWrapper(ours, BooleanField()),
    )


def fewest_of(measure: Measure) -> int:
    """What the figure is told to be fewer than, to a reader who may not see it; else 0."""
    source = counting.sources().get(measure.counts)
    if source is None or not measure.achieved or getattr(measure, "figure_seen", False):
        return 0
    return source.fewest if measure.achieved < source.fewest else 0


def counted_of(measure: Measure) -> Counted | None:
    """None for a figure that has always been typed by hand; the measure is `with_seen_source`."""
    if measure.counted_at is None:
        return None
    is_seen = not measure.count_by.get("round") or getattr(measure, "source_seen", False)
    is_there = measure.counts and not measure.count_lost_on and is_seen
    url = counting.address(measure.counts, measure.count_by) if is_there else ""
    return Counted(
        _words(measure, is_seen=is_seen), url, _when(measure), bool(measure.count_lost_on)
    )


def _words(measure: Measure, *, is_seen: bool) -> str:
    """Of a round that the reader does not see only what is counted, not its title."""
    if not is_seen:
        source = counting.sources().get(measure.counts)
        return str(source.label) if source else ""
    told = measure.count_words
    return told.get(get_language() or "", "") or next(iter(told.values()), "")


def _when(measure: Measure) -> str:
    last = date_format(localtime(measure.counted_at), "DATETIME_FORMAT")
    if measure.count_lost_on:
        lost = date_format(measure.count_lost_on)
        sentence = _("The source has not been found since %(lost)s. The figure is of %(last)s.")
        return sentence % {"lost": lost, "last": last}
    if measure.counted_since is None or measure.goal.programme.stage == Stage.REPLACED:
        return _("Counted by the portal until %(last)s.") % {"last": last}
    since = date_format(measure.counted_since)
    return _("Counted by the portal since %(since)s, last %(last)s.") % {
        "since": since, "last": last,
    }  # fmt: skip

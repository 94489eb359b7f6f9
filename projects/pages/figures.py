"""Where a measure's figure comes from, for the programme's pages and for the admin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.db.models.fields.json import KT
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cluster_portal.core import counting
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
    """Each row's `source_seen`: whether the reader sees the round that its figure is counted of."""
    rounds = Round.objects.visible_to(user).filter(slug=OuterRef("counted_round"))
    named = measures.annotate(counted_round=KT("count_by__round"))
    return named.annotate(source_seen=Exists(rounds))


def counted_of(measure: Any) -> Counted | None:
    """None for a figure that has always been typed by hand; the measure is `with_seen_source`."""
    if measure.counted_at is None:
        return None
    words = measure.count_words.get(get_language() or "", "") or next(
        iter(measure.count_words.values()), ""
    )
    is_seen = not measure.count_by.get("round") or getattr(measure, "source_seen", False)
    is_there = measure.counts and not measure.count_lost_on and is_seen
    url = counting.address(measure.counts, measure.count_by) if is_there else ""
    return Counted(words, url, _when(measure), bool(measure.count_lost_on))


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

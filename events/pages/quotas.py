"""Places held for groups, in words: for readers, for one of the group, for the organiser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Quota

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from events.models import Event


@dataclass(frozen=True)
class QuotaNote:
    text: str
    is_own: bool = False


def notes(event: Event, user: Reader) -> list[QuotaNote]:
    """What is still held, and whether the reader is one of the group; nothing is asked of an event
    that holds nothing. The seats learn what the reader could take of them."""
    seats = {each.pk: each for each in event.seats.all() if each.held}
    if not seats:
        return []
    rows = Quota.objects.holding().filter(seats__in=seats).select_related("region", "cluster")
    found = []
    for quota in rows:
        quota.seats = seats[quota.seats_id]
        is_own = user.is_authenticated and quota.people().filter(pk=user.pk).exists()
        if is_own:
            quota.seats.held_for_reader = quota.held
        found.append(QuotaNote(_held_words(quota), is_own))
    return found


def _held_words(quota: Quota) -> str:
    words = ngettext(
        "%(group)s: %(held)d place is held until %(day)s.",
        "%(group)s: %(held)d places are held until %(day)s.",
        quota.held,
    )
    return words % {"group": quota, "held": quota.held, "day": _day(quota)}


def for_organiser(event: Event) -> list[str]:
    """Every quota, with what of it is taken, and what has become of the rest."""
    rows = Quota.objects.filter(seats__event=event).select_related("region", "cluster")
    return [_organiser_words(quota) for quota in rows.with_taken()]


def _organiser_words(quota: Quota) -> str:
    told = {
        "group": quota, "taken": getattr(quota, "taken", 0), "places": quota.places,
        "day": _day(quota),
    }  # fmt: skip
    if quota.is_in_force:
        return _("%(group)s: %(taken)d/%(places)d taken, the rest held until %(day)s.") % told
    return _("%(group)s: %(taken)d/%(places)d taken, the rest let go after %(day)s.") % told


def _day(quota: Quota) -> str:
    return date_format(quota.held_until, "SHORT_DATE_FORMAT")

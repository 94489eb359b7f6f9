"""Telling of hits: at once, each morning or each Monday, in one message per search."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils import timezone

from cluster_portal.core import lists, request_cache
from cluster_portal.core.visibility import audiences_of
from cluster_portal.notifications import outbox
from cluster_portal.notifications.digest_rounds import LAST_HOUR, SENDING_HOUR
from cluster_portal.notifications.models import Frequency, SavedSearch, SavedSearchHit

KIND = "saved_search"
CHUNK = 200


def last_opening(frequency: str, now: datetime) -> datetime:
    """The newest 8.00 of a day, or of a Monday, that has passed in Helsinki."""
    local = timezone.localtime(now)
    day = local.date() if local.hour >= SENDING_HOUR else local.date() - timedelta(days=1)
    if frequency == Frequency.WEEKLY:
        day -= timedelta(days=day.weekday())
    return timezone.make_aware(datetime.combine(day, time(SENDING_HOUR)))


def is_day(now: datetime) -> bool:
    return SENDING_HOUR <= timezone.localtime(now).hour < LAST_HOUR


def tell_due(now: datetime) -> int:
    """Post what is due; how many messages. Harmless at any time, and by several at once."""
    count, first = 0, 0
    while True:
        with transaction.atomic():
            searches = claim(_due(now).filter(pk__gt=first))
            if not searches:
                return count
            count += _tell(searches, now)
            first = searches[-1].pk


def claim(due: Any) -> list[SavedSearch]:
    """Held until told, and their hits are read after that: nobody else tells of them."""
    free = due.select_for_update(skip_locked=True, no_key=True, of=("self",))
    return list(free.order_by("pk")[:CHUNK])


def _due(now: datetime) -> Any:
    untold = SavedSearchHit.objects.filter(search=OuterRef("pk"), letter=None)
    due = Q(Exists(untold), frequency=Frequency.AT_ONCE)
    if is_day(now):
        for frequency in (Frequency.DAILY, Frequency.WEEKLY):
            opening = last_opening(frequency, now)
            is_new = Q(last_told_at=None) | Q(last_told_at__lt=opening)
            found_before = Exists(untold.filter(found_at__lt=opening))
            due |= Q(is_new, found_before, frequency=frequency)
    return SavedSearch.objects.listening().filter(due).select_related("user")


@request_cache.scope()
def _tell(searches: list[SavedSearch], now: datetime) -> int:
    """1. read what was found; 2. drop what does not hold any more; 3. mark the rest; 4. post."""
    audiences_of(search.user for search in searches)
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for pk, search, thing in _untold(searches, now):
        found[search][thing] = pk
    letter = uuid4()
    kept, told = [], []
    for search in searches:
        still = _still_found(search, found[search.pk])
        kept += [found[search.pk].pop(thing) for thing in still]
        told += [search] if still else []
    # What does not hold is forgotten, so that it is told if it comes again.
    gone = [pk for rest in found.values() for pk in rest.values()]
    SavedSearchHit.objects.filter(pk__in=gone).delete()
    SavedSearchHit.objects.filter(pk__in=kept).update(letter=letter)
    SavedSearch.objects.filter(pk__in=[one.pk for one in told]).update(last_told_at=now)
    for search in told:
        _post(search, letter)
    return len(told)


def _untold(searches: list[SavedSearch], now: datetime) -> Any:
    """Hits of these searches; of those with a fixed hour only what came before it."""
    by_frequency: dict[str, list[int]] = defaultdict(list)
    for search in searches:
        by_frequency[search.frequency].append(search.pk)
    chosen = Q(search__in=by_frequency.pop(Frequency.AT_ONCE, []))
    for frequency, pks in by_frequency.items():
        chosen |= Q(search__in=pks, found_at__lt=last_opening(frequency, now))
    rows = SavedSearchHit.objects.filter(chosen, letter=None)
    return rows.values_list("pk", "search_id", "object_id")


def _still_found(search: SavedSearch, things: Collection[int]) -> set[int]:
    kind = lists.get(search.kind)
    if not things or kind is None:
        return set()
    rows = kind.matching(search.user, QueryDict(search.query), things)
    return set(rows.order_by().values_list("pk", flat=True))


def _post(search: SavedSearch, letter: UUID) -> None:
    key = f"{search.pk}:{letter}"
    outbox.post(KIND, to=search.user, key=key, about=search, values={"letter": str(letter)})

"""What has come to the lists is held against the saved searches: only the new, never the list.

1. claim what came and nobody else holds;
2. ask each different query once which of it matches, whoever saved it;
3. ask each different audience once which of it may be seen;
4. note the hits of those who have both. Whether it may be told is asked again when it is.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.http import QueryDict

from cluster_portal.core import lists, request_cache
from cluster_portal.core.visibility import Audience, StandIn, audience, audiences_of, groups_of
from cluster_portal.notifications.models import Arrival, SavedSearch, SavedSearchHit

logger = logging.getLogger(__name__)

AT_ONCE, CHUNK = 500, 500


def match_arrivals() -> int:
    """Until nothing is left that nobody holds; how many arrivals were handled."""
    handled = 0
    while count := match_some():
        handled += count
    return handled


@transaction.atomic
def match_some() -> int:
    arrivals = claim()
    by_kind: dict[str, dict[int, datetime]] = defaultdict(dict)
    for one in arrivals:
        moments = by_kind[one.kind]
        moments[one.object_id] = max(one.since, moments.get(one.object_id, one.since))
    for key, moments in by_kind.items():
        kind = lists.get(key)
        if kind is not None:
            _Round(kind, moments).match()
    Arrival.objects.filter(pk__in=[one.pk for one in arrivals]).delete()
    return len(arrivals)


def claim() -> list[Arrival]:
    free = Arrival.objects.select_for_update(skip_locked=True)
    return list(free.order_by("pk")[:AT_ONCE])


@dataclass
class _Round:
    """One list, and what came to it at which moment."""

    kind: lists.ListPage
    moments: dict[int, datetime]
    _seen: dict[Audience, set[int]] = field(default_factory=dict)

    def match(self) -> None:
        for query in self._queries():
            if found := self._found(query):
                for searches in _in_chunks(self._listening().filter(query=query)):
                    self._note(searches, found)

    def _listening(self) -> Any:
        latest = max(self.moments.values())
        return SavedSearch.objects.listening().filter(kind=self.kind.key, listens_since__lt=latest)

    def _queries(self) -> Iterable[str]:
        return self._listening().order_by("query").values_list("query", flat=True).distinct()

    def _found(self, query: str) -> set[int]:
        """With an administrator's eyes; nothing is told of what they see here."""
        everyone = StandIn(Audience(is_admin=True))
        try:
            with transaction.atomic():
                rows = self.kind.matching(everyone, QueryDict(query), self.moments.keys())
                return set(rows.order_by().values_list("pk", flat=True))
        except Exception as error:
            if isinstance(error, DatabaseError) and not connection.is_usable():
                raise
            logger.exception("saved search %r of %s cannot be asked", query, self.kind.key)
            return set()

    @request_cache.scope()
    def _note(self, searches: list[SavedSearch], found: set[int]) -> None:
        audiences_of(search.user for search in searches)
        hits = [
            SavedSearchHit(search=search, object_id=pk)
            for search in searches
            for pk in sorted(found & self._visible(groups_of(audience(search.user))))
            if search.listens_since < self.moments[pk]
        ]
        SavedSearchHit.objects.bulk_create(hits, ignore_conflicts=True, batch_size=1000)

    def _visible(self, groups: Audience) -> set[int]:
        if groups not in self._seen:
            rows = self.kind.told_to(StandIn(groups)).filter(pk__in=self.moments.keys())
            self._seen[groups] = set(rows.order_by().values_list("pk", flat=True))
        return self._seen[groups]


def _in_chunks(searches: Any) -> Iterator[list[SavedSearch]]:
    first = 0
    while chunk := list(
        searches.filter(pk__gt=first).select_related("user").order_by("pk")[:CHUNK]
    ):
        yield chunk
        first = chunk[-1].pk

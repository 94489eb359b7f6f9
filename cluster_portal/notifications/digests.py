"""The weekly digest: one per person and ISO week, each item told to a person exactly once.

What is told is not chosen by a window of time but by what was told already (`DigestItem`), so an
item that was committed late is in the next digest. `since` only bounds how far back anybody looks.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.functional import Promise

from cluster_portal.core.visibility import Audience, audience
from cluster_portal.notifications import outbox
from cluster_portal.notifications.kinds import KindGroup
from cluster_portal.notifications.models import Channel, Digest, DigestItem, Preference

logger = logging.getLogger(__name__)

KIND = "weekly_digest"
SENDING_HOUR, LAST_HOUR = 8, 20
LOOK_BACK = timedelta(days=35)
CHUNK = 200


@dataclass(frozen=True)
class Section:
    """A part of the digest that an app registers.

    `items(user, since)` are things the reader may see, in order of importance, as saved model
    instances with `get_absolute_url()` and a `title`; `digest_line` (attribute or method), if
    there is one, gives the words under the title, unless `template` (plain text, value `item`)
    does. With `per_audience` the answer depends only on
    what groups a reader belongs to, never on who she is, and is computed once for all alike.
    `still_visible(user, pks)` replaces the model's `visible_to` when the mail leaves.
    """

    key: str
    label: str | Promise
    items: Callable[[Any, datetime], Iterable[Any]]
    order: int = 50
    limit: int = 12
    per_audience: bool = False
    template: str = ""
    still_visible: Callable[[Any, list[int]], Iterable[Any]] | None = None


class Sections:
    def __init__(self) -> None:
        self._sections: dict[str, Section] = {}

    def register(self, section: Section) -> None:
        """Registering a key again replaces it."""
        self._sections[section.key] = section

    def unregister(self, key: str) -> None:
        self._sections.pop(key, None)

    def __iter__(self) -> Iterator[Section]:
        return iter(sorted(self._sections.values(), key=lambda one: (one.order, one.key)))

    def get(self, key: str) -> Section | None:
        return self._sections.get(key)


sections = Sections()


def period_of(now: datetime) -> str:
    """2026-W47, by the calendar of Helsinki: the days around New Year belong to one week."""
    year, week, _day = timezone.localtime(now).isocalendar()
    return f"{year}-W{week:02}"


def opens_at(period: str) -> datetime:
    """Monday 8.00 of that week."""
    monday = datetime.strptime(f"{period}-1", "%G-W%V-%u").date()  # noqa: DTZ007 -- made aware below
    return timezone.make_aware(datetime.combine(monday, time(SENDING_HOUR)))


def period_to_compose(now: datetime) -> str:
    """The newest period, from Monday morning on and never at night; empty when it is not time."""
    period = period_of(now)
    is_day = SENDING_HOUR <= timezone.localtime(now).hour < LAST_HOUR
    return period if is_day and now >= opens_at(period) else ""


def compose_digests(now: datetime) -> int:
    """Compose what is missing of the period; how many people were told something."""
    period = period_to_compose(now)
    if not period:
        return 0
    return sum(compose_chunk(period, first, last) for first, last in chunks(period))


def readers(period: str) -> models.QuerySet[Any]:
    """Who still lacks her digest: verified, not switched off, here since before it opened."""
    off = Preference.objects.filter(
        user=OuterRef("pk"), group=KindGroup.DIGEST, channel=Channel.OFF
    )
    return get_user_model().objects.filter(
        ~Exists(off),
        ~Exists(Digest.objects.filter(user=OuterRef("pk"), period=period)),
        Exists(EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)),
        is_active=True,
        date_joined__lt=opens_at(period),
    )


def chunks(period: str) -> Iterator[tuple[int, int]]:
    """Ranges of primary keys, so that memory stays flat whatever the number of people."""
    first = 0
    while True:
        pks = list(
            readers(period).filter(pk__gt=first).order_by("pk").values_list("pk", flat=True)[:CHUNK]
        )
        if not pks:
            return
        yield pks[0], pks[-1]
        first = pks[-1]


def compose_chunk(period: str, first: int, last: int) -> int:
    """Compose for the readers in this range; a failing person is found by halving and left out."""
    people = list(readers(period).filter(pk__range=(first, last)).order_by("pk"))
    try:
        return _Composer(period).compose(people)
    except DatabaseError:
        raise
    except Exception:
        if len(people) > 1:
            middle = people[len(people) // 2]
            return compose_chunk(period, first, middle.pk - 1) + compose_chunk(
                period, middle.pk, last
            )
        logger.exception("digest %s of user %s cannot be composed", period, first)
        return 0


class _Composer:
    """One chunk of one period, in one transaction."""

    def __init__(self, period: str) -> None:
        self.period = period
        self.since = opens_at(period) - LOOK_BACK
        self._shared: dict[tuple[str, Audience], list[Any]] = {}

    @transaction.atomic
    def compose(self, people: list[Any]) -> int:
        """1. take the digests nobody else took; 2. choose untold items; 3. mark them; 4. post."""
        mine = self._taken(people)
        found = [
            DigestItem(
                digest=mine[person.pk],
                user=person,
                section=section.key,
                content_type=ContentType.objects.get_for_model(item),
                object_id=item.pk,
            )
            for person in people
            if person.pk in mine
            for section in sections
            for item in self._candidates(section, person)
        ]
        fresh = self._untold(found)
        DigestItem.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=1000)
        told = {item.user_id for item in fresh}
        outbox.post_to_all(
            KIND,
            to=[person for person in people if person.pk in told],
            key=self.period,
            values={"period": self.period},
        )
        return len(told)

    def _taken(self, people: list[Any]) -> dict[int, Digest]:
        """The unique constraint decides between composers that run at the same time."""
        rows = [Digest(user=person, period=self.period) for person in people]
        Digest.objects.bulk_create(rows, ignore_conflicts=True)
        own = Digest.objects.filter(token__in=[row.token for row in rows])
        return {digest.user_id: digest for digest in own}

    def _candidates(self, section: Section, person: Any) -> list[Any]:
        if not section.per_audience:
            return list(section.items(person, self.since))
        key = (section.key, replace(audience(person), user_id=None))
        if key not in self._shared:
            self._shared[key] = list(section.items(person, self.since))
        return self._shared[key]

    def _untold(self, found: list[DigestItem]) -> list[DigestItem]:
        """What was not told before, and of that at most a section's limit; the rest comes later."""
        told = set(
            DigestItem.objects.filter(
                user__in={item.user_id for item in found},
                object_id__in={item.object_id for item in found},
            ).values_list("user_id", "content_type_id", "object_id", "section")
        )
        fresh: list[DigestItem] = []
        counts: dict[tuple[int, str], int] = defaultdict(int)
        for item in found:
            section = sections.get(item.section)
            place = (item.user_id, item.section)
            if _identity(item) in told or section is None or counts[place] >= section.limit:
                continue
            told.add(_identity(item))
            counts[place] += 1
            fresh.append(item)
        return fresh


def _identity(item: DigestItem) -> tuple[int, int, int, str]:
    return (item.user_id, item.content_type_id, item.object_id, item.section)

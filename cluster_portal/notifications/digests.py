"""The weekly digest: one per person and ISO week, each item told to a person exactly once.

What is told is not chosen by a window of time but by what was told already (`DigestItem`), so an
item that was committed late is in the next digest. `since` only bounds how far back anybody looks.
"""

import logging
import time
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from datetime import time as clock
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from cluster_portal.core import request_cache
from cluster_portal.core.content import DigestSection, parts
from cluster_portal.core.visibility import Audience, StandIn, audience, audiences_of, groups_of
from cluster_portal.notifications import outbox
from cluster_portal.notifications.kinds import KindGroup
from cluster_portal.notifications.models import Channel, Digest, Preference

logger = logging.getLogger(__name__)

KIND = "weekly_digest"
SENDING_HOUR, LAST_HOUR = 8, 20
LOOK_BACK = timedelta(days=35)
CHUNK = 1000
KEPT_SECONDS, MOST_KEPT = 60.0, 5000

Things = tuple[tuple[int, int, str], ...]  # content type, primary key, day
Offer = tuple[tuple[str, Things], ...]  # by section


def sections() -> list[DigestSection]:
    """Those of every type, in order."""
    return parts(lambda one: one.digest)


def period_of(now: datetime) -> str:
    """2026-W47, by the calendar of Helsinki: the days around New Year belong to one week."""
    year, week, _day = timezone.localtime(now).isocalendar()
    return f"{year}-W{week:02}"


def opens_at(period: str) -> datetime:
    """Monday 8.00 of that week."""
    monday = datetime.strptime(f"{period}-1", "%G-W%V-%u").date()  # noqa: DTZ007 -- made aware below
    return timezone.make_aware(datetime.combine(monday, clock(SENDING_HOUR)))


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
    known = Candidates()
    return sum(compose_chunk(period, first, last, known) for first, last in chunks(period))


def readers(period: str) -> models.QuerySet[Any]:
    """Who still lacks their digest: verified, not switched off, here since before it opened."""
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


class Candidates:
    """What the sections offer, asked once for all alike.

    Kept for a minute, so that one worker's chunks share it. What comes meanwhile is told next
    week, and what goes is left out when the mail leaves.
    """

    def __init__(self) -> None:
        self._shared: dict[tuple[str, Audience], Offer] = {}
        self._born = time.monotonic()

    def forget_old(self) -> None:
        if time.monotonic() - self._born > KEPT_SECONDS or len(self._shared) > MOST_KEPT:
            self._shared.clear()
            self._born = time.monotonic()

    def of(self, period: str, people: list[Any]) -> dict[int, Offer]:
        """What is offered to each of the people, by primary key."""
        since = opens_at(period) - LOOK_BACK
        personal = [
            (section.key, _personal(section, people, since))
            for section in sections()
            if not section.per_audience
        ]
        return {
            one.pk: self._of_groups(period, groups_of(audience(one)), since)
            + tuple((key, found[one.pk]) for key, found in personal if found.get(one.pk))
            for one in people
        }

    def _of_groups(self, period: str, groups: Audience, since: datetime) -> Offer:
        if (period, groups) not in self._shared:
            reader = StandIn(groups)
            self._shared[period, groups] = tuple(
                (section.key, _things(section.items(reader, since), section.day))
                for section in sections()
                if section.per_audience
            )
        return self._shared[period, groups]


def _personal(section: DigestSection, people: list[Any], since: datetime) -> dict[int, Things]:
    if section.for_many:
        found = section.for_many(people, since)
        return {pk: _things(items, section.day) for pk, items in found.items()}
    return {one.pk: _things(section.items(one, since), section.day) for one in people}


def _things(items: Iterable[Any], day: str) -> Things:
    return tuple(
        (ContentType.objects.get_for_model(item).pk, item.pk, _day_of(item, day)) for item in items
    )


def _day_of(item: Any, field: str) -> str:
    """ISO, by the calendar of Helsinki; empty for what is told once and for all."""
    value = getattr(item, field) if field else None
    if isinstance(value, datetime):
        value = timezone.localdate(value)
    return value.isoformat() if value else ""


def compose_chunk(period: str, first: int, last: int, known: Candidates) -> int:
    """Compose for the readers in this range; a failing person is found by halving and left out."""
    people = list(readers(period).filter(pk__range=(first, last)).order_by("pk"))
    known.forget_old()
    try:
        return _compose(period, people, known)
    except DatabaseError:
        raise
    except Exception:
        if len(people) > 1:
            middle = people[len(people) // 2]
            return compose_chunk(period, first, middle.pk - 1, known) + compose_chunk(
                period, middle.pk, last, known
            )
        logger.exception("digest %s of user %s cannot be composed", period, first)
        return 0


@request_cache.scope()
@transaction.atomic
def _compose(period: str, people: list[Any], known: Candidates) -> int:
    """1. take the digests nobody else took; 2. find what there is; 3. note the untold; 4. post."""
    mine = take(period, people)
    people = [person for person in people if person.pk in mine]
    audiences_of(people)
    told = _note(mine, known.of(period, people))
    outbox.post_to_all(
        KIND,
        to=[person for person in people if person.pk in told],
        key=period,
        values={"period": period},
    )
    return len(told)


def take(period: str, people: list[Any]) -> dict[int, int]:
    """Digests by reader; the unique row decides between composers that run at the same time."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [period, [person.pk for person in people]])
        return dict(cursor.fetchall())


_TAKE = """
    INSERT INTO notifications_digest (user_id, kind, period, token, composed_at)
    SELECT reader, 'weekly', %s, gen_random_uuid(), now() FROM unnest(%s::bigint[]) AS reader
    ON CONFLICT DO NOTHING RETURNING user_id, id
"""


def _note(digests: dict[int, int], offered: dict[int, Offer]) -> set[int]:
    """Note what was not told before, of each section at most its limit; who is told something.

    An offer that many readers share is sent once; PostgreSQL puts readers and offers together.
    """
    numbers: dict[Offer, int] = {}
    readers = [
        (digests[reader], reader, numbers.setdefault(offer, len(numbers)))
        for reader, offer in offered.items()
    ]
    limits = {section.key: section.limit for section in sections()}
    items = [
        (number, place, key, limits[key], kind, pk, day)
        for offer, number in numbers.items()
        for key, things in offer
        for place, (kind, pk, day) in enumerate(dict.fromkeys(things))
    ]
    if not items:
        return set()
    columns = [list(column) for column in (*zip(*readers, strict=True), *zip(*items, strict=True))]
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, columns)
        return {reader for (reader,) in cursor.fetchall()}


# The look at what was told is a scalar subquery, so that it is always made by the unique index.
_NOTE = """
    WITH reader AS (
        SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::int[])
            AS reader(digest_id, user_id, list)
    ), item AS (
        SELECT * FROM unnest(
            %s::int[], %s::int[], %s::text[], %s::int[], %s::int[], %s::bigint[], %s::text[]
        ) AS item(list, place, section, most, kind, pk, day)
    ), fresh AS (
        SELECT reader.digest_id, reader.user_id, item.*, row_number() OVER (
            PARTITION BY reader.user_id, item.section ORDER BY item.place
        ) AS number
        FROM reader JOIN item USING (list)
        WHERE (
            SELECT told.id FROM notifications_digestitem told
            WHERE told.user_id = reader.user_id AND told.content_type_id = item.kind
                AND told.object_id = item.pk AND told.section = item.section
                AND told.day = item.day
            LIMIT 1
        ) IS NULL
    ), noted AS (
        INSERT INTO notifications_digestitem
            (digest_id, user_id, section, content_type_id, object_id, day)
        SELECT digest_id, user_id, section, kind, pk, day FROM fresh WHERE number <= most
        ORDER BY user_id, section, place
        ON CONFLICT DO NOTHING RETURNING user_id
    )
    SELECT DISTINCT user_id FROM noted
"""

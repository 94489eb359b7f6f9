"""Digests: one per person and period, each thing told to a person exactly once.

What is told is not chosen by a window of time but by what was told already (`DigestItem`), so a
thing that was committed late is in the next digest, and missed periods are caught up in one.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, transaction
from django.utils import timezone

from cluster_portal.core import interests, request_cache
from cluster_portal.core.content import parts
from cluster_portal.core.visibility import Audience, StandIn, audience, audiences_of, groups_of
from cluster_portal.notifications import digest_rounds, outbox
from cluster_portal.notifications.digest_choice import Choice, Chooser, Key, Thing
from cluster_portal.notifications.models import Digest, DigestItem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import Model

    from cluster_portal.core.digest_section import DigestSection
    from cluster_portal.notifications.digest_rounds import Round

logger = logging.getLogger(__name__)

KIND = "digest"
KEPT_SECONDS, MOST_KEPT = 60.0, 500
BATCH = 2000
# What tells when a thing came, by the names that types use.
CAME = ("published_at", "shown_at", "found_at", "opened_at", "created_at")

Offer = tuple[Thing, ...]
Days = dict[int, str]


def sections() -> list[DigestSection]:
    """Those of every type, in order."""
    return parts(lambda one: one.digest)


def compose_digests(now: datetime) -> int:
    """Compose what is missing of all that is due; how many people were told something."""
    known = Candidates()
    return sum(
        compose_chunk(one, first, last, known)
        for one in digest_rounds.due(now)
        for first, last in one.chunks()
    )


class Candidates:
    """What the sections offer, asked once for all alike.

    Kept for a minute, so that one worker's chunks share it. What comes meanwhile is told the next
    time, and what goes is left out when the mail leaves.
    """

    def __init__(self) -> None:
        self._shared: dict[tuple[datetime, Audience], Offer] = {}
        self._tags: dict[Key, frozenset[interests.Tag]] = {}
        self._born = time.monotonic()

    def forget_old(self) -> None:
        if time.monotonic() - self._born > KEPT_SECONDS or len(self._shared) > MOST_KEPT:
            self._shared.clear()
            self._tags.clear()
            self._born = time.monotonic()

    def of(self, since: datetime, people: list[Any]) -> dict[int, Offer]:
        """What is offered to each of the people, by primary key, with what it is about."""
        days = _day_fields()
        personal: defaultdict[int, list[Thing]] = defaultdict(list)
        for section in sections():
            if not section.per_audience:
                for pk, items in _personal(section, people, since).items():
                    personal[pk] += _things(section, items, days)
        return {
            one.pk: (
                *self._tagged(personal[one.pk]),
                *self._of_groups(groups_of(audience(one)), since, days),
            )
            for one in people
        }

    def _of_groups(self, groups: Audience, since: datetime, days: Days) -> Offer:
        if (since, groups) not in self._shared:
            reader = StandIn(groups)
            found = [
                thing
                for section in sections()
                if section.per_audience
                for thing in _things(section, section.items(reader, since), days)
            ]
            self._shared[since, groups] = self._tagged(found)
        return self._shared[since, groups]

    def _tagged(self, things: list[Thing]) -> Offer:
        """What each is about is asked once, whoever it is offered to."""
        unknown: defaultdict[int, set[int]] = defaultdict(set)
        for thing in things:
            if thing.about not in self._tags:
                kind, pk = thing.about
                unknown[kind].add(pk)
        for kind, pks in unknown.items():
            model: Any = ContentType.objects.get_for_id(kind).model_class()
            for pk, tags in interests.tags_of(model, pks).items():
                self._tags[kind, pk] = tags
        return tuple(thing._replace(tags=self._tags[thing.about]) for thing in things)


def _personal(
    section: DigestSection, people: list[Any], since: datetime
) -> Mapping[int, Iterable[Any]]:
    if section.for_many:
        return section.for_many(people, since)
    return {one.pk: section.items(one, since) for one in people}


def _things(section: DigestSection, items: Iterable[Any], days: Days) -> list[Thing]:
    found = []
    for item in items:
        kind, pk = told = _told_of(section, item)
        about = told if section.because else _key_of(type(item), item.pk)
        field = section.day or days.get(kind, "")
        found.append(
            Thing(
                section.key, kind, pk, _day_of(item, field), _came_at(item), about,
                is_near=bool(section.day), waits=section.waits, is_personal=bool(section.because),
            )
        )  # fmt: skip
    return list(dict.fromkeys(found))


def _told_of(section: DigestSection, item: Any) -> Key:
    """The thing that is told: the item itself, unless it only tells of another."""
    if not section.tells_of:
        return _key_of(type(item), item.pk)
    model: Any = type(item)._meta.get_field(section.tells_of).related_model
    return _key_of(model, getattr(item, f"{section.tells_of}_id"))


def _key_of(model: type[Model], pk: int) -> Key:
    return ContentType.objects.get_for_model(model).pk, pk


def _day_fields() -> Days:
    """By content type, the field of the day that is near sooner or later, whoever tells of it."""
    return {
        ContentType.objects.get_for_model(section.model).pk: section.day
        for section in sections()
        if section.model and section.day
    }


def _day_of(item: Any, field: str) -> str:
    """ISO, by the calendar of Helsinki; empty for what is told once and for all."""
    value = getattr(item, field, None) if field else None
    if isinstance(value, datetime):
        value = timezone.localdate(value)
    return value.isoformat() if value else ""


def _came_at(item: Any) -> datetime | None:
    values = (getattr(item, name, None) for name in CAME)
    return next((value for value in values if isinstance(value, datetime)), None)


def compose_chunk(round_: Round, first: int, last: int, known: Candidates) -> int:
    """Compose for the readers in this range; a failing person is found by halving and left out."""
    people = list(round_.readers().filter(pk__range=(first, last)).order_by("pk"))
    known.forget_old()
    try:
        return _compose(round_, people, known)
    except DatabaseError:
        raise
    except Exception:
        if len(people) > 1:
            middle = people[len(people) // 2]
            return compose_chunk(round_, first, middle.pk - 1, known) + compose_chunk(
                round_, middle.pk, last, known
            )
        logger.exception("digest %s of user %s cannot be composed", round_.period, first)
        return 0


@request_cache.scope()
@transaction.atomic
def _compose(round_: Round, people: list[Any], known: Candidates) -> int:
    """1. choose for each; 2. take the digests nobody else took; 3. note the items; 4. post."""
    choices = choices_of(round_, people, known)
    mine = _take(round_, choices)
    DigestItem.objects.bulk_create(
        [item for digest in mine for item in items_of(digest, choices[digest.user_id])],
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    told = {digest.user_id for digest in mine if choices[digest.user_id].items}
    outbox.post_to_all(
        KIND,
        to=[person for person in people if person.pk in told],
        key=round_.period,
        values={"period": round_.period},
    )
    return len(told)


def choices_of(round_: Round, people: list[Any], known: Candidates) -> dict[int, Choice]:
    """What the round tells each of the people; nothing is noted."""
    audiences_of(people)
    offered = known.of(round_.since, people)
    told = _told(offered)
    mine = interests.interests_of(people)
    reasons = interests.reasons()
    limits = {section.key: section.limit for section in sections()}
    return {
        pk: Chooser(mine[pk], told[pk], reasons).choose(things, limits, round_.begins_at)
        for pk, things in offered.items()
    }


def _told(offered: dict[int, Offer]) -> defaultdict[int, defaultdict[Key, set[str]]]:
    """By reader and thing, the days that were told; only of what is offered now."""
    things = {thing.key for things in offered.values() for thing in things}
    found: defaultdict[int, defaultdict[Key, set[str]]] = defaultdict(_by_thing)
    rows = DigestItem.objects.filter(
        user__in=offered,
        content_type__in={kind for kind, _pk in things},
        object_id__in={pk for _kind, pk in things},
    )
    for user, kind, pk, day in rows.values_list("user", "content_type", "object_id", "day"):
        found[user][kind, pk].add(day)
    return found


def _by_thing() -> defaultdict[Key, set[str]]:
    return defaultdict(set)


def _take(round_: Round, choices: dict[int, Choice]) -> list[Digest]:
    """Those that are ours; the unique row decides between composers that run at the same time."""
    batch = uuid4()
    rows = [
        Digest(
            user_id=pk, kind=round_.frequency, period=round_.period, batch=batch,
            left=[f"{kind}:{thing}" for kind, thing in choice.left],
        )
        for pk, choice in choices.items()
    ]  # fmt: skip
    Digest.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    own = Digest.objects.filter(user__in=choices, kind=round_.frequency, period=round_.period)
    return list(own.filter(batch=batch).only("pk", "user_id"))


def items_of(digest: Digest, choice: Choice) -> list[DigestItem]:
    return [
        DigestItem(
            digest=digest, user_id=digest.user_id, section=one.thing.section, group=one.group,
            reason=one.interest.reason, reason_value=one.interest.value,
            organisation_id=one.interest.organisation, content_type_id=one.thing.kind,
            object_id=one.thing.pk, day=one.thing.day,
        )
        for one in choice.items
    ]  # fmt: skip

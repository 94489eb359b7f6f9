"""What of all that is offered one reader is told, and why; pure, without a statement.

1. what was told before is left out, whatever section offers it now;
2. each thing is weighed by what it shares with the reader, and gets the best reason;
3. at most twelve are told: what waits, at most five that are near, what weighs most, and some from
   other sectors. What is new and shares nothing but the neighbourhood comes last and is told apart.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from cluster_portal.core.interests import (
    MUTED,
    OBJECT,
    OTHER_SECTOR,
    SECTOR,
    TYPE,
    Interest,
    Mine,
    Reason,
    Tag,
)
from cluster_portal.notifications.models import Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

MOST, MOST_NEAR, MOST_OTHERS, MOST_LEFT = 12, 5, 3, 100
# Reasons that are no declared interest: the section's own, and what is told to whoever has none.
BY_SECTION, NO_INTERESTS = "section", "no-interests"
SECTION_WEIGHT = 60  # of what a section has chosen for this reader

Key = tuple[int, int]  # content type, primary key


class Thing(NamedTuple):
    section: str
    kind: int
    pk: int
    day: str  # the near one; empty for what has none
    came_at: datetime | None
    about: Key  # whose tags are its own; itself, or what of it this reader sees
    is_near: bool = False
    waits: bool = False
    is_personal: bool = False
    tags: frozenset[Tag] = frozenset()

    @property
    def key(self) -> Key:
        return self.kind, self.pk


class Chosen(NamedTuple):
    thing: Thing
    group: Group
    interest: Interest
    weight: float


class Choice(NamedTuple):
    items: list[Chosen]
    left: list[Key]


class Chooser:
    """For one reader: what concerns them, and of which things which days they were told."""

    def __init__(
        self, mine: Mine, told: Mapping[Key, set[str]], reasons: Mapping[str, Reason]
    ) -> None:
        muted = {tag for tag, one in mine.items() if one.reason == MUTED}
        self.blocked = {tag for tag in muted if tag.kind in {TYPE, OBJECT}}
        self.mine = {tag: one for tag, one in mine.items() if tag not in muted}
        self.sectors = {tag.value for tag in self.mine if tag.kind == SECTOR}
        self.told, self.reasons = told, reasons

    def choose(self, things: Iterable[Thing], limits: Mapping[str, int], since: datetime) -> Choice:
        """What came `since` and is not told counts as left."""
        fresh = [thing for thing in things if self.is_fresh(thing)]
        best: dict[Key, Chosen] = {}
        for thing in fresh:
            found = self.judged(thing)
            if found is not None:
                known = best.get(thing.key)
                best[thing.key] = _together(known, found) if known else found
        items = _picked(list(best.values()), limits)
        told = {one.thing.key for one in items}
        new = [thing.key for thing in fresh if thing.came_at and thing.came_at >= since]
        return Choice(items, [key for key in dict.fromkeys(new) if key not in told][:MOST_LEFT])

    def is_fresh(self, thing: Thing) -> bool:
        if self.blocked & thing.tags:
            return False
        days = self.told.get(thing.key)
        return days is None or bool(thing.day and thing.day not in days)

    def judged(self, thing: Thing) -> Chosen | None:
        """With its best reason; None for what has none."""
        if thing.is_personal:
            group = Group.WAITING if thing.waits else Group.FITS
            return Chosen(thing, group, Interest(BY_SECTION, thing.section), SECTION_WEIGHT)
        shared = [self.mine[tag] for tag in thing.tags if tag in self.mine]
        strong = [one for one in shared if not self.reasons[one.reason].weak]
        if any(self.reasons[one.reason].owns for one in strong):
            strong = [one for one in strong if self._is_chosen(one)]
        if strong:
            return self._by(strong, thing)
        return self._by_neighbourhood(shared, thing)

    def _is_chosen(self, interest: Interest) -> bool:
        reason = self.reasons[interest.reason]
        return reason.owns or reason.follows

    def _by_neighbourhood(self, shared: list[Interest], thing: Thing) -> Chosen | None:
        """What comes from another sector is told as such; the rest by what any neighbour shares."""
        sectors = {tag.value for tag in thing.tags if tag.kind == SECTOR}
        if self.sectors and sectors and not sectors & self.sectors:
            return Chosen(thing, Group.OTHERS, Interest(OTHER_SECTOR, min(sectors)), 0)
        if shared:
            return self._by(shared, thing, Group.NEW)
        if not self.mine:
            group = Group.NEAR if thing.is_near else Group.NEW
            return Chosen(thing, group, Interest(NO_INTERESTS, ""), 0)
        return None

    def _by(self, shared: list[Interest], thing: Thing, unfollowed: Group = Group.FITS) -> Chosen:
        """The weightiest is told; the others count a little, each reason once."""
        weights = {one: self.reasons[one.reason].weight for one in shared}
        first = max(shared, key=lambda one: (weights[one], one.reason, one.value))
        rest = {one.reason: weights[one] for one in shared if one.reason != first.reason}
        group = Group.FOLLOWED if self.reasons[first.reason].follows else unfollowed
        group = Group.NEAR if thing.is_near else group
        return Chosen(thing, group, first, weights[first] + sum(rest.values()) / 5)


def _together(one: Chosen, other: Chosen) -> Chosen:
    """The same thing offered twice: the near day is told, for the better reason."""
    near = next((each for each in (one, other) if each.thing.is_near), None)
    best = max(one, other, key=lambda each: each.weight)
    if near is None or best.group == Group.OTHERS:
        return best
    return best._replace(thing=near.thing, group=Group.NEAR)


def _picked(found: list[Chosen], limits: Mapping[str, int]) -> list[Chosen]:
    """In the order in which they are told."""
    others = [one for one in found if one.group == Group.OTHERS][:MOST_OTHERS]
    order = list(Group)
    urgent = {Group.WAITING: 0, Group.NEAR: 1}
    rest = [one for one in found if one.group != Group.OTHERS]
    rest.sort(key=lambda one: (urgent.get(one.group, 2), -one.weight))
    taken = _within_limits(rest, limits)
    taken = [*taken[: MOST - len(others)], *others]
    return sorted(taken, key=lambda one: (order.index(one.group), _near_first(one)))


def _within_limits(found: list[Chosen], limits: Mapping[str, int]) -> list[Chosen]:
    sections: Counter[str] = Counter()
    near, taken = 0, []
    for one in found:
        is_near = one.group == Group.NEAR
        if sections[one.thing.section] < limits[one.thing.section] and near + is_near <= MOST_NEAR:
            sections[one.thing.section] += 1
            near += is_near
            taken.append(one)
    return taken


def _near_first(one: Chosen) -> str:
    return one.thing.day if one.group == Group.NEAR else ""

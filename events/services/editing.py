"""Changing an event step by step, before and after it is published, alone or with its series."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Refused
from events.models import Event, EventSeries, Registration, Seats
from events.models.events import Stage
from events.services import quotas
from events.services.events import save_event, settle
from events.services.places import fill, lock, set_capacity
from events.services.proposals import CAN_BE_EDITED, set_places
from events.services.sessions import move_programme
from events.services.wall_clock import moved, wall
from projects.services import entries

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from events.models.events import Mode
    from members.models import User

OPEN_TO_CHANGES = CAN_BE_EDITED | {Stage.PUBLISHED}
MOMENTS = ("starts_at", "ends_at", "registration_opens_at", "registration_closes_at")
# Who sees it and who may come was agreed with the coordinators when it was published.
AGREED = frozenset({"visibility", "admission"})


@dataclass(frozen=True)
class Changes:
    """What a step of the form gives: plain fields, links to other rows, places by way, quotas."""

    values: dict[str, Any] = field(default_factory=dict)
    links: dict[str, Iterable[Any]] = field(default_factory=dict)
    places: dict[Mode, int | None] | None = None
    quotas: tuple[quotas.Wanted, ...] | None = None


@transaction.atomic
def edit_event(
    event: Event, changes: Changes, *, by: User, seen: str = "", following: bool = False
) -> Event:
    """`following`: the later events of the series change alike, their times by as much.

    The series is locked before its events, so that two editors of a series wait in turn.
    """
    if following and event.series_id:
        EventSeries.objects.select_for_update().get(pk=event.series_id)
    event = lock(event.pk)
    _refuse(event, changes, by)
    entries.refuse_late(event, seen)
    later = list(following_of(event)) if following else []
    first_day = timezone.localdate(event.starts_at)
    shifts = {
        name: wall(changes.values[name]) - wall(getattr(event, name))
        for name in MOMENTS
        if changes.values.get(name) and getattr(event, name)
    }
    _apply(event, _with_closing(event, changes), by=by)
    for each in later:
        other = lock(each.pk)
        _refuse(other, changes, by)
        days = (timezone.localdate(other.starts_at) - first_day).days
        _apply(other, _shifted(other, changes, shifts, days), by=by)
    return event


def following_of(event: Event) -> Any:
    """The later events of its series that can still be changed."""
    if event.series_id is None:
        return Event.objects.none()
    rows = Event.objects.filter(series=event.series_id, starts_at__gt=event.starts_at)
    return rows.filter(stage__in=sorted(OPEN_TO_CHANGES)).order_by("starts_at", "pk")


def _refuse(event: Event, changes: Changes, by: User) -> None:
    if not event.is_editable_by(by):
        raise Refused(_("You cannot do this."))
    if event.stage not in OPEN_TO_CHANGES or event.is_over:
        raise Refused(_("The event can no longer be changed."))
    is_agreed = event.stage == Stage.PUBLISHED and AGREED & changes.values.keys()
    if is_agreed and not event.is_managed_by(by):
        raise Refused(_("Ask a coordinator to change who sees a published event."))


def _shifted(
    event: Event, changes: Changes, shifts: dict[str, datetime.timedelta], days: int
) -> Changes:
    """The changes of the first event, for one that is held `days` later."""
    values = {name: value for name, value in changes.values.items() if name not in MOMENTS}
    for name, shift in shifts.items():
        if getattr(event, name):
            values[name] = moved(getattr(event, name), shift)
    held = None if changes.quotas is None else tuple(each.later(days) for each in changes.quotas)
    return _with_closing(event, replace(changes, values=values, quotas=held))


def _with_closing(event: Event, changes: Changes) -> Changes:
    """Registration closes as long before a moved event as before, and not after it has begun."""
    values = changes.values
    starts = values.get("starts_at")
    if starts is None or starts == event.starts_at or "registration_closes_at" in values:
        return changes
    shift = wall(starts) - wall(event.starts_at)
    closes = moved(event.registration_closes_at, shift)
    if closes <= timezone.now():
        closes = starts
    opens = event.registration_opens_at
    given = {"registration_closes_at": closes}
    if opens is not None and opens > closes:
        given["registration_opens_at"] = moved(opens, shift)
    return replace(changes, values={**values, **given})


def _apply(event: Event, changes: Changes, *, by: User) -> None:
    before = copy(event)
    changed = entries.assign(event, changes.values)
    is_published = event.stage == Stage.PUBLISHED
    if is_published and changed:
        save_event(event, by=by)
    elif changed:
        event.save()
        move_programme(before, event)
    for name, rows in changes.links.items():
        if entries.relink(event, name, rows):
            changed.append(name)
    days = (timezone.localdate(event.starts_at) - timezone.localdate(before.starts_at)).days
    if changes.places is not None or days:
        changed += _put_places(event, changes, days, by=by)
    settle(event)
    event.refresh_from_db(fields=["modes", "clusters", "updated_at"])
    if changed and not is_published:
        audit.record(event, "edited", by=by, details={"changed": changed})
    search.reindex(event)


def _put_places(event: Event, changes: Changes, days: int, *, by: User) -> list[str]:
    """Places and quotas, whose days move with the event; what has changed."""
    wanted = changes.quotas
    if wanted is None:
        wanted = quotas.wanted_now(event, days=days)
    is_draft = event.stage in CAN_BE_EDITED
    if is_draft:
        quotas.lift(event)
    changed = []
    if changes.places is not None:
        put = set_places(event, changes.places) if is_draft else _change(event, changes.places, by)
        changed += ["places"] if put else []
    seats, is_asked = quotas.seats_with_quotas(event), changes.quotas is not None
    if seats is not None and quotas.put_quotas(seats, wanted, by=by, is_strict=is_asked):
        changed.append("quotas")
        fill(seats, why="quota")
    return changed


def _change(event: Event, places: dict[Mode, int | None], by: User) -> bool:
    had = {seats.mode: seats for seats in event.seats.all()}
    gone = [seats for mode, seats in had.items() if mode not in places]
    if Registration.objects.filter(seats__in=gone).exists():
        raise Refused(_("People have registered for the way of taking part that you left out."))
    for seats in gone:
        seats.delete()
    for mode, capacity in places.items():
        if mode not in had:
            Seats.objects.create(event=event, mode=mode, capacity=capacity)
        elif had[mode].capacity != capacity:
            set_capacity(had[mode], capacity, by=by)
    return True

"""Places held for groups until a day: who may take one, what is let go, how quotas are set.

Everything here runs under the event's row lock, which the callers in `places` hold; `set_quotas`
and the hourly round take it themselves.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from events.models import Quota, Registration, Seats
from events.models.event_choices import Mode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from events.models import Event
    from members.models import User

MOST = 8


@dataclass(frozen=True)
class Wanted:
    """A quota as a form gives it; one of `sector`, `region` and `cluster` says which group."""

    group: str
    places: int
    held_until: datetime.date
    sector: str = ""
    region: int | None = None
    cluster: int | None = None

    def later(self, days: int) -> Wanted:
        return replace(self, held_until=self.held_until + datetime.timedelta(days=days))

    @property
    def named(self) -> dict[str, Any]:
        return {
            "group": self.group, "sector": self.sector,
            "region_id": self.region, "cluster_id": self.cluster,
        }  # fmt: skip


def person_of(row: Registration) -> int | None:
    """Whose organisation counts: the account's, for a colleague that of the one who brought them.

    A guest proves no organisation.
    """
    return row.user_id or row.brought_by_id


def let_go_due(seats: Seats) -> None:
    """What is held past its day, or once the event has begun, is everybody's again."""
    if not seats.held:
        return
    over = seats.quotas.filter(held__gt=0)
    _let_go(seats, over if seats.event.has_started else over.due())


def _let_go(seats: Seats, quotas: Any) -> None:
    freed = quotas.aggregate(sum=Sum("held"))["sum"] or 0
    if freed:
        quotas.update(held=0)
        _hold(seats, -freed)


def _hold(seats: Seats, more: int) -> None:
    Seats.objects.filter(pk=seats.pk).update(held=F("held") + more)
    seats.held += more


def quota_for(seats: Seats, row: Registration) -> Quota | None:
    """The first quota with a place for this person that nobody of the group waits for."""
    person = person_of(row)
    if not seats.held or person is None:
        return None
    for quota in seats.quotas.holding():
        quota.seats = seats
        if quota.people().filter(pk=person).exists() and not _is_awaited(quota, row):
            return quota
    return None


def _is_awaited(quota: Quota, row: Registration) -> bool:
    """Others of the group stand in the queue, which is moved up in the morning."""
    if quota.seats.event.has_started:
        return False
    queue = Registration.objects.waiting().filter(seats=quota.seats).exclude(pk=row.pk)
    return queue.filter(user__in=quota.people()).exists()


def take_held(quota: Quota, count: int = 1) -> None:
    """The places are now somebody's: they are counted as taken, no longer as held."""
    Quota.objects.filter(pk=quota.pk).update(held=F("held") - count)
    _hold(quota.seats, -count)


def give_back(seats: Seats, quota_pk: int) -> None:
    """A place that was taken from a quota is held for the group again while the quota lasts."""
    quota = seats.quotas.filter(pk=quota_pk).first()
    if quota and quota.is_in_force and quota.held < quota.places and not seats.event.has_started:
        Quota.objects.filter(pk=quota.pk).update(held=F("held") + 1)
        _hold(seats, 1)


@dataclass
class Pots:
    """What can be given out: places for everyone (None: without limit) and those of quotas."""

    seats: Seats
    quotas: list[Quota]
    open: int | None

    @classmethod
    def of(cls, seats: Seats) -> Pots:
        quotas = list(seats.quotas.holding()) if seats.held else []
        for quota in quotas:
            quota.seats = seats
        return cls(seats, quotas, seats.free)

    @property
    def is_empty(self) -> bool:
        has_open = self.open is None or self.open > 0
        return not has_open and not any(quota.held for quota in self.quotas)

    def share(self, rows: Sequence[Registration]) -> list[Registration]:
        """Those of the rows, in their order, for whom there is a place; `quota` says of which."""
        groups = self._groups(rows)
        return [row for row in rows if self._gets(row, groups)]

    def _groups(self, rows: Sequence[Registration]) -> dict[int, set[int]]:
        people = {person_of(row) for row in rows}
        return {
            quota.pk: set(quota.people().filter(pk__in=people).values_list("pk", flat=True))
            for quota in self.quotas
            if quota.held
        }

    def _gets(self, row: Registration, groups: dict[int, set[int]]) -> bool:
        for quota in self.quotas:
            if quota.held and person_of(row) in groups.get(quota.pk, set()):
                quota.held -= 1
                row.quota = quota
                return True
        if self.open is None:
            return True
        self.open -= 1
        return self.open >= 0


def put_quotas(seats: Seats, wanted: Iterable[Wanted], *, by: User, is_strict: bool = True) -> bool:
    """These and no others; the caller holds the event's lock. Whether anything changed.

    Those of the group who have a place already count as having taken it from the quota. What has no
    room is refused, or with `is_strict=False` held as far as there is room.
    """
    wanted, had = list(wanted), _as_wanted(seats)
    if not wanted and not had:
        return False
    seats.refresh_from_db()
    if seats.capacity is None and wanted:
        raise Refused(_("Give first how many places there are: only then can some be held."))
    _let_go(seats, seats.quotas.filter(held__gt=0))
    kept = [_put(seats, each, is_strict=is_strict) for each in wanted]
    seats.quotas.exclude(pk__in=kept).delete()
    if had == set(wanted):
        return False
    rows = seats.quotas.select_related("region", "cluster")
    told: dict[str, object] = {str(quota): quota.places for quota in rows}
    audit.record(seats.event, "quotas set", by=by, details=told)
    return True


def _as_wanted(seats: Seats) -> set[Wanted]:
    rows = seats.quotas.all()
    return {
        Wanted(row.group, row.places, row.held_until, row.sector, row.region_id, row.cluster_id)
        for row in rows
    }


def _put(seats: Seats, wanted: Wanted, *, is_strict: bool) -> int:
    limits = {"places": wanted.places, "held_until": wanted.held_until}
    quota, _is_new = Quota.objects.update_or_create(
        seats=seats, **wanted.named, defaults={**limits, "held": 0}
    )
    quota.seats = seats
    rows = Registration.objects.occupying().filter(seats=seats)
    of_group = rows.filter(quota=None, user__in=quota.people()).order_by("queued_at", "pk")
    room = wanted.places - rows.filter(quota=quota).count()
    found = list(of_group.values_list("pk", flat=True)[: max(room, 0)])
    Registration.objects.filter(pk__in=found).update(quota=quota)
    held = max(room - len(found), 0) if quota.is_in_force else 0
    free = max(seats.free or 0, 0)
    if held > free and is_strict:
        raise Refused(
            _("Only %(free)d places are free for %(group)s; %(held)d would be needed.")
            % {"free": free, "group": quota, "held": held}
        )
    Quota.objects.filter(pk=quota.pk).update(held=min(held, free))
    _hold(seats, min(held, free))
    return quota.pk


def seats_with_quotas(event: Event) -> Seats | None:
    """The seats that places are held of: those on site, else the remote ones."""
    seats = event.seats.filter(mode=Mode.ON_SITE).first() or event.seats.first()
    if seats is not None:
        seats.event = event
    return seats


def lift(event: Event) -> None:
    """Of a draft whose places are set anew: nothing is held until its quotas are put again."""
    Quota.objects.filter(seats__event=event).update(held=0)
    Seats.objects.filter(event=event).update(held=0)


def wanted_now(event: Event, *, days: int = 0) -> tuple[Wanted, ...]:
    """The quotas as they stand, their days so much later."""
    seats = seats_with_quotas(event)
    return tuple(each.later(days) for each in _as_wanted(seats)) if seats else ()


def due_seats() -> Any:
    """The seats that have something to let go; the rows are not locked."""
    return Seats.objects.filter(pk__in=Quota.objects.due().values("seats")).order_by("pk")


def last_day_of(event: Event) -> datetime.date:
    """Until when places can be held at the longest: registration closes."""
    return timezone.localdate(event.registration_closes_at)

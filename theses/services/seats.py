"""A supervisor's room in a term. The seats' row is the lock; its constraint has the last word."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from theses.models import SupervisionRequest, SupervisorSeats
from theses.models.supervision import Stage
from theses.models.terms import (
    AcademicTerm,
    capacity_before,
    free_seats,
    profile_of,
    term_of,
)
from theses.services.parties import locked_thesis, tell

if TYPE_CHECKING:
    from members.models import User
    from theses.models import SupervisorProfile, Thesis


MOST = 200


@transaction.atomic
def take(supervisor: User, on: datetime.date | None = None) -> SupervisorSeats:
    """One seat in the term of the day; `Refused` when there is none."""
    profile = profile_of(supervisor)
    if profile is None:
        raise Refused(_("Only somebody with a supervisor’s profile can supervise in the portal."))
    seats = _locked(profile, term_of(on), capacity=None)
    if seats is None or not seats.free:
        raise Refused(
            _("%(person)s has no room this term.") % {"person": supervisor.get_full_name()}
        )
    seats.taken += 1
    seats.save(update_fields=["taken"])
    return seats


@transaction.atomic
def free(thesis: Thesis) -> None:
    """Gives the thesis's seat back, and asks whoever waits for it. Under the thesis's lock."""
    if thesis.seat_id is None:
        return
    rows = SupervisorSeats.objects.select_for_update(of=("self",))
    seats = rows.select_related("profile__user").get(pk=thesis.seat_id)
    seats.taken = max(seats.taken - 1, 0)
    seats.save(update_fields=["taken"])
    thesis.seat = None
    thesis.save(update_fields=["seat"])
    ask_when_committed(seats.profile.user)


@transaction.atomic
def exchange(thesis: Thesis, supervisor: User) -> SupervisorSeats:
    """A seat of the new supervisor's for that of the old one; rows are locked by their keys."""
    term = term_of()
    own = Q(profile__user=supervisor, year=term.year, half=term.half)
    both = SupervisorSeats.objects.select_for_update(of=("self",)).filter(
        own | Q(pk=thesis.seat_id)
    )
    list(both.order_by("pk").values_list("pk"))
    seats = take(supervisor)
    free(thesis)
    return seats


@transaction.atomic
def set_capacity(
    profile: SupervisorProfile, year: int, half: str, capacity: int, by: User | None
) -> SupervisorSeats:
    """How many theses a supervisor takes on in a term; never fewer than are taken on already."""
    if not 0 <= capacity <= MOST:
        raise Refused(_("The number must be between 0 and %(most)s.") % {"most": MOST})
    seats = _locked(profile, AcademicTerm(year, half), capacity=capacity)
    assert seats is not None  # noqa: S101 (a capacity was given)
    if capacity < seats.taken:
        raise Refused(
            _("%(count)s theses have been taken on already in %(term)s.")
            % {"count": seats.taken, "term": str(seats).lower()}
        )
    if seats.capacity != capacity:
        seats.capacity = capacity
        seats.save(update_fields=["capacity"])
        details: dict[str, object] = {"term": f"{year} {half}", "capacity": capacity}
        audit.record(profile, "capacity", by=by, details=details)
    if seats.free:
        ask_when_committed(profile.user)
    return seats


def _locked(
    profile: SupervisorProfile, term: AcademicTerm, *, capacity: int | None
) -> SupervisorSeats | None:
    """The row of the term, held; made with `capacity`, else with the room of the term before."""
    rows = SupervisorSeats.objects.select_for_update(of=("self",))
    mine = rows.filter(profile=profile, year=term.year, half=term.half)
    found = mine.first()
    if found is not None:
        return found
    room = capacity if capacity is not None else capacity_before(profile, term)
    if room is None:
        return None
    try:
        with transaction.atomic():
            SupervisorSeats.objects.create(
                profile=profile, year=term.year, half=term.half, capacity=room
            )
    except IntegrityError:  # somebody was faster: the row is there, and waits below
        return mine.first()
    return mine.first()


MOST_AT_ONCE = 200


def ask_next(thesis: Thesis, *, by: User | None) -> SupervisionRequest | None:
    """Under the thesis's lock: who is being asked, or the first in the order who has room."""
    asked = thesis.requests.filter(stage=Stage.ASKED).first()
    if asked is not None:
        return asked
    rows = thesis.requests.filter(stage__in=[Stage.QUEUED, Stage.WAITING]).order_by("rank")
    for request in rows.select_for_update(of=("self",)).select_related("supervisor"):
        request.thesis = thesis
        if _ask(request, by=by):
            return request
    return None


def _ask(request: SupervisionRequest, *, by: User | None) -> bool:
    """Asks the supervisor, or lets the request wait for room."""
    if not request.supervisor.is_active:
        request.stage = Stage.WITHDRAWN
        request.save(update_fields=["stage"])
        return False
    if not free_seats(request.supervisor):
        _let_wait(request, by=by)
        return False
    now = timezone.now()
    request.stage, request.asked_at, request.answered_at = Stage.ASKED, now, None
    request.answer_by = timezone.localdate(now) + datetime.timedelta(days=request.days)
    request.reminded_at = None  # of an earlier day
    request.save()
    entry = audit.record(request, "asked", by=by)
    tell("supervision_asked", [request.supervisor], entry, request, but=by)
    return True


def _let_wait(request: SupervisionRequest, *, by: User | None) -> None:
    if request.stage == Stage.WAITING:
        return
    request.stage, request.answered_at = Stage.WAITING, timezone.now()
    request.save(update_fields=["stage", "answered_at"])
    entry = audit.record(request, "waits for room", by=by)
    tell("supervision_waiting", [request.supervisor], entry, request, but=by)


def ask_when_committed(supervisor: User) -> None:
    """Room has appeared under the lock of the seats, which comes last: asking locks earlier rows.

    Should the process die in between, the hourly round asks.
    """
    pk = supervisor.pk
    transaction.on_commit(lambda: ask_waiting(pk), robust=True)


def ask_waiting(supervisor: int | None = None) -> int:
    """Asks those who wait for room, the longest waiting first, as far as there is room."""
    rows = SupervisionRequest.objects.filter(stage=Stage.WAITING)
    if supervisor is not None:
        rows = rows.filter(supervisor=supervisor)
    rows = rows.select_related("supervisor", "thesis__application__topic")
    asked = 0
    room: dict[int, int] = {}
    for row in rows.order_by("answered_at", "pk")[:MOST_AT_ONCE]:
        left = room.setdefault(row.supervisor_id, free_seats(row.supervisor))
        if left > 0 and _ask_waiting_one(row):
            room[row.supervisor_id] -= 1
            asked += 1
    return asked


@transaction.atomic
def _ask_waiting_one(row: SupervisionRequest) -> bool:
    """Unless the answer is no longer needed, or another is being asked just now."""
    thesis = locked_thesis(row.thesis)
    request = SupervisionRequest.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if request.stage != Stage.WAITING or thesis.requests.filter(stage=Stage.ASKED).exists():
        return False
    request.thesis = thesis
    return _ask(request, by=None)

"""A supervisor's room in a term. The seats' row is the lock; its constraint has the last word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from theses.models import SupervisorSeats
from theses.models.terms import AcademicTerm, capacity_before, profile_of, term_of
from theses.services.asking import ask_when_committed

if TYPE_CHECKING:
    import datetime

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
    hers = Q(profile__user=supervisor, year=term.year, half=term.half)
    both = SupervisorSeats.objects.select_for_update(of=("self",)).filter(
        hers | Q(pk=thesis.seat_id)
    )
    list(both.order_by("pk").values_list("pk"))
    seats = take(supervisor)
    free(thesis)
    return seats


@transaction.atomic
def set_capacity(
    profile: SupervisorProfile, year: int, half: str, capacity: int, by: User | None
) -> SupervisorSeats:
    """How many she takes on in a term; never fewer than she has taken on already."""
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
    """The row of the term, held; made with `capacity`, else with what she had room for before."""
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

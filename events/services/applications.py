"""Events whose organiser accepts each registration, and those for the invited alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.text import cleaning
from cluster_portal.core.visibility import Reader, audience
from events.models.event_choices import Admission
from events.models.event_choices import Stage as EventStage
from events.models.registrations import MOVES, Registration, Stage
from events.services.notices import tell
from events.services.places import admit, lock

if TYPE_CHECKING:
    from events.models import Event
    from members.models import User

MOST_REASON = 2000


def is_welcome(event: Event, user: Reader | None) -> bool:
    """Whether this reader may register; a guest proves no organisation."""
    if event.admission != Admission.INVITED:
        return True
    if user is None or not user.is_authenticated:
        return False
    known = audience(user)
    if known.is_admin or event.is_editable_by(user):
        return True
    return event.invited_organisations.filter(pk__in=known.organisations).exists()


def refuse_uninvited(event: Event, user: Reader | None) -> None:
    if not is_welcome(event, user):
        raise Refused(_("Only people of the invited organisations can register."))


@transaction.atomic
def approve(registration: Registration, *, by: User) -> Registration:
    """Gives a place, or the end of the queue where there is none."""
    row = _locked(registration)
    MOVES.step("approve", row, by)
    _refuse_closed(row.event)
    return admit(row, by=by, is_accepted=True)


@transaction.atomic
def turn_down(registration: Registration, *, by: User, reason: str) -> Registration:
    row = _locked(registration)
    MOVES.step("turn_down", row, by)
    _refuse_closed(row.event)
    reason = cleaning.prose(reason)[:MOST_REASON]
    if not reason:
        raise Refused(_("Give the reason."))
    row.stage = Stage.REFUSED
    row.save(update_fields=["stage"])
    entry = audit.record(row, "registration refused", by=by, reason=reason)
    tell("registration_refused", row, entry.pk, reason=reason)
    return row


def _refuse_closed(event: Event) -> None:
    """Nobody is told of a place in an event that is not held any more."""
    if event.stage != EventStage.PUBLISHED or event.is_over:
        raise Refused(_("The event is not open."))


def _locked(registration: Registration) -> Registration:
    event = lock(registration.event_id)
    row = Registration.objects.select_related("seats", "user").get(pk=registration.pk)
    row.event = row.seats.event = event
    return row

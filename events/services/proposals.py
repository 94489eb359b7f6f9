"""An event that a member organisation proposes: a draft, sent in, published by a coordinator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import Visibility
from cluster_portal.notifications import outbox
from events.models import Event, Seats
from events.models.event_choices import Admission, Mode, Stage
from events.models.events import MOVES, RESERVED_SLUGS
from events.services.places import lock
from members.services.needs import home_of
from members.services.recipients import contacts_of, coordinators_of
from projects.services import entries
from projects.services.projects import checked_reason

if TYPE_CHECKING:
    from cluster_portal.core.audit import AuditEntry
    from members.models import User
    from projects.models import Challenge, Project

PROPOSAL_STEPS = ("submit", "send_back", "withdraw")
CAN_BE_EDITED = frozenset({Stage.DRAFT, Stage.PROPOSED})
Places = dict[Mode, int | None]  # by way of taking part; None is without limit


@dataclass(frozen=True)
class Source:
    """What an event is planned because of."""

    challenge: Challenge | None = None
    project: Project | None = None


@transaction.atomic
def propose_event(
    values: dict[str, Any], places: Places, *, by: User, source: Source | None = None
) -> Event:
    """Stores a draft; the same form makes one event."""
    known = entries.sent_before(Event, values["form_key"], by)
    if known is not None:
        return known
    organisation = values["organisation"]
    entries.refuse_stranger(organisation, by)
    source = source or Source()
    home = home_of(organisation, by)
    event = Event(
        **values, home_cluster=home, clusters=[home.pk], teller=by,
        from_challenge=source.challenge, from_project=source.project,
    )  # fmt: skip
    entries.insert(event, event.title_fi, empty="tapahtuma", reserved=RESERVED_SLUGS)
    set_places(event, places)
    _find_themes(event, source)
    search.reindex(event)
    tied = {"challenge": source.challenge, "project": source.project}
    audit.record(
        event, "created", by=by, details={name: one.pk for name, one in tied.items() if one}
    )
    return event


def set_places(event: Event, places: Places) -> bool:
    """Nobody can have registered yet, so a way of taking part may go; whether anything changed."""
    had = dict(event.seats.values_list("mode", "capacity"))
    if had == places:
        return False
    event.seats.exclude(mode__in=places).delete()
    for mode, capacity in places.items():
        Seats.objects.update_or_create(event=event, mode=mode, defaults={"capacity": capacity})
    event.modes = sorted(places)
    event.save(update_fields=["modes", "updated_at"])
    return True


def hosts(event: Event) -> list[int]:
    """The clusters whose coordinators look after the event."""
    return [event.home_cluster_id, *event.co_hosts.values_list("pk", flat=True)]


def _find_themes(event: Event, source: Source) -> None:
    """Those of what it is planned because of, else those that its text speaks of."""
    for behind in (source.challenge, source.project):
        if behind is not None and behind.terms.exists():
            event.terms.set(behind.terms.all())
            return
    event.terms.set(entries.found_terms(event.title_fi, event.summary_fi, event.description))


@transaction.atomic
def move_proposal(event: Event, action: str, *, by: User, reason: str = "") -> Event:
    """Sends it in, back, or takes it away; each side is told of the other's step."""
    event = lock(event.pk)
    move = MOVES.step(action, event, by)
    reason = checked_reason(move, reason)
    if action == "submit":
        refuse_unready(event)
    was = event.stage
    event.stage = Stage(move.target)
    event.save(update_fields=["stage", "updated_at"])
    search.reindex(event)
    entry = audit.record(event, action, by=by, reason=reason, details={"stage": move.target})
    if action == "send_back":
        tell_proposer(event, entry, by=by, reason=reason)
    elif action == "submit" or was == Stage.PROPOSED:
        kind = "event_submitted" if action == "submit" else "event_taken_back"
        outbox.post_to_all(
            kind, to=coordinators_of(hosts(event), but=by),
            key=str(entry.pk), about=event, values={"stage": event.stage},
        )  # fmt: skip
    return event


def missing_of(event: Event) -> list[str]:
    """The fields that a draft still lacks before it can be sent."""
    lacks = {
        "summary_fi": not event.summary_fi,
        "starts_at": event.starts_at <= timezone.now(),
        "municipality": Mode.ON_SITE in event.modes and not event.municipality,
        "registration_closes_at": event.registration_closes_at <= timezone.now(),
        "invited_organisations": _names_nobody(event),
    }
    return [name for name, is_lacking in lacks.items() if is_lacking]


def _names_nobody(event: Event) -> bool:
    is_named = event.admission == Admission.INVITED or event.visibility == Visibility.GROUP
    return is_named and not event.invited_organisations.exists()


def refuse_unready(event: Event) -> None:
    if event.starts_at <= timezone.now():
        raise Refused(_("The event has begun already. Give a time that is ahead."))
    if not event.seats.exists():
        raise Refused(_("Say first how many places there are, on site or remotely."))


def tell_proposer(event: Event, entry: AuditEntry, *, by: User, reason: str = "") -> None:
    """The one who proposed it, while still of the organisation, and the contacts."""
    teller = event.teller
    if teller is None:
        return
    people = {person.pk: person for person in contacts_of([event.organisation_id], but=by)}
    if teller != by and teller.is_active and Event.objects.editable_by(teller).contains(event):
        people[teller.pk] = teller
    outbox.post_to_all(
        "event_proposal_moved", to=people.values(), key=str(entry.pk), about=event,
        values={"stage": event.stage, "reason": reason},
    )  # fmt: skip

"""Publishing, moving and cancelling an event: everyone concerned is told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.search import reindex
from cluster_portal.core.text import cleaning
from cluster_portal.notifications.services import following
from events.models import Event, Idea, Registration
from events.models.events import MOVES, Mode, Stage
from events.models.registrations import TOLD
from events.services.notices import tell
from events.services.places import lock
from events.services.proposals import PROPOSAL_STEPS, move_proposal, tell_proposer
from events.services.sessions import move_programme
from members.services.arrivals import came

if TYPE_CHECKING:
    from typing import Any

    from cluster_portal.core.audit import AuditEntry
    from members.models import User

MAX_REASON = 2000
# What participants plan by: a change of it is a new version of their calendar entry.
TOLD_ABOUT = ("starts_at", "ends_at", "venue", "municipality", "remote_link")


@transaction.atomic
def publish_event(event: Event, *, by: User) -> Event:
    event = lock(event.pk)
    move = MOVES.step("publish", event, by)
    if not event.seats.exists():
        raise Refused(_("Say first how many places there are, on site or remotely."))
    event.stage, event.published_at = Stage(move.target), timezone.now()
    event.modes, event.clusters = _modes_of(event), _clusters_of(event)
    event.save(update_fields=["stage", "published_at", "modes", "clusters", "updated_at"])
    entry = audit.record(event, "published", by=by)
    reindex(event)
    tell_proposer(event, entry, by=by)
    came("events", event, since=event.published_at)
    return event


@transaction.atomic
def cancel_event(event: Event, *, by: User, reason: str) -> Event:
    event = lock(event.pk)
    move = MOVES.step("cancel", event, by)
    reason = cleaning.prose(reason)[:MAX_REASON]
    if not reason:
        raise Refused(_("Give the reason."))
    event.stage = Stage(move.target)
    event.ics_sequence = F("ics_sequence") + 1
    event.save(update_fields=["stage", "ics_sequence", "updated_at"])
    entry = audit.record(event, "cancelled", by=by, reason=reason)
    following.tell(event, "cancelled", key=str(entry.pk), by=by)
    event.refresh_from_db()
    for registration in _participants(event):
        tell("event_cancelled", registration, f"{entry.pk}:{registration.pk}", reason=reason)
    return event


@transaction.atomic
def save_event(event: Event, *, by: User) -> Event:
    """Stores an edited event. If it is published, participants are told what changes for them.

    That follows from the way of taking part: a new room is no news to those who come remotely.
    """
    before = lock(event.pk) if event.pk else None
    moved = before is not None and any(
        getattr(before, field) != getattr(event, field) for field in TOLD_ABOUT
    )
    if before is not None and moved:
        event.ics_sequence = before.ics_sequence + 1
    event.save()
    if before is not None:
        move_programme(before, event)
    seen_by = audit.change(visibility=(before.visibility, event.visibility)) if before else {}
    entry = audit.record(event, "moved" if moved else "saved", by=by, details=seen_by)
    if before is not None and event.stage == Stage.PUBLISHED:
        _tell_followers(before, event, entry, by=by)
        if moved and not event.is_over:
            _tell_news(before, event, entry.pk)
    reindex(event)
    if before is not None and before.visibility != event.visibility:
        Idea.objects.filter(event=event).update(visibility=event.visibility)
    if before is not None and event.stage == Stage.PUBLISHED:
        came("events", event, since=event.published_at, before=before.visibility)
    return event


def settle(event: Event) -> None:
    """After its rows have changed: what the event repeats of them."""
    modes, clusters = _modes_of(event), _clusters_of(event)
    Event.objects.filter(pk=event.pk).update(modes=modes, clusters=clusters)
    reindex(event)


def _modes_of(event: Event) -> list[str]:
    return sorted(event.seats.values_list("mode", flat=True))


def _clusters_of(event: Event) -> list[int]:
    others = event.co_hosts.exclude(pk=event.home_cluster_id).order_by("pk")
    return [event.home_cluster_id, *others.values_list("pk", flat=True)]


def _participants(event: Event) -> list[Registration]:
    """Those who come or wait, and those who have asked to come."""
    rows = Registration.objects.filter(event=event, stage__in=sorted(TOLD))
    rows = rows.select_related("seats", "user")
    return list(rows.order_by("pk"))


def _tell_news(before: Event, event: Event, key: int) -> None:
    for registration in _participants(event):
        was, now = _facts(registration, before), _facts(registration, event)
        if was != now:
            tell("event_moved", registration, f"{key}:{registration.pk}", **was)


def _tell_followers(before: Event, event: Event, entry: AuditEntry, *, by: User) -> None:
    """Of a new time or place as everybody may know it, and of what is told afterwards."""
    was, now = ((each.starts_at, each.ends_at, each.open_place) for each in (before, event))
    if was != now:
        following.tell(event, "changed", key=str(entry.pk), by=by)
    had = before.aftermath, before.recording_link
    if event.is_over and had != (event.aftermath, event.recording_link):
        following.tell(event, "afterwards", key=f"{entry.pk}:after", by=by)


def _facts(registration: Registration, event: Event) -> dict[str, Any]:
    """What this participant knows of the event, in the form that a letter keeps."""
    registration.event = event
    return {
        "starts_at": event.starts_at.isoformat(),
        "ends_at": event.ends_at.isoformat(),
        # "Remotely" is no place: in the language of whom it is told to, it would look moved.
        "place": registration.place if registration.mode != Mode.REMOTE else "",
        "link": registration.join_link,
    }


def move_event(event: Event, action: str, *, by: User, reason: str = "") -> Event:
    """One of the workflow's steps by its name."""
    if action == "publish":
        return publish_event(event, by=by)
    if action == "cancel":
        return cancel_event(event, by=by, reason=reason)
    if action in PROPOSAL_STEPS:
        return move_proposal(event, action, by=by, reason=reason)
    raise Refused(_("You cannot do this."))

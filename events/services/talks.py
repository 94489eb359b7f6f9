"""The call for talks: opened, answered, reviewed; chosen talks stand in the programme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Refused
from cluster_portal.notifications import outbox
from events.models import AgendaItem, Event, Registration, SessionChoice, Talk
from events.models.event_choices import Stage as EventStage
from events.models.talks import TALK_MOVES, TalkStage
from events.services.places import lock
from events.services.proposals import hosts
from members.services.recipients import coordinators_of
from projects.services.projects import checked_reason

if TYPE_CHECKING:
    import datetime

    from cluster_portal.core.audit import AuditEntry
    from members.models import User

MOST_OF_ONE = 5


@transaction.atomic
def open_call(event: Event, until: datetime.datetime | None, *, by: User) -> Event:
    """Until when talks can be proposed; None closes the call."""
    event = _organised(event, by)
    event.talks_until = until
    event.save(update_fields=["talks_until", "updated_at"])
    told = {"until": until.isoformat() if until else ""}
    audit.record(event, "call for talks", by=by, details={**told})
    return event


@transaction.atomic
def propose_talk(event: Event, values: dict[str, Any], *, by: User) -> Talk:
    """Waits for review; the organisers are told."""
    event = lock(event.pk)
    known = made_by(Talk, values["form_key"], author=by, event=event)
    if known is not None:
        return known
    if not event.takes_talks:
        raise Refused(_("The call for talks is closed."))
    if (
        Talk.objects.filter(event=event, author=by, stage=TalkStage.SUBMITTED).count()
        >= MOST_OF_ONE
    ):
        raise Refused(_("Your earlier proposals wait for review."))
    talk = Talk.objects.create(event=event, author=by, **values)
    entry = audit.record(talk, "talk proposed", by=by)
    readers = {person.pk: person for person in coordinators_of(hosts(event), but=by)}
    if event.teller is not None and event.teller != by and event.is_editable_by(event.teller):
        readers[event.teller.pk] = event.teller
    outbox.post_to_all("talk_proposed", to=readers.values(), key=str(entry.pk), about=talk)
    return talk


@transaction.atomic
def note_talk(talk: Talk, note: str, *, by: User) -> Talk:
    """What the organisers think of it, for themselves."""
    talk = _locked(talk)
    _organised(talk.event, by)
    talk.note = note
    talk.save(update_fields=["note"])
    return talk


@transaction.atomic
def accept_talk(talk: Talk, values: dict[str, Any], *, by: User) -> Talk:
    """Into the programme, at the time and in the stream of the values, with its abstract."""
    talk = _locked(talk)
    move = TALK_MOVES.step("accept", talk, by)
    talk.item = AgendaItem.objects.create(
        event=talk.event, title=talk.title, speaker=talk.speaker, speaker_agreed=True,
        abstract=talk.summary, **values,
    )  # fmt: skip
    talk.stage = TalkStage(move.target)
    talk.save(update_fields=["stage", "item"])
    _tell(talk, audit.record(talk, "talk accepted", by=by))
    return talk


@transaction.atomic
def decline_talk(talk: Talk, reason: str, *, by: User) -> Talk:
    talk = _locked(talk)
    move = TALK_MOVES.step("decline", talk, by)
    talk.reason = checked_reason(move, reason)
    talk.stage = TalkStage(move.target)
    talk.save(update_fields=["stage", "reason"])
    _tell(talk, audit.record(talk, "talk declined", by=by, reason=talk.reason))
    return talk


@transaction.atomic
def withdraw_talk(talk: Talk, *, by: User) -> Talk:
    talk = _locked(talk)
    talk.stage = TalkStage(TALK_MOVES.step("withdraw", talk, by).target)
    talk.save(update_fields=["stage"])
    audit.record(talk, "talk withdrawn", by=by)
    return talk


def back_to_review(item: AgendaItem) -> None:
    """Before an item leaves the programme: its talk waits for review again."""
    Talk.objects.filter(item=item).update(stage=TalkStage.SUBMITTED, item=None)


@transaction.atomic
def choose_session(registration: Registration, item_pk: int, *, by: User | None) -> None:
    """One of the items that begin at that time; `by=None` is the holder of a signed link."""
    event = lock(registration.event_id)
    row = Registration.objects.get(pk=registration.pk)
    if by is not None and by.pk not in {row.user_id, row.brought_by_id}:
        raise Refused(_("You cannot do this."))
    if not row.has_place or event.stage != EventStage.PUBLISHED or event.has_started:
        raise Refused(_("Sessions are chosen by those who have a place, before the event begins."))
    item = AgendaItem.objects.filter(event=event, pk=item_pk).first()
    if item is None:
        raise Refused(_("This is no longer in the programme."))
    before = SessionChoice.objects.filter(registration=row, slot=item.starts_at).first()
    if before is not None and before.item_id == item.pk:
        return
    if item.capacity is not None and item.chosen >= item.capacity:
        raise Refused(_("The session is full. Choose another one."))
    if before is not None:
        AgendaItem.objects.filter(pk=before.item_id).update(chosen=F("chosen") - 1)
        before.delete()
    AgendaItem.objects.filter(pk=item.pk).update(chosen=F("chosen") + 1)
    SessionChoice.objects.create(registration=row, item=item, slot=item.starts_at)


def _tell(talk: Talk, entry: AuditEntry) -> None:
    if talk.author is not None and talk.author.is_active:
        outbox.post("talk_decided", to=talk.author, key=str(entry.pk), about=talk)


def _locked(talk: Talk) -> Talk:
    lock(talk.event_id)
    rows = Talk.objects.select_related("event", "author")
    return rows.select_for_update(of=("self",)).get(pk=talk.pk)


def _organised(event: Event, by: User) -> Event:
    event = lock(event.pk)
    if not event.is_editable_by(by):
        raise Refused(_("You cannot do this."))
    if event.stage != EventStage.PUBLISHED or event.ends_at <= timezone.now():
        raise Refused(_("The event is not open."))
    return event

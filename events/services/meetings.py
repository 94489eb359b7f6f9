"""A meeting from its plan to the approved minutes: agenda, invitation, who comes, who was there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cluster_portal.core import audit
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Refused
from events.models import Attendance, Body, BodyMember, Meeting, MeetingItem
from events.models.bodies import Role
from events.models.meetings import (
    AHEAD,
    MOVES,
    Answer,
    ItemKind,
    ItemState,
    Presence,
    Stage,
)
from events.services import bodies
from events.services.decisions import confirm_decisions, follow_up_words
from events.services.meeting_notices import (
    add_missing,
    invite_missing,
    leaders_of,
    tell_all,
    tell_seat,
)
from projects.services import entries
from projects.services.projects import checked_reason

if TYPE_CHECKING:
    from uuid import UUID

    from members.models import User

MOST_ITEMS = 60
TOLD_ABOUT = ("starts_at", "ends_at", "place", "remote_link")
FIRST = ((ItemKind.OPENING, "Kokouksen avaus, läsnäolijat ja päätösvaltaisuus"),
         (ItemKind.FOLLOW_UP, "Edellisten päätösten seuranta"))  # fmt: skip
LAST = (ItemKind.CLOSING, "Kokouksen päättäminen")


def lock(meeting: Meeting) -> Meeting:
    """Everything of a meeting is written under its lock: agenda, minutes, decisions, approval."""
    rows = Meeting.objects.select_related("body").select_for_update(of=("self",), no_key=True)
    return rows.get(pk=meeting.pk)


def lock_to_edit(meeting: Meeting, by: User) -> Meeting:
    meeting = lock(meeting)
    if not meeting.body.is_editable_by(by):
        raise Refused(_("You cannot do this."))
    return meeting


@transaction.atomic
def plan_meeting(body: Body, values: dict[str, Any], *, form_key: UUID, by: User) -> Meeting:
    """With the matters that every agenda has; open decisions are followed up by themselves."""
    body = bodies.lock(body, by)
    known = made_by(Meeting, form_key, body=body)
    if known is not None:
        return known
    year = timezone.localtime(values["starts_at"]).year
    meeting = Meeting.objects.create(
        body=body, form_key=form_key, year=year, number=_next_number(body, year), teller=by,
        **values,
    )  # fmt: skip
    for number, (kind, title) in enumerate((*FIRST, LAST), start=1):
        MeetingItem.objects.create(meeting=meeting, kind=kind, title=title, number=number)
    audit.record(meeting, "meeting planned", by=by)
    return meeting


def _next_number(body: Body, year: int) -> int:
    """Under the body's lock."""
    last = body.meetings.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    return int(last) + 1


@transaction.atomic
def edit_meeting(meeting: Meeting, values: dict[str, Any], *, by: User, seen: str) -> Meeting:
    """Of a called meeting that moves, everybody gets the new time with the calendar entry. One that
    moves to another year gets a number of that year."""
    bodies.lock(meeting.body, by)
    meeting = lock_to_edit(meeting, by)
    entries.refuse_late(meeting, seen)
    if meeting.stage not in AHEAD:
        raise Refused(_("The meeting has begun. Its time and place stay as they are."))
    changed = entries.assign(meeting, values)
    year = timezone.localtime(meeting.starts_at).year
    if year != meeting.year:
        meeting.year, meeting.number = year, _next_number(meeting.body, year)
        changed.append("number")
    moved = meeting.stage == Stage.CALLED and not set(TOLD_ABOUT).isdisjoint(changed)
    if moved:
        meeting.ics_sequence += 1
    meeting.save()
    entry = audit.record(meeting, "meeting edited", by=by, details={"changed": changed})
    if moved:
        new = invite_missing(meeting, entry.pk)
        tell_all("meeting_moved", meeting, entry.pk, but_rows=new)
        _tell_who_left(meeting, entry.pk)
    return meeting


def _tell_who_left(meeting: Meeting, key: int) -> None:
    """Whose term ends before the day to which a called meeting has moved."""
    day = timezone.localdate(meeting.starts_at)
    rows = meeting.attendances.select_related("seat__user", "meeting__body").order_by("pk")
    for row in rows:
        if row.seat.is_current and not row.seat.sits_on(day):
            tell_seat("meeting_cancelled", row.seat, key, row)


def move_meeting(
    meeting: Meeting, action: str, *, by: User, reason: str = "", seen: str = ""
) -> Meeting:
    """One of the workflow's steps; `seen` is the stamp of the page where minutes are approved."""
    with transaction.atomic():
        meeting = lock(meeting)
        move = MOVES.step(action, meeting, by)
        reason = checked_reason(move, reason)
        if action == "approve":
            entries.refuse_late(meeting, seen)
            meeting.approved_at, meeting.approver = timezone.now(), by
        if action == "cancel":
            meeting.ics_sequence += 1
        was, meeting.stage = meeting.stage, Stage(move.target)
        meeting.save()
        entry = audit.record(meeting, f"meeting {action}", by=by, reason=reason)
        _AFTER.get(action, _nothing)(meeting, entry.pk, by)
        if action == "cancel" and was == Stage.CALLED:
            tell_all("meeting_cancelled", meeting, entry.pk, reason=reason)
        return meeting


def _nothing(_meeting: Meeting, _key: int, _by: User) -> None:
    return None


def _called(meeting: Meeting, key: int, _by: User) -> None:
    if meeting.starts_at <= timezone.now():
        raise Refused(_("The meeting has a time that has passed. Give a new one first."))
    add_missing(meeting)
    tell_all("meeting_called", meeting, key)


def _begun(meeting: Meeting, _key: int, _by: User) -> None:
    """Who said that they come, and called deputies, are noted as present, to be corrected; who has
    left the body since the call is no part of the quorum."""
    add_missing(meeting)
    day = timezone.localdate(meeting.starts_at)
    meeting.attendances.exclude(seat__in=BodyMember.objects.invited(day)).delete()
    standing = BodyMember.objects.current(day).filter(role=Role.DEPUTY)
    for row in meeting.attendances.exclude(deputy=None).exclude(deputy__in=standing):
        row.deputy = None
        row.save(update_fields=["deputy"])
    deputies = meeting.attendances.filter(deputy__isnull=False, presence=Presence.UNKNOWN)
    for row in deputies:
        row.presence = Presence.THERE
        row.save(update_fields=["presence"])
    for answer, presence in (
        (Answer.COMES, Presence.THERE), (Answer.REMOTE, Presence.REMOTE),
        (Answer.AWAY, Presence.AWAY),
    ):  # fmt: skip
        rows = meeting.attendances.filter(answer=answer, presence=Presence.UNKNOWN)
        for row in rows:
            row.presence = presence
            row.save(update_fields=["presence"])


def _closed(meeting: Meeting, key: int, by: User) -> None:
    for seat in leaders_of(meeting.body, but=by):
        if seat.role == Role.CHAIR:
            tell_seat("minutes_to_approve", seat, key, meeting)


def _approved(meeting: Meeting, key: int, by: User) -> None:
    """What was followed up is kept as it was told; decisions go to those responsible."""
    with override("fi"):
        words = follow_up_words(meeting)
    meeting.items.filter(kind=ItemKind.FOLLOW_UP).update(snapshot=words)
    confirm_decisions(meeting, by=by)
    tell_all("minutes_approved", meeting, key, but=by)


_AFTER = {"call": _called, "begin": _begun, "close": _closed, "approve": _approved}


@transaction.atomic
def answer(attendance: Attendance, given: str, *, by: User | None) -> Attendance:
    """By the member, or by the link of their letter; until the meeting begins."""
    meeting = lock(attendance.meeting)
    attendance = _lock_row(attendance, meeting)
    if meeting.stage != Stage.CALLED:
        raise Refused(_("The meeting takes no answers any more."))
    if given not in Answer.values or given == Answer.NONE:
        raise Refused(_("Choose one of the answers."))
    attendance.answer, deputy = Answer(given), attendance.deputy
    if given != Answer.AWAY:
        attendance.deputy = None
    attendance.save(update_fields=["answer", "deputy"])
    entry = audit.record(meeting, "meeting answered", by=by, details={"answer": given})
    _tell_change_of_deputy(attendance, deputy, entry.pk)
    return attendance


def _lock_row(attendance: Attendance, meeting: Meeting) -> Attendance:
    """Fresh, under the lock of its meeting."""
    rows = Attendance.objects.select_related("seat__user", "deputy__user")
    attendance = rows.get(pk=attendance.pk)
    attendance.meeting = meeting
    return attendance


def _tell_change_of_deputy(row: Attendance, was: BodyMember | None, key: int) -> None:
    """One is called; the calendar of whoever is needed no more forgets the meeting."""
    if was == row.deputy:
        return
    row.meeting.ics_sequence += 1
    row.meeting.save(update_fields=["ics_sequence"])
    if was is not None:
        tell_seat("meeting_cancelled", was, key, row)
    if row.deputy is not None:
        tell_seat("meeting_called", row.deputy, key, row)


@transaction.atomic
def call_deputy(attendance: Attendance, deputy: BodyMember | None, *, by: User) -> Attendance:
    """For this meeting alone; without one the call is taken back and the papers close."""
    meeting = lock_to_edit(attendance.meeting, by)
    attendance = _lock_row(attendance, meeting)
    day = timezone.localdate(meeting.starts_at)
    fits = deputy is None or (
        deputy.body_id == meeting.body_id and deputy.role == Role.DEPUTY and deputy.sits_on(day)
        and deputy.deputy_of_id in {None, attendance.seat_id}
    )  # fmt: skip
    if not fits or meeting.stage not in {Stage.CALLED, Stage.RUNNING}:
        raise Refused(_("This deputy cannot be called."))
    was, attendance.deputy = attendance.deputy, deputy
    attendance.save(update_fields=["deputy"])
    entry = audit.record(meeting, "deputy called", by=by, details={"seat": attendance.seat_id})
    _tell_change_of_deputy(attendance, was, entry.pk)
    return attendance


@transaction.atomic
def note_presence(meeting: Meeting, there: dict[int, str], *, by: User) -> None:
    """By the keys of attendances; until the minutes are approved."""
    meeting = lock_to_edit(meeting, by)
    if not meeting.is_written:
        raise Refused(_("Presence is noted while the minutes are written."))
    for row in meeting.attendances.all():
        given = there.get(row.pk, row.presence)
        if given in Presence.values and given != row.presence:
            row.presence = Presence(given)
            row.save(update_fields=["presence"])
    meeting.save(update_fields=["updated_at"])
    audit.record(meeting, "presence noted", by=by)


@transaction.atomic
def add_item(meeting: Meeting, values: dict[str, Any], *, form_key: UUID, by: User) -> MeetingItem:
    """On the agenda by who looks after it; a member’s is a proposal, told to the secretary."""
    meeting = lock(meeting)
    known = made_by(MeetingItem, form_key, meeting=meeting)
    if known is not None:
        return known
    is_editor = meeting.body.is_editable_by(by)
    if not Meeting.objects.inside(by).contains(meeting):
        raise Refused(_("You cannot do this."))
    if meeting.stage not in AHEAD and not (is_editor and meeting.stage == Stage.RUNNING):
        raise Refused(_("The agenda takes no new matters any more."))
    if meeting.items.count() >= MOST_ITEMS:
        raise Refused(_("A meeting has at most %(count)s matters.") % {"count": MOST_ITEMS})
    item = MeetingItem(meeting=meeting, form_key=form_key, proposer=by, **values)
    if is_editor:
        _put_last(item)
    else:
        item.state = ItemState.PROPOSED
    item.save()
    entry = audit.record(meeting, "matter added", by=by, details={"state": item.state})
    if not is_editor:
        for seat in leaders_of(meeting.body, but=by):
            tell_seat("matter_proposed", seat, entry.pk, meeting, title=item.title)
    return item


def _put_last(item: MeetingItem) -> None:
    """Before the closing, which stays the last."""
    rows = item.meeting.items.filter(state=ItemState.ON)
    closing = rows.filter(kind=ItemKind.CLOSING).first()
    last = rows.aggregate(last=Max("number"))["last"] or 0
    item.state = ItemState.ON
    if closing is None:
        item.number = last + 1
        return
    item.number = closing.number
    rows.filter(number__gte=closing.number).update(number=F("number") + 1000)
    rows.filter(number__gte=1000).update(number=F("number") - 999)


@transaction.atomic
def answer_proposal(item: MeetingItem, *, takes: bool, reason: str, by: User) -> MeetingItem:
    meeting = lock_to_edit(item.meeting, by)
    item = MeetingItem.objects.select_related("proposer", "meeting__body").get(pk=item.pk)
    if item.state != ItemState.PROPOSED:
        raise Refused(_("The proposal has been answered already."))
    if takes:
        _put_last(item)
    elif not reason:
        raise Refused(_("Give the reason."))
    else:
        item.state, item.reason = ItemState.LEFT_OUT, reason[:300]
    item.save()
    entry = audit.record(meeting, "matter answered", by=by, reason=item.reason)
    seat = BodyMember.objects.current().filter(body=meeting.body, user=item.proposer).first()
    if seat is not None and item.proposer != by:
        tell_seat("matter_answered", seat, entry.pk, meeting, title=item.title,
                  state=item.state, reason=item.reason)  # fmt: skip
    return item


@transaction.atomic
def edit_item(
    item: MeetingItem, values: dict[str, Any], *, by: User, seen: str = ""
) -> MeetingItem:
    meeting = lock_to_edit(item.meeting, by)
    if meeting.is_approved or meeting.stage == Stage.CANCELLED:
        raise Refused(_("The minutes are approved. Write a correction instead."))
    item = MeetingItem.objects.get(pk=item.pk)
    entries.refuse_changed(item, values, seen)
    changed = entries.assign(item, values)
    item.save()
    meeting.save(update_fields=["updated_at"])
    audit.record(meeting, "matter edited", by=by, details={"changed": changed})
    return item


@transaction.atomic
def move_item(item: MeetingItem, *, up: bool, by: User) -> None:
    """Changes places with its neighbour; opening and closing stay where they are."""
    meeting = lock_to_edit(item.meeting, by)
    if meeting.stage not in AHEAD:
        raise Refused(_("The order stays as it was called."))
    rows = list(meeting.items.filter(state=ItemState.ON).order_by("number", "pk"))
    here = next((n for n, row in enumerate(rows) if row.pk == item.pk), None)
    there = None if here is None else here + (-1 if up else 1)
    if here is None or there is None or not 0 <= there < len(rows):
        return
    first, second = rows[here], rows[there]
    if {first.kind, second.kind} & {ItemKind.OPENING, ItemKind.CLOSING}:
        return
    numbers = first.number, second.number
    MeetingItem.objects.filter(pk=first.pk).update(number=10_000)
    MeetingItem.objects.filter(pk=second.pk).update(number=numbers[0])
    MeetingItem.objects.filter(pk=first.pk).update(number=numbers[1])
    audit.record(meeting, "agenda ordered", by=by)

"""Decisions: taken in minutes, told to who is responsible, reminded of, reported on."""

from __future__ import annotations

import datetime
import uuid
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Refused
from cluster_portal.notifications import outbox
from events.models import Decision, DecisionReport, Meeting, MeetingItem
from events.models.decisions import MOVES, UNDONE, Stage
from events.services.bodies import account_of
from events.services.meeting_notices import LANGUAGE, leaders_of, tell_seat
from members.models.content import LEVELS
from members.services.recipients import contacts_of
from projects.services import entries
from projects.services.results import tell_use

if TYPE_CHECKING:
    from uuid import UUID

    from cluster_portal.core.workflow import Move
    from members.models import User

BEFORE, LATE = datetime.timedelta(days=7), datetime.timedelta(days=7)
NO_TIME = datetime.timedelta()
AT_ONCE = 500
PLAIN = ("text", "organisation", "owner", "owner_name", "owner_email", "due_on", "visibility")


def _lock_meeting(meeting: Meeting, by: User) -> Meeting:
    rows = Meeting.objects.select_related("body").select_for_update(of=("self",), no_key=True)
    meeting = rows.get(pk=meeting.pk)
    if not meeting.body.is_editable_by(by):
        raise Refused(_("You cannot do this."))
    return meeting


@transaction.atomic
def take_decision(
    item: MeetingItem, values: dict[str, Any], *, form_key: UUID, by: User
) -> Decision:
    """While the minutes are written. An address of an account means its holder."""
    meeting = _lock_meeting(item.meeting, by)
    known = made_by(Decision, form_key, meeting=meeting)
    if known is not None:
        return known
    if not meeting.is_written:
        raise Refused(_("Decisions are written down while the minutes are open."))
    results = values.pop("results", ())
    decision = Decision(
        meeting=meeting, item=item, form_key=form_key, home_cluster=meeting.body.home_cluster,
        **_with_account(values),
    )  # fmt: skip
    decision.save()
    decision.results.set(results)
    search.reindex(decision)
    meeting.save(update_fields=["updated_at"])
    audit.record(decision, "decision taken", by=by)
    return decision


def _with_account(values: dict[str, Any]) -> dict[str, Any]:
    """An address of an account is the account; a person and a name with an address are not two."""
    address = values.get("owner_email", "")
    owner = values.get("owner") or (account_of(address) if address else None)
    return values | ({"owner": owner, "owner_name": "", "owner_email": ""} if owner else {})


@transaction.atomic
def edit_decision(
    decision: Decision, values: dict[str, Any], *, by: User, seen: str = ""
) -> Decision:
    """The words stay once the minutes are approved; the rest may change."""
    meeting = _lock_meeting(decision.meeting, by)
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    entries.refuse_late(decision, seen)
    results = values.pop("results", None)
    values = _with_account(values)
    if decision.stage != Stage.DRAFT:
        values.pop("text", None)
    before = decision.visibility
    changed = [name for name, value in values.items() if getattr(decision, name) != value]
    for name in changed:
        setattr(decision, name, values[name])
    decision.version += bool(changed)
    decision.save()
    if results is not None:
        decision.results.set(results)
        if decision.stage != Stage.DRAFT:
            tell_uses(decision, by=by)
    search.reindex(decision)
    meeting.save(update_fields=["updated_at"])
    entry = audit.record(
        decision, "decision edited", by=by,
        details={"changed": changed, **audit.change(visibility=(before, decision.visibility))},
    )  # fmt: skip
    if decision.is_undone and {"owner", "owner_email", "organisation", "due_on"} & set(changed):
        tell_owner("decision_given", decision, entry.pk)
    return decision


@transaction.atomic
def remove_decision(decision: Decision, *, by: User) -> None:
    meeting = _lock_meeting(decision.meeting, by)
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if decision.stage != Stage.DRAFT:
        raise Refused(_("The minutes are approved. Drop the decision with a reason instead."))
    audit.record(meeting, "decision removed", by=by, details={"decision": decision.pk})
    meeting.save(update_fields=["updated_at"])
    decision.delete()


def confirm_decisions(meeting: Meeting, *, by: User) -> None:
    """Within the transaction that approves the minutes."""
    for decision in meeting.decisions.filter(stage=Stage.DRAFT).order_by("pk"):
        decision.stage = Stage.OPEN
        decision.save(update_fields=["stage", "updated_at"])
        entry = audit.record(decision, "decision confirmed", by=by)
        tell_uses(decision, by=by)
        tell_owner("decision_given", decision, entry.pk)


def tell_uses(decision: Decision, *, by: User) -> None:
    """That a result was used in it, once for each result, at the result; nothing where fewer see
    the decision than the result, or where whoever writes does not see the result."""
    for result in decision.results.order_by("pk"):
        if LEVELS[decision.visibility] > LEVELS[result.visibility]:
            continue
        values = {
            "form_key": uuid.uuid5(decision.public_id, str(result.pk)),
            "decided_by": decision.label[:160], "note": decision.text[:300],
            "decided_on": timezone.localdate(decision.meeting.starts_at),
            "link": f"{settings.SITE_URL}{decision.get_absolute_url()}",
        }  # fmt: skip
        with suppress(Refused):
            tell_use(result, values, by=by)


def tell_owner(kind: str, decision: Decision, key: object) -> None:
    """Who is responsible; where that one has left, or nobody is named, chair and secretary."""
    readers = _owners(decision)
    for reader in readers:
        outbox.post(kind, to=reader, key=f"{decision.pk}:{key}", about=decision)
    if not readers:
        for seat in leaders_of(decision.meeting.body):
            tell_seat("decision_ownerless", seat, f"{decision.pk}:{key}", decision)


def _owners(decision: Decision) -> list[Any]:
    if decision.owner is not None:
        return [] if decision.owner_has_left else [decision.owner]
    if decision.owner_email:
        name = decision.owner_name
        return [outbox.Guest(email=decision.owner_email, name=name, language=LANGUAGE)]
    return list(contacts_of([decision.organisation_id])) if decision.organisation_id else []


@dataclass(frozen=True)
class Told:
    """What somebody reports; `version` is that of the page on which they saw the decision."""

    action: str
    text: str
    version: int
    form_key: UUID


@transaction.atomic
def report(decision: Decision, told: Told, *, by: User | None, by_link: bool = False) -> Decision:
    """By an account with the right, or by the link of the letter, in the name of its receiver."""
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if made_by(DecisionReport, told.form_key, decision=decision):
        return decision
    move = _move_by_link(decision, told.action) if by_link else None
    if move is None:
        move = MOVES.step(told.action, decision, by or AnonymousUser())
    if told.version != decision.version:
        raise Refused(
            _("Somebody else has reported meanwhile. Look at the state and tell yours again.")
        )
    if move.needs_reason and not told.text:
        raise Refused(_("Give the reason."))
    decision.stage, decision.version = Stage(move.target), decision.version + 1
    decision.save(update_fields=["stage", "version", "updated_at"])
    DecisionReport.objects.create(
        decision=decision, stage=decision.stage, text=told.text, author=by, by_link=by_link,
        form_key=told.form_key,
    )  # fmt: skip
    entry = audit.record(decision, f"decision {told.action}", by=by,
                         details={"by link": by_link})  # fmt: skip
    _tell_of_report(decision, entry.pk, by=by, by_link=by_link)
    return decision


BY_LINK = ("start", "tell", "finish")


def _move_by_link(decision: Decision, action: str) -> Move:
    """The letter's link stands for the right of its receiver, to these steps alone."""
    move = MOVES.moves.get(action) if action in BY_LINK else None
    if move is None or decision.stage not in move.sources:
        stage = decision.get_stage_display()
        raise Refused(
            _("This can no longer be done: the state is now “%(stage)s”.") % {"stage": stage}
        )
    return move


def _tell_of_report(decision: Decision, key: int, *, by: User | None, by_link: bool) -> None:
    """Chair and secretary; and who is responsible, where their link was used: it may have gone on
    to another."""
    for seat in leaders_of(decision.meeting.body, but=by):
        tell_seat("decision_reported", seat, key, decision)
    if by_link:
        for reader in _owners(decision):
            outbox.post("decision_reported_by_link", to=reader, key=str(key), about=decision)


def open_before(meeting: Meeting) -> Any:
    """What the body has decided earlier and is not done: the follow-up of this agenda."""
    rows = Decision.objects.filter(meeting__body=meeting.body_id).exclude(meeting=meeting)
    rows = rows.filter(Q(stage__in=UNDONE) | Q(stage=Stage.DONE, updated_at__gte=_since(meeting)))
    rows = rows.filter(meeting__starts_at__lt=meeting.starts_at)
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk")


def _since(meeting: Meeting) -> datetime.datetime:
    """The start of the meeting before: what was done since is told once."""
    earlier = Meeting.objects.filter(body=meeting.body_id, starts_at__lt=meeting.starts_at)
    last = earlier.exclude(stage="cancelled").order_by("-starts_at").first()
    return last.starts_at if last else meeting.starts_at


def follow_up_words(meeting: Meeting) -> str:
    """One line for each, as the minutes keep them: `MeetingItem.snapshot`."""
    rows = open_before(meeting).select_related("meeting__body", "item", "owner", "organisation")
    return "\n".join(f"{decision.visibility}\t{_line(decision)}" for decision in rows)


def _line(decision: Decision) -> str:
    due = date_format(decision.due_on, "SHORT_DATE_FORMAT") if decision.due_on else "–"
    told = decision.label, decision.text.rstrip("."), decision.owner_words or "–", due
    return " · ".join([*told, str(decision.get_stage_display())])


@transaction.atomic
def remind() -> int:
    """A week before the day, on it, and a week after it, when chair and secretary hear of it too.

    `reminded_for` is the day that the last reminder was for: a week before, or the day itself.
    """
    today = timezone.localdate()
    rows = Decision.objects.undone().select_related("meeting__body", "owner").order_by("pk")
    rows = rows.select_for_update(of=("self",), skip_locked=True)
    near = rows.filter(due_on__gt=today, due_on__lte=today + BEFORE)
    near = near.exclude(reminded_for__in=[F("due_on"), F("due_on") - BEFORE])
    come = rows.filter(due_on__lte=today, due_on__gt=today - LATE)
    late = rows.filter(due_on__lte=today - LATE).exclude(reminded_late_for=F("due_on"))
    return (
        sum(_remind(each, "near", -BEFORE) for each in near[:AT_ONCE])
        + sum(_remind(each, "due") for each in come.exclude(reminded_for=F("due_on"))[:AT_ONCE])
        + sum(_remind_late(each) for each in late[:AT_ONCE])
    )


def _remind(decision: Decision, key: str, since: datetime.timedelta = NO_TIME) -> int:
    decision.reminded_for = decision.due_on and decision.due_on + since
    decision.save(update_fields=["reminded_for"])
    tell_owner("decision_due", decision, f"{key}:{decision.due_on}")
    return 1


def _remind_late(decision: Decision) -> int:
    decision.reminded_late_for = decision.due_on
    decision.save(update_fields=["reminded_late_for"])
    tell_owner("decision_due", decision, f"late:{decision.due_on}")
    for seat in leaders_of(decision.meeting.body):
        tell_seat("decision_late", seat, f"{decision.pk}:{decision.due_on}", decision)
    return 1

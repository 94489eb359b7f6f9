"""What letters about meetings and decisions say, and the calendar entry that goes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format

from cluster_portal.notifications.kinds import NothingToSay
from events.models.bodies import Role
from events.models.decisions import UNDONE
from events.models.meetings import ItemState, Stage
from events.models.statements import Stage as StatementStage
from events.pages import meeting_ics
from events.pages.words import day_of, span
from events.services import body_links
from events.services.statements import signing_for

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail
    from events.models import Attendance


def about_seat(mail: OutboxMail) -> dict[str, Any]:
    body: Any = mail.about
    return {"title": body.title, "role": Role(mail.values["role"]).label}


def about_meeting(mail: OutboxMail) -> dict[str, Any]:
    """Of the meeting itself: minutes, proposals of members."""
    meeting: Any = mail.about
    told = mail.values.get("state", "")
    return {
        "title": meeting.title, "when": span(meeting.starts_at, meeting.ends_at),
        "matter": mail.values.get("title", ""), "reason": mail.values.get("reason", ""),
        "is_taken": told == ItemState.ON, "has_account": mail.recipient_id is not None,
    }  # fmt: skip


def about_answer(mail: OutboxMail) -> dict[str, Any]:
    """Of one's own invitation. A deputy who was called answers to the secretary alone."""
    row: Any = mail.about
    meeting, seat = row.meeting, row.seat
    own = (mail.recipient_id or "") == (seat.user_id or "") if mail.recipient_id else (
        mail.guest_address == seat.email
    )  # fmt: skip
    if meeting.stage == Stage.PLANNED:
        raise NothingToSay
    return {
        "title": meeting.title, "when": span(meeting.starts_at, meeting.ends_at),
        "day": day_of(meeting), "place": meeting.place,
        "link": meeting.remote_link, "words": meeting.invitation,
        "matters": [item.title for item in meeting.items.on()],
        "answer_url": body_links.answer_link(row) if own else "",
        "is_off": meeting.stage == Stage.CANCELLED, "reads_from": _reads_from(row, own=own),
        "is_deputy": not own, "member": str(seat), "reason": mail.values.get("reason", ""),
        "has_account": mail.recipient_id is not None, "sign_up_url": body_links.sign_up_link(),
    }  # fmt: skip


def _reads_from(row: Attendance, *, own: bool) -> str:
    """The first day of a term that is still to begin: papers open then."""
    seat = row.seat if own else row.deputy
    if seat is None or seat.since <= timezone.localdate():
        return ""
    return date_format(seat.since, "SHORT_DATE_FORMAT")


def invitation(mail: OutboxMail) -> tuple[str, bytes] | None:
    """METHOD:REQUEST, or CANCEL of a meeting that was called off or concerns one no more."""
    row: Any = mail.about
    if row is None:
        return None
    is_off = mail.kind == "meeting_cancelled" or row.meeting.stage == Stage.CANCELLED
    method = "CANCEL" if is_off else "REQUEST"
    name = str(mail.recipient) if mail.recipient else mail.guest_name
    entry = meeting_ics.as_ics(row.meeting, invited=mail.address, name=name, method=method)
    return method, entry


def about_decision(mail: OutboxMail) -> dict[str, Any]:
    decision: Any = mail.about
    due = date_format(decision.due_on, "SHORT_DATE_FORMAT") if decision.due_on else "–"
    last = decision.reports.first()
    # An organisation’s contacts tell it signed in: their letter stands for no person.
    by_link = decision.owner is not None or bool(decision.owner_email)
    return {
        "text": decision.text, "label": decision.label, "due": due,
        "owner": decision.owner_told(str(decision.organisation)) or "–",
        "state": decision.get_stage_display(),
        "told": last.text if last else "", "is_late": decision.is_late,
        "is_today": decision.due_on == timezone.localdate(),
        "report_url": body_links.report_link(decision, mail.address) if by_link else "",
        "has_account": mail.recipient_id is not None,
    }  # fmt: skip


def about_undone(mail: OutboxMail) -> dict[str, Any]:
    """Nothing is said of what was done or dropped meanwhile."""
    decision: Any = mail.about
    if decision.stage not in UNDONE:
        raise NothingToSay
    return about_decision(mail)


def about_invited(mail: OutboxMail) -> dict[str, Any]:
    """To somebody without an account; nothing once the seat is linked or has ended."""
    seat: Any = mail.about
    if seat.user_id is not None or seat.has_ended:
        raise NothingToSay
    return {
        "title": seat.body.title, "role": seat.get_role_display(),
        "link_url": body_links.seat_link(seat),
    }  # fmt: skip


def about_linked(mail: OutboxMail) -> dict[str, Any]:
    seat: Any = mail.about
    return {"title": seat.body.title, "role": seat.get_role_display(), "name": str(seat)}


def about_open(mail: OutboxMail) -> dict[str, Any]:
    """Nothing once it is published. `signs` says for whom the reader can sign."""
    statement: Any = mail.about
    if statement.stage != StatementStage.OPEN:
        raise NothingToSay
    mine = signing_for(statement, mail.recipient) if mail.recipient else []
    return {
        "title": statement.title, "addressee": statement.addressee, "body": statement.body.title,
        "signs": ", ".join(each.title for each in mine),
    }  # fmt: skip


def about_published(mail: OutboxMail) -> dict[str, Any]:
    statement: Any = mail.about
    return {
        "title": statement.title, "addressee": statement.addressee, "body": statement.body.title,
        "count": statement.signatures.count(),
    }  # fmt: skip


def about_signed(mail: OutboxMail) -> dict[str, Any]:
    statement: Any = mail.about
    return {
        "title": statement.title, "organisation": mail.values.get("organisation", ""),
        "count": statement.signatures.count(),
    }  # fmt: skip

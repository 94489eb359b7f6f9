"""What events and registrations hold of a person, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from events.models import (
    Attendance,
    BodyMember,
    CalendarFeed,
    CourseCertificate,
    CourseGroupMember,
    Decision,
    Event,
    GroupOutput,
    Idea,
    OneToOne,
    Registration,
    RiskEntry,
    Support,
    Talk,
)

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def registrations(user: Reader) -> list[dict[str, Any]]:
    mine = Registration.objects.editable_by(user).select_related("event", "seats", "user")
    return [
        {
            "event": str(row.event),
            "mode": row.seats.mode,
            "state": row.stage,
            "name": row.name,
            "email": row.address,
            "organisation": row.organisation_name,
            "on the list of participants": row.is_listed,
            "diet": row.diet,
            "accessibility": row.accessibility,
            "answers": row.answers,
            "arrived": row.checked_in_at.isoformat() if row.checked_in_at else "",
            "registered": row.created_at.isoformat(),
        }
        for row in mine
    ]


def proposals(user: Reader) -> list[dict[str, Any]]:
    """Events that the person has proposed for an organisation."""
    mine = Event.objects.filter(teller=user.pk).order_by("pk") if user.pk else Event.objects.none()
    return [
        {
            "event": str(event), "state": event.stage, "starts": event.starts_at.isoformat(),
            "summary": event.summary_fi, "description": event.description,
            "proposed": event.created_at.isoformat(),
        }
        for event in mine.defer("search")
    ]  # fmt: skip


def ideas(user: Reader) -> list[dict[str, Any]]:
    """Ideas that the person has brought up or supports, and talks that they have proposed."""
    if user.pk is None:
        return []
    own = Idea.objects.filter(author=user.pk).order_by("pk")
    talks = Talk.objects.filter(author=user.pk).order_by("pk")
    supported = Support.objects.filter(user=user.pk).select_related("idea").order_by("pk")
    return [
        *({"idea": row.title, "text": row.text, "state": row.stage} for row in own),
        *({"talk": row.title, "text": row.summary, "state": row.stage} for row in talks),
        *({"supports": row.idea.title, "given": row.created_at.isoformat()} for row in supported),
    ]  # fmt: skip


def calendar_feed(user: Reader) -> list[dict[str, Any]]:
    """Without the address, which opens the calendar to whoever reads it."""
    mine = CalendarFeed.objects.visible_to(user)
    return [{"address made": feed.made_at.isoformat()} for feed in mine]


def body_seats(user: Reader) -> list[dict[str, Any]]:
    mine = BodyMember.objects.filter(user=user.pk) if user.pk else BodyMember.objects.none()
    return [
        {
            "body": str(seat.body), "role": seat.role, "from": seat.since.isoformat(),
            "until": seat.until.isoformat() if seat.until else "",
            "organisation": str(seat.organisation or ""),
        }
        for seat in mine.select_related("body", "organisation").order_by("pk")
    ]  # fmt: skip


def meetings(user: Reader) -> list[dict[str, Any]]:
    mine = Attendance.objects.filter(seat__user=user.pk) if user.pk else Attendance.objects.none()
    return [
        {
            "meeting": row.meeting.title, "begins": row.meeting.starts_at.isoformat(),
            "answer": row.answer, "presence": row.presence,
        }
        for row in mine.select_related("meeting__body").order_by("pk")
    ]  # fmt: skip


def decisions(user: Reader) -> list[dict[str, Any]]:
    """What the person is responsible for."""
    mine = Decision.objects.filter(owner=user.pk) if user.pk else Decision.objects.none()
    return [
        {"decision": row.text, "state": row.stage, "due": str(row.due_on or "")}
        for row in mine.defer("search").order_by("pk")
    ]


def one_to_one(user: Reader) -> list[dict[str, Any]]:
    """Meetings of two that the person asked for or was asked to."""
    mine = OneToOne.objects.of_person(user).select_related("asker_organisation")
    return [
        {
            "about": row.topic, "message": row.words if row.asker_id == user.pk else "",
            "state": row.stage, "begins": row.starts_at.isoformat() if row.starts_at else "",
            "outcome": row.outcome, "outcome in words": row.outcome_words,
        }
        for row in mine.order_by("pk")
    ]  # fmt: skip


def courses(user: Reader) -> list[dict[str, Any]]:
    """Certificates, groups, what the person handed in and wrote into a risk register."""
    if user.pk is None:
        return []
    held = CourseCertificate.objects.filter(user=user.pk).select_related("course")
    groups = CourseGroupMember.objects.filter(user=user.pk).select_related("course", "group")
    outputs = GroupOutput.objects.filter(sender=user.pk).select_related("course")
    risks = RiskEntry.objects.filter(author=user.pk).select_related("course")
    return [
        *({"certificate": str(row.course), "name": row.name, "given": row.given_at.isoformat()}
          for row in held.order_by("pk")),
        *({"course": str(row.course), "group": str(row.group)} for row in groups.order_by("pk")),
        *({"course": str(row.course), "handed in": row.title, "text": row.text}
          for row in outputs.order_by("pk")),
        *({"course": str(row.course), "risk": row.risk, "more": row.detail}
          for row in risks.order_by("pk")),
    ]  # fmt: skip

"""What the theses app holds of a person, as plain data for that person's own copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from theses.models import (
    Application,
    Approach,
    Dismissal,
    LightReport,
    StudentProfile,
    SupervisionRequest,
    SupervisorProfile,
    Thesis,
    Topic,
)
from theses.models.approaches import TO_TOPIC
from theses.models.choices import Origin
from theses.services.workspace import CONFIRMATIONS, POINTS

if TYPE_CHECKING:
    import datetime

    from cluster_portal.core.visibility import Reader


def student_profile(user: Reader) -> list[dict[str, Any]]:
    rows = StudentProfile.objects.editable_by(user).select_related("school", "cluster")
    return [
        {
            "level": row.get_level_display(),
            "institution": row.school_title,
            "programme": row.programme,
            "fields": [term.label for term in row.education_fields.all()],
            "themes": [term.label for term in row.terms.all()],
            "interests": row.interests,
            "languages": row.languages,
            "regions": [term.label for term in row.regions.all()],
            "remote": row.is_remote,
            "only paid work": row.wants_pay,
            "available from": row.available_from and row.available_from.isoformat(),
            "available until": row.available_until and row.available_until.isoformat(),
            "open to": row.get_openness_display(),
            "organisations": [organisation.name for organisation in row.opened_to.all()],
        }
        for row in rows
    ]


def supervisor_profile(user: Reader) -> list[dict[str, Any]]:
    rows = SupervisorProfile.objects.editable_by(user).select_related("institution")
    return [
        {
            "institution": row.institution.name,
            "levels": row.levels,
            "fields": [term.label for term in row.education_fields.all()],
            "themes": [term.label for term in row.terms.all()],
            "languages": row.languages,
            "expertise": row.expertise,
            "methods": row.methods,
            "who sees it": row.get_visibility_display(),
            "in the list": row.is_open,
            "room": [
                {"term": str(seats), "room for": seats.capacity, "taken": seats.taken}
                for seats in row.seats.all()
            ],
        }
        for row in rows
    ]


def topics(user: Reader) -> list[dict[str, Any]]:
    """Of the person's own proposals also the words, whoever commissions them."""
    proposed = Q(origin=Origin.STUDENT, student=user.pk)
    proposed |= Q(origin=Origin.SUPERVISOR, supervisor=user.pk)
    rows = Topic.objects.visible_to(user).filter(Q(contact=user.pk) | proposed).order_by("pk")
    return [
        {"title": row.title, "state": row.get_stage_display(), **_own_words(row, user)}
        for row in rows
    ]


def _own_words(topic: Topic, user: Reader) -> dict[str, Any]:
    proposers = {Origin.STUDENT: topic.student_id, Origin.SUPERVISOR: topic.supervisor_id}
    if proposers.get(Origin(topic.origin)) != user.pk:
        return {}
    words = ("description", "aim", "questions", "material", "schedule", "keywords")
    return {name: value for name in words if (value := getattr(topic, name))}


def applications(user: Reader) -> list[dict[str, Any]]:
    """With what was sent along and what was agreed; nobody else's words."""
    rows = Application.objects.visible_to(user).filter(student=user.pk).select_related("topic")
    rows = rows.prefetch_related("files", "interview_times")
    return [
        {
            "topic": row.topic.title,
            "version": row.topic_version,
            "state": row.get_stage_display(),
            "motivation": row.motivation,
            "school": row.school,
            "sent": row.submitted_at.isoformat(),
            "answered by": row.answer_by,
            "answer": row.reason,
            "interview": row.meeting,
            "wish for other times": row.other_times,
            "interview times": [
                {"starts": time.starts_at.isoformat(), "chosen": time.is_chosen}
                for time in row.interview_times.all()
            ],
            "files": [
                {"name": file.name, "bytes": file.size, "address": file.get_absolute_url()}
                for file in row.files.all()
            ],
        }
        for row in rows.order_by("pk")
    ]


def approaches(user: Reader) -> list[dict[str, Any]]:
    """What the person sent or answered, and what came to the person or about an own idea."""
    idea = Q(kind__in=TO_TOPIC, topic__origin=Origin.STUDENT, topic__student=user.pk)
    own = Q(by=user.pk) | Q(to=user.pk) | Q(answered_by=user.pk) | idea
    rows = Approach.objects.visible_to(user).filter(own)
    return [
        {
            "topic": row.topic.title,
            "about": row.get_kind_display(),
            "sent_by_me": row.by_id == user.pk,
            "message": row.message,
            "state": row.get_stage_display(),
            "sent": row.created_at.isoformat(),
            "reason": row.reason,
        }
        for row in rows.select_related("topic").order_by("pk")
    ]


def dismissals(user: Reader) -> list[dict[str, Any]]:
    rows = Dismissal.objects.visible_to(user).select_related("topic").order_by("pk")
    return [{"topic": row.topic.title, "at": row.at.isoformat()} for row in rows]


def theses(user: Reader) -> list[dict[str, Any]]:
    """As student or supervisor."""
    mine = Q(application__student=user.pk) | Q(supervisor=user.pk)
    rows = Thesis.objects.editable_by(user).filter(mine).defer("search").order_by("pk")
    return [
        {
            "title": row.title,
            "state": str(row.get_stage_display()),
            "role": "student" if row.application.student_id == user.pk else "supervisor",
            "level": str(row.get_level_display()),
            "began": _iso(row.started_on),
            "finished": _iso(row.finished_on),
            "abstract": row.abstract,
            "repository": row.repository_url,
            "used for": row.used_for,
            "name shown": row.shows_author,
            "why it ended": row.why_it_ended,
            "agreement": _agreement(row),
            "milestones": [
                {"title": each.title, "due": _iso(each.due_on), "done": _iso(each.done_on)}
                for each in row.milestones.all()
            ],
        }
        for row in rows.select_related("application", "agreement").prefetch_related("milestones")
    ]


def _agreement(thesis: Thesis) -> dict[str, str]:
    """Its points as they stand, and when each side confirmed them."""
    agreement = getattr(thesis, "agreement", None)
    if agreement is None:
        return {}
    points = {name: str(getattr(agreement, name) or "") for name in POINTS}
    return points | {name: _iso(getattr(agreement, name)) for name in CONFIRMATIONS}


def _iso(day: datetime.date) -> str:
    return day.isoformat() if day else ""


def progress_reports(user: Reader) -> list[dict[str, Any]]:
    theses = Thesis.objects.editable_by(user).filter(application__student=user.pk)
    rows = LightReport.objects.filter(thesis__in=theses.values("pk")).select_related("thesis")
    return [
        {
            "thesis": row.thesis.title,
            "time": row.at.isoformat(),
            "light": str(row.get_light_display()),
            "note": row.note,
        }
        for row in rows.order_by("pk")
    ]


def supervision(user: Reader) -> list[dict[str, Any]]:
    """What the person was asked, and what the person asked others."""
    mine = Q(supervisor=user.pk) | Q(asked_by=user.pk)
    rows = SupervisionRequest.objects.visible_to(user).filter(mine).select_related("thesis")
    return [
        {
            "thesis": row.thesis.title,
            "state": str(row.get_stage_display()),
            "asked of me": row.supervisor_id == user.pk,
            "message": row.message if row.asked_by_id == user.pk else "",
            "asked": row.asked_at.isoformat() if row.asked_at else "",
            "answer": row.reason if row.supervisor_id == user.pk else "",
        }
        for row in rows.order_by("pk")
    ]

"""What an application's page shows to each of its sides, and the list of a topic's applicants."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from theses.forms.applications import DeclineForm, InterviewForm, OtherTimesForm
from theses.models import Application
from theses.models.applications import Stage
from theses.pages import presentation, turns

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from theses.models import InterviewTime, Topic


# These are drawn as forms of their own, not as buttons.
WITH_A_FORM = {"invite", "decline"}
UNSUCCESSFUL = {Stage.DECLINED, Stage.WITHDRAWN, Stage.ENDED}


def values(
    user: Reader,
    application: Application,
    *,
    decline: DeclineForm | None = None,
    invite: InterviewForm | None = None,
    other: OtherTimesForm | None = None,
) -> dict[str, Any]:
    """All that the page shows; the forms are those that came back with errors."""
    topic, is_own = application.topic, application.student_id == user.pk
    row = presentation.application_row(application, user)
    turn = row["turn"] or turns.of_application(application, user)
    open_forms = {name for name, _move in row["moves"]} & WITH_A_FORM
    row["moves"] = [each for each in row["moves"] if each[0] not in WITH_A_FORM]
    return {
        "trail": presentation.trail(topic, _("Application")),
        "topic": topic,
        "application": application,
        "row": row,
        "turn": turn,
        "steps": turns.steps_of_application(application, turn),
        "is_own": is_own,
        "leads_on": is_own and application.stage in UNSUCCESSFUL,
        "shows_contact": is_own and application.holds_a_place and topic.contact is not None,
        "files": list(application.files.all()),
        "can_remove": is_own and application.is_pending,
        "thesis": getattr(application, "thesis", None),
        "decline_form": (decline or DeclineForm()) if "decline" in open_forms else None,
        "invite_form": (invite or InterviewForm()) if "invite" in open_forms else None,
        **_interview(application, other, is_own=is_own),
    }


def _interview(
    application: Application, other: OtherTimesForm | None, *, is_own: bool
) -> dict[str, Any]:
    """The times with what can be done to each; shown as long as the interview is on."""
    now, is_on = timezone.now(), application.stage == Stage.INTERVIEW
    times = [
        {
            "pk": time.pk,
            "starts_at": time.starts_at,
            "minutes": time.minutes,
            "is_chosen": time.is_chosen,
            "can_pick": is_own and is_on and not time.is_chosen and time.starts_at > now,
        }
        for time in application.interview_times.all()
    ]
    return {
        "times": times if is_on else [],
        "has_chosen": is_on and any(time["is_chosen"] for time in times),
        "other_form": (other or OtherTimesForm()) if is_own and is_on else None,
    }


def applicants(topic: Topic, user: Reader) -> dict[str, Any]:
    """The topic's applications for its own side: rows, and how many stand where."""
    found = Application.objects.visible_to(user).filter(topic=topic)
    found = found.select_related("student").prefetch_related("files")
    every, rows = list(found.order_by("submitted_at", "pk")), []
    invited = [application for application in every if application.stage == Stage.INTERVIEW]
    prefetch_related_objects(invited, "interview_times")
    for application in every:
        application.topic = topic
        rows.append(presentation.application_row(application, user))
    return {"rows": rows, "counts": _counts(rows), "can_compare": len(_compared(rows)) > 1}


def _counts(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    number = Counter(row["application"].stage for row in rows)
    return [
        {
            "look": stage.look,
            "label": stage.label,
            "count": number[stage],
        }
        for stage in Stage
        if number[stage]
    ]


def _compared(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row["application"].is_pending]


def comparison(topic: Topic, user: Reader) -> dict[str, Any]:
    """Those that wait for an answer, side by side."""
    return {
        "topic": topic,
        "trail": presentation.trail(topic, _("Compare applicants")),
        "rows": _compared(applicants(topic, user)["rows"]),
    }


def interview(application: Application, time: InterviewTime) -> bytes:
    """Keeps its UID for good, so that a new time replaces the old one in a calendar."""
    entry = Event()
    entry.add("uid", f"interview-{application.public_id}@{settings.SITE_URL.partition('//')[2]}")
    entry.add("sequence", int((application.proposed_at or time.starts_at).timestamp()) % 2**31)
    entry.add("dtstamp", (application.proposed_at or time.starts_at).astimezone(datetime.UTC))
    entry.add("dtstart", time.starts_at.astimezone(datetime.UTC))
    end = time.starts_at + datetime.timedelta(minutes=time.minutes)
    entry.add("dtend", end.astimezone(datetime.UTC))
    entry.add("summary", _("Interview: %(topic)s") % {"topic": application.topic.heading})
    if application.meeting:
        entry.add("location", application.meeting.replace("\n", ", "))
    entry.add("url", f"{settings.SITE_URL}{application.get_absolute_url()}")
    entry.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("prodid", "-//Turvallisuusklusteri//FI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(entry)
    return calendar.to_ical()

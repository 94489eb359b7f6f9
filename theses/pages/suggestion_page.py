"""What the pages of suggestions show: matches as rows, with their reasons and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from theses import matching
from theses.models import Dismissal, StudentProfile, SupervisorProfile
from theses.models.choices import Stage
from theses.pages.presentation import row_of, trail

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from theses.matching import Match
    from theses.models import Topic

SHOWN, SUPERVISED, PEOPLE, ON_DESK, DISMISSED = 20, 10, 6, 3, 20


def mine(user: Reader, *, short: bool = False) -> dict[str, Any]:
    """Topics for me: as a student, as a supervisor, or both."""
    student = _student(user)
    supervisor = SupervisorProfile.objects.editable_by(user).filter(is_open=True).first()
    return {
        "trail": trail(_("Topics for you")),
        "student": student,
        "supervisor": supervisor,
        "topics": topic_rows(student, user, ON_DESK if short else SHOWN) if student else [],
        "to_supervise": supervised_rows(supervisor, user, ON_DESK if short else SUPERVISED)
        if supervisor
        else [],
    }


def _student(user: Reader) -> StudentProfile | None:
    rows = StudentProfile.objects.editable_by(user)
    return rows.prefetch_related("terms", "education_fields", "regions").first()


def topic_rows(profile: StudentProfile, user: Reader, limit: int) -> list[dict[str, Any]]:
    rows = [_topic_row(match) for match in matching.topics_for(profile, user, limit)]
    return [{**row, "apply_url": f"{row['url']}#apply"} for row in rows]


def supervised_rows(profile: SupervisorProfile, user: Reader, limit: int) -> list[dict[str, Any]]:
    return [_topic_row(match) for match in matching.topics_to_supervise(profile, user, limit)]


def _topic_row(match: Match) -> dict[str, Any]:
    row = row_of(match.object)
    return {
        "kind": row["kind"],
        "title": row["title"],
        "url": row["url"],
        "text": ", ".join(row["tags"]),
        "reasons": _told(match),
        "dismiss": {"topic": match.object.slug},
    }


def _told(match: Match) -> list[dict[str, str]]:
    reasons = [{"text": reason, "fit": ""} for reason in match.reasons]
    return [*reasons, *({"text": doubt, "fit": "partly"} for doubt in match.doubts)]


def dismissed_rows(user: Reader) -> list[Dismissal]:
    """The latest that can be taken back."""
    rows = Dismissal.objects.editable_by(user).filter(student=None, supervisor=None)
    return list(rows.with_titles()[:DISMISSED])


def dismissed_people(topic: Topic, user: Reader) -> list[Dismissal]:
    """The latest whom I turned down for the topic, as far as I may still know of them."""
    rows = Dismissal.objects.editable_by(user).of_those_shown_to(user).filter(topic=topic)
    return list(rows.exclude(student=None, supervisor=None).with_titles()[:DISMISSED])


def of_topic(topic: Topic, user: Reader) -> dict[str, Any]:
    """Who fits a topic of mine: students while it is open, supervisors while it has none."""
    students = matching.students_for(topic, user, PEOPLE) if topic.is_open else []
    sought = topic.stage in {Stage.OPEN, Stage.RESERVED}
    supervisors = matching.supervisors_for(topic, user, PEOPLE) if sought else []
    return {
        "topic": topic,
        "trail": trail(topic, _("Who fits this topic")),
        "students": [_student_row(topic, match) for match in students],
        "supervisors": [_supervisor_row(topic, match) for match in supervisors],
        "seeks_student": topic.is_open and topic.student_id is None,
        "seeks_supervisor": sought and topic.supervisor_id is None,
    }


def _student_row(topic: Topic, match: Match) -> dict[str, Any]:
    profile = match.object
    return {
        **_person(topic, match),
        "kind": " · ".join(filter(None, [profile.get_level_display(), profile.school_title])),
        "text": Truncator(profile.interests).chars(160),
        "invite_url": reverse("theses:student_invite", args=[profile.public_id]),
        "dismiss": {"topic": topic.slug, "student": profile.public_id},
    }


def _supervisor_row(topic: Topic, match: Match) -> dict[str, Any]:
    profile = match.object
    return {
        **_person(topic, match),
        "kind": profile.institution.title,
        "text": Truncator(profile.expertise).chars(160),
        "invite_url": reverse("theses:supervisor_invite", args=[profile.slug]),
        "dismiss": {"topic": topic.slug, "supervisor": profile.slug},
    }


def _person(topic: Topic, match: Match) -> dict[str, Any]:
    return {
        "title": match.object.user.get_full_name(),
        "url": match.object.get_absolute_url(),
        "reasons": _told(match),
        "topic": topic.pk,
        "message": _("Your profile fits the topic “%(topic)s”. Would you like to take part?")
        % {"topic": topic.heading},
    }

"""Feedback on events: of which it can be asked, and who took part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cluster_portal.notifications.outbox import Guest
from cluster_portal.surveys.services import subjects
from cluster_portal.surveys.services.subjects import Subject
from events.models import Course, Event, Registration
from events.models import courses as course_models
from events.models.event_choices import Kind, Stage
from events.models.registrations import Stage as RegistrationStage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cluster_portal.core.visibility import Reader
    from members.models import User


def over(user: Reader) -> Any:
    """Events of the coordinator that have been held, the latest first."""
    held = Event.objects.managed_by(user).filter(stage=Stage.PUBLISHED)
    return held.filter(ends_at__lt=timezone.now()).order_by("-ends_at", "-pk")


def people(event: Event) -> Iterator[User | Guest]:
    """Who had a place and was not marked absent; each address of a guest once."""
    rows = Registration.objects.filter(event=event).holding().select_related("user")
    rows = rows.exclude(stage=RegistrationStage.ABSENT).order_by("pk")
    for row in rows:
        yield row.user or Guest(row.email, row.name, row.language)


def template_of(event: Event) -> str:
    return "training_feedback" if event.kind == Kind.TRAINING else "event_feedback"


def ended(user: Reader) -> Any:
    """Courses of the coordinator that have ended, the latest first."""
    rows = Course.objects.managed_by(user).filter(stage=course_models.Stage.ENDED)
    return rows.order_by("-updated_at", "-pk")


def learners(course: Course) -> Iterator[User | Guest]:
    """Who attended a part at least, each once."""
    rows = Registration.objects.filter(
        event__course_part__course=course, stage=RegistrationStage.ATTENDED
    ).select_related("user")
    seen = set()
    for row in rows.order_by("pk"):
        key = row.user_id or (row.email.lower(), row.name.lower())
        if key not in seen:
            seen.add(key)
            yield row.user or Guest(row.email, row.name, row.language)


def register() -> None:
    subjects.register(Subject("event", Event, over, people, template_of))
    subjects.register(
        Subject("course", Course, ended, learners, lambda _course: "training_feedback")
    )

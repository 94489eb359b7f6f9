"""Builders of the people and theses that supervision and work are tested with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tests import factories
from tests.theses import factories as made
from theses.models import Agreement, SupervisionRequest, SupervisorSeats, Thesis
from theses.models.applications import Stage as ApplicationStage
from theses.models.supervision import Stage as RequestStage
from theses.models.terms import term_of
from theses.models.works import Stage

if TYPE_CHECKING:
    from members.models import Organisation, User
    from theses.models import Topic


def supervisor(institution: Organisation, room: int | None = 1, name: str = "") -> User:
    """With room for so many theses this term; None has never said how many."""
    person = factories.user(f"{name}@example.org" if name else "", last_name=name or "Ohjaaja")
    profile = made.supervisor_profile(person, institution)
    if room is not None:
        term = term_of()
        SupervisorSeats.objects.create(
            profile=profile, year=term.year, half=term.half, capacity=room
        )
    return person


def seats_of(person: User) -> SupervisorSeats:
    return SupervisorSeats.objects.get(profile__user=person)


def term(person: User) -> tuple[int, str]:
    row = seats_of(person)
    return row.year, row.half


def thesis(
    topic: Topic, student: User, supervisor: User | None = None, *, stage: str = "", **values: Any
) -> Thesis:
    """Seeking, or matched when it has a supervisor, who has a seat and an accepted request."""
    application = made.application(
        topic,
        student,
        stage=ApplicationStage.ACCEPTED,
        place=topic.places.exclude(applications__stage="accepted").first(),
        decided_at=timezone.now(),
    )
    topic.stage = "reserved"
    topic.save()
    seat = None
    if supervisor is not None:
        seat = seats_of(supervisor)
        seat.taken += 1
        seat.save()
    stage = stage or (Stage.MATCHED if supervisor else Stage.SEEKING)
    values = {"title": "Opinnäytetyö", "level": "bachelor_uas", **values}
    row = Thesis.objects.create(
        application=application, supervisor=supervisor, seat=seat, stage=stage, **values
    )
    Agreement.objects.create(thesis=row)
    if supervisor is not None:
        SupervisionRequest.objects.create(
            thesis=row, supervisor=supervisor, rank=1, stage=RequestStage.ACCEPTED
        )
    return row


def working(topic: Topic, student: User, supervisor: User, **values: Any) -> Thesis:
    """Begun today, everything settled and confirmed."""
    now = timezone.now()
    values = {"stage": Stage.IN_PROGRESS, "started_on": timezone.localdate(), **values}
    row = thesis(topic, student, supervisor, **values)
    Agreement.objects.filter(thesis=row).update(
        signed_on=timezone.localdate(),
        permits="not_needed",
        data="public",
        rights="licence",
        student_at=now,
        commissioner_at=now,
        supervisor_at=now,
    )
    return row

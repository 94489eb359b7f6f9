"""Who takes part in a thesis, and how its rows are locked: topic, application, thesis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cluster_portal.core.visibility import Reader, audience
from theses.models import Application, Thesis
from theses.models.works import is_student, is_supervisor
from theses.services.notices import offerers, tell
from theses.services.topics import locked

if TYPE_CHECKING:
    from django.db.models import Model

    from cluster_portal.core.audit import AuditEntry
    from members.models import User
    from theses.models import Topic

STUDENT, COMMISSIONER, SUPERVISOR = "student", "commissioner", "supervisor"


def locked_thesis(thesis: Thesis) -> Thesis:
    """The fresh row under the locks of its topic and application, always in this order."""
    topic = locked(thesis.application.topic)
    rows = Application.objects.select_for_update(of=("self",)).select_related("student")
    application = rows.get(pk=thesis.application_id)
    application.topic = topic
    fresh = Thesis.objects.select_for_update(of=("self",)).get(pk=thesis.pk)
    fresh.application = application
    return fresh


def people_of(thesis: Thesis) -> dict[str, list[User]]:
    """The people of each side who can be told something."""
    student, supervisor = thesis.application.student, thesis.supervisor
    return {
        STUDENT: [student] if student.is_active else [],
        COMMISSIONER: offerers(thesis.topic),
        SUPERVISOR: [supervisor] if supervisor is not None and supervisor.is_active else [],
    }


def everyone_of(thesis: Thesis) -> list[User]:
    """Each person once, though she may stand on two sides."""
    people = {person.pk: person for side in people_of(thesis).values() for person in side}
    return list(people.values())


def tell_parties(
    kind: str,
    thesis: Thesis,
    entry: AuditEntry,
    *,
    but: User | None = None,
    about: Model | None = None,
    **values: str | int,
) -> None:
    tell(kind, everyone_of(thesis), entry, about or thesis, but=but, **values)


def sides_of(thesis: Thesis, user: Reader) -> list[str]:
    """The sides that the user can speak for; a coordinator only where nobody else can."""
    sides = []
    if is_student(thesis, user):
        sides.append(STUDENT)
    elif _commissions(thesis, user):
        sides.append(COMMISSIONER)
    if is_supervisor(thesis, user):
        sides.append(SUPERVISOR)
    return sides


def answers_for(topic: Topic, user: Reader) -> bool:
    """Whether it falls to her to act for the topic; to a coordinator only where nobody else can."""
    return _is_named(topic, user) or user.pk in {person.pk for person in offerers(topic)}


def _is_named(topic: Topic, user: Reader) -> bool:
    return user.pk == topic.contact_id or topic.organisation_id in audience(user).edits


def _commissions(thesis: Thesis, user: Reader) -> bool:
    topic = thesis.topic
    if topic.organisation_id is None:
        return False
    stands_in = user.pk != thesis.supervisor_id
    return _is_named(topic, user) or (stands_in and answers_for(topic, user))

"""Who takes part in a thesis, and how its rows are locked: topic, application, thesis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from cluster_portal.core.visibility import Reader, audience
from cluster_portal.notifications import outbox
from members.services.recipients import contacts_of, coordinators_of
from theses.models import Application, Thesis, Topic
from theses.models.choices import Origin
from theses.models.works import is_student, is_supervisor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from cluster_portal.core.audit import AuditEntry
    from members.models import User


STUDENT, COMMISSIONER, SUPERVISOR = "student", "commissioner", "supervisor"


def is_daytime() -> bool:
    """Nobody is reminded in the night."""
    return timezone.localtime().hour in range(8, 20)


def locked(topic: Topic) -> Topic:
    """The fresh row, held until the transaction ends; a topic's own rows are written under it."""
    return Topic.objects.select_for_update(no_key=True).get(pk=topic.pk)


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
    """Each person once, also one who stands on two sides."""
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
    """Whether the user acts for the topic; to a coordinator only where nobody else can."""
    return _is_named(topic, user) or user.pk in {person.pk for person in offerers(topic)}


def _is_named(topic: Topic, user: Reader) -> bool:
    return user.pk == topic.contact_id or topic.organisation_id in audience(user).edits


def _commissions(thesis: Thesis, user: Reader) -> bool:
    topic = thesis.topic
    if topic.organisation_id is None:
        return False
    stands_in = user.pk != thesis.supervisor_id
    return _is_named(topic, user) or (stands_in and answers_for(topic, user))


def offerers(topic: Topic) -> list[User]:
    """Who hears of applications and offers, so that no topic is lost with a person.

    Whose topic it is, else the coordinators.
    """
    return owners(topic) or coordinators(topic)


def owners(topic: Topic) -> list[User]:
    """The contact person, else whose proposal it is, else the organisation's contacts."""
    if topic.contact is not None and topic.contact.is_active:
        return [topic.contact]
    proposer = _proposer(topic)
    if proposer is not None and proposer.is_active:
        return [proposer]
    return list(contacts_of([topic.organisation_id])) if topic.organisation_id else []


def _proposer(topic: Topic) -> User | None:
    if topic.origin == Origin.SUPERVISOR:
        return topic.supervisor
    return topic.student if topic.organisation_id is None else None


def coordinators(topic: Topic) -> list[User]:
    return list(coordinators_of([topic.home_cluster_id]))


def tell(
    kind: str,
    to: Iterable[User],
    entry: AuditEntry,
    about: Model,
    *,
    but: User | None = None,
    **values: str | int,
) -> None:
    """One message to each, keyed by the act; the actor needs none."""
    for person in to:
        if but is None or person.pk != but.pk:
            outbox.post(kind, to=person, key=f"{entry.pk}:{person.pk}", about=about, values=values)


def tell_without_page(
    kind: str, to: Iterable[User], entry: AuditEntry, **values: str | int
) -> None:
    """The same about what its reader no longer sees: the words stand in the message itself."""
    for person in to:
        outbox.post(kind, to=person, key=f"{entry.pk}:{person.pk}", values=values)

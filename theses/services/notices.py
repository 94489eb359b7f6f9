"""Whom the theses app tells what; the one place that knows who stands on a topic's side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from cluster_portal.notifications import outbox
from members.models import Coordinator, User
from theses.models.choices import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from cluster_portal.core.audit import AuditEntry
    from theses.models import Topic


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
    return contacts_of(topic.organisation_id) if topic.organisation_id else []


def _proposer(topic: Topic) -> User | None:
    if topic.origin == Origin.SUPERVISOR:
        return topic.supervisor
    return topic.student if topic.organisation_id is None else None


def contacts_of(organisation: int) -> list[User]:
    affiliated = Q(
        affiliations__organisation=organisation,
        affiliations__role="contact",
        affiliations__stage="confirmed",
    )
    return list(User.objects.filter(affiliated, is_active=True).distinct())


def coordinators(topic: Topic) -> list[User]:
    current = Coordinator.objects.current(timezone.localdate()).filter(
        cluster=topic.home_cluster_id
    )
    return list(User.objects.filter(pk__in=current.values("user"), is_active=True))


def tell(
    kind: str,
    to: Iterable[User],
    entry: AuditEntry,
    about: Model,
    *,
    but: User | None = None,
    **values: str | int,
) -> None:
    """One message to each, keyed by the act; the actor herself needs none of what she did."""
    for person in to:
        if but is None or person.pk != but.pk:
            outbox.post(kind, to=person, key=f"{entry.pk}:{person.pk}", about=about, values=values)


def tell_without_page(
    kind: str, to: Iterable[User], entry: AuditEntry, **values: str | int
) -> None:
    """The same about what its reader no longer sees: the words stand in the message itself."""
    for person in to:
        outbox.post(kind, to=person, key=f"{entry.pk}:{person.pk}", values=values)

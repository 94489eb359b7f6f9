"""Whom the theses app tells what; the one place that knows who stands on a topic's side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from cluster_portal.notifications import outbox
from members.models import Coordinator, User

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from cluster_portal.core.audit import AuditEntry
    from theses.models import Topic


def offerers(topic: Topic) -> list[User]:
    """Who hears of applications: the topic's contact person, else the organisation's contacts."""
    if topic.contact is not None and topic.contact.is_active:
        return [topic.contact]
    affiliated = Q(
        affiliations__organisation=topic.organisation_id,
        affiliations__role="contact",
        affiliations__stage="confirmed",
    )
    found = list(User.objects.filter(affiliated, is_active=True).distinct())
    return found or coordinators(topic)


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

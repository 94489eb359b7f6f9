"""Builders of topics and applications; each assumes the least."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cluster_portal.core.vocabulary import Term
from tests import factories
from theses.models import Application, Place, Topic
from theses.models.choices import Stage
from theses.services.topics import set_fields

if TYPE_CHECKING:
    from members.models import Cluster, Organisation, User

_numbers = itertools.count(1)


def topic(
    organisation: Organisation | None,
    cluster: Cluster,
    *,
    places: int = 1,
    fields: tuple[str, ...] = (),
    **values: Any,
) -> Topic:
    """An open, public topic with one place; neither indexed nor recorded."""
    number = next(_numbers)
    now = timezone.now()
    values = {
        "slug": f"aihe-{number}",
        "title": f"Varautumisen aihe {number}",
        "description": "Kuvaus.",
        "levels": ["bachelor_uas"],
        "languages": ["fi"],
        "stage": Stage.OPEN,
        "publicity_accepted_at": now,
        "published_at": now,
        **values,
    }
    made = Topic.objects.create(organisation=organisation, home_cluster=cluster, **values)
    for place in range(1, places + 1):
        Place.objects.create(topic=made, number=place)
    if fields:
        set_fields(made, Term.objects.filter(scheme="education_field", code__in=fields))
    return made


def application(topic: Topic, student: User | None = None, **values: Any) -> Application:
    """Waiting for an answer."""
    values = {"motivation": "Kiinnostaa.", "school": "Esimerkkiopisto", **values}
    return Application.objects.create(topic=topic, student=student or factories.user(), **values)

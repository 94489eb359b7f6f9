"""Builders of topics and applications; each assumes the least."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cluster_portal.core.vocabulary import Term
from tests import factories
from theses.models import (
    Application,
    Place,
    StudentProfile,
    SupervisorProfile,
    Topic,
    TopicEducationField,
)
from theses.models.choices import Stage
from theses.services.links import set_terms

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
        set_terms(
            TopicEducationField,
            Term.objects.filter(scheme="education_field", code__in=fields),
            topic=made,
        )
    return made


def application(topic: Topic, student: User | None = None, **values: Any) -> Application:
    """Waiting for an answer."""
    values = {"motivation": "Kiinnostaa.", "school": "Esimerkkiopisto", **values}
    return Application.objects.create(topic=topic, student=student or factories.user(), **values)


def supervisor_profile(user: User, institution: Organisation, **values: Any) -> SupervisorProfile:
    """Shown to everyone with an account; with a place in the school, without seats in any term."""
    if not user.affiliations.confirmed().filter(organisation=institution).exists():
        factories.affiliation(user, institution)
    values = {
        "slug": f"ohjaaja-{next(_numbers)}",
        "levels": ["bachelor_uas", "master"],
        "languages": ["fi"],
        "expertise": "Varautuminen.",
        **values,
    }
    return SupervisorProfile.objects.create(user=user, institution=institution, **values)


def student_profile(user: User, **values: Any) -> StudentProfile:
    """Open to all commissioners."""
    values = {
        "level": "bachelor_uas",
        "programme": "Turvallisuusala",
        "languages": ["fi"],
        "openness": "commissioners",
        "opened_at": timezone.now(),
        **values,
    }
    return StudentProfile.objects.create(user=user, **values)


def idea(student: User, cluster: Cluster, **values: Any) -> Topic:
    """A student's own open idea that seeks a commissioner."""
    return topic(None, cluster, origin="student", student=student, **values)

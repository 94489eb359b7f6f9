"""What a topic's page shows to one reader: her own application, or the applicants, or the form."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from theses import presentation
from theses.forms.applications import ApplicationForm
from theses.models import Application, Topic
from theses.models.topic_workflow import MOVES, is_offered_by


def values(user: Any, topic: Topic, form: ApplicationForm | None = None) -> dict[str, Any]:
    """All that the topic's page shows; `form` is one that came back with errors."""
    offers = user.is_authenticated and is_offered_by(topic, user)
    mine = _own_application(topic, user)
    current = mine if mine and not mine.is_over else None
    can_apply = topic.is_open and not offers and current is None
    return {
        "topic": topic,
        "trail": [{"name": _("Theses"), "url": reverse("theses:list")}, {"name": topic.heading}],
        "state": presentation.state_of(topic),
        "steps": presentation.steps_of(topic),
        "parties": presentation.parties_of(topic, mine=current, offers=offers),
        "facts": presentation.facts_of(topic),
        "questions": [line.lstrip("-*• ") for line in topic.questions.splitlines() if line.strip()],
        "offers": offers,
        "moves": MOVES.open_to(topic, user) if offers else [],
        "applications": _applications(topic, user) if offers else [],
        "mine": presentation.application_row(mine, user) if mine else None,
        "is_closed": not (topic.is_open or offers or mine),
        **_apply_values(topic, user, form, can_apply=can_apply),
    }


def _own_application(topic: Topic, user: Any) -> Application | None:
    rows = Application.objects.visible_to(user).filter(topic=topic, student=user.pk)
    mine = rows.order_by("-pk").first()
    if mine is not None:
        mine.topic = topic
    return mine


def _apply_values(
    topic: Topic, user: Any, form: ApplicationForm | None, *, can_apply: bool
) -> dict[str, Any]:
    """A form for who may apply, the way in for a visitor, nothing for others."""
    fresh = ApplicationForm() if can_apply and user.is_authenticated else None
    return {
        "must_sign_in": can_apply and not user.is_authenticated,
        "form": form or fresh,
        "here": f"{topic.get_absolute_url()}#apply",
    }


def _applications(topic: Topic, user: Any) -> list[dict[str, Any]]:
    rows = Application.objects.visible_to(user).filter(topic=topic).select_related("student")
    found = list(rows.order_by("submitted_at", "pk"))
    for application in found:
        application.topic = topic
    return [presentation.application_row(application, user) for application in found]

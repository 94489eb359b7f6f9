"""The own questions of an event: added, changed and taken away by its organisers.

What was answered to a question that is gone stays with the registration and is not shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from events.models.questions import MOST_QUESTIONS
from events.services.places import lock

if TYPE_CHECKING:
    from events.models import Event, EventQuestion
    from members.models import User


@transaction.atomic
def save_question(question: EventQuestion, *, by: User) -> EventQuestion:
    event = _organised(question.event_id, by)
    others = event.questions.exclude(pk=question.pk)
    if others.count() >= MOST_QUESTIONS:
        raise Refused(_("Twenty questions are enough."))
    question.save()
    audit.record(event, "event questions changed", by=by, details={"question": question.text_fi})
    return question


@transaction.atomic
def delete_question(question: EventQuestion, *, by: User) -> None:
    event = _organised(question.event_id, by)
    audit.record(event, "event questions changed", by=by, details={"removed": question.text_fi})
    question.delete()


def _organised(event_pk: int, by: User) -> Event:
    event = lock(event_pk)
    if not event.is_editable_by(by):
        raise Refused(_("You cannot do this."))
    return event

"""The own questions of an event: added, changed and taken away by its organisers.

What was answered to a question that is gone stays with the registration and is not shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from events.models import EventQuestion, Registration
from events.models.questions import MOST_QUESTIONS, OF_QUESTION
from events.services.places import lock
from projects.services import entries

if TYPE_CHECKING:
    from events.models import Event
    from members.models import User


@transaction.atomic
def save_question(question: EventQuestion, *, by: User, seen: str = "") -> EventQuestion:
    """`seen` is the stamp of the question as the editor saw it."""
    event = _organised(question.event_id, by)
    others = event.questions.exclude(pk=question.pk)
    if others.count() >= MOST_QUESTIONS:
        raise Refused(_("Twenty questions are enough."))
    stored = EventQuestion.objects.filter(pk=question.pk).first() if question.pk else None
    if stored is not None:
        entries.refuse_changed(stored, OF_QUESTION, seen)
        _refuse_other_kind(question, stored)
    question.save()
    audit.record(event, "event questions changed", by=by, details={"question": question.text_fi})
    return question


def _refuse_other_kind(question: EventQuestion, stored: EventQuestion) -> None:
    """What was answered in one shape cannot be read in another."""
    if stored.kind == question.kind:
        return
    answered = Registration.objects.filter(event=stored.event_id, answers__has_key=stored.key)
    if answered.exists():
        raise Refused(
            _("Somebody has answered already, so the way of answering stays. Add a new question.")
        )


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

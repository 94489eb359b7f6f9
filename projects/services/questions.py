"""Asking about a challenge, and answering: both sides are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from cluster_portal.notifications import outbox
from members.models import Organisation, User
from projects.models import Challenge, Question
from projects.services.challenges import side_of
from projects.services.entries import refuse_late

if TYPE_CHECKING:
    from uuid import UUID

    from cluster_portal.core.visibility import Reader

MOST_WAITING = 10  # unanswered questions of one person to one challenge


@transaction.atomic
def ask(
    challenge: Challenge, text: str, *, form_key: UUID, is_anonymous: bool, by: User
) -> Question:
    """The same form asks once; the challenge's own side hears of it."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # forms sent twice take turns
    known = made_by(Question, form_key, asker=by)
    if known is not None:
        return known
    seen = Challenge.objects.visible_to(by).filter(pk=challenge.pk).first()
    if seen is None or not seen.is_open or not may_ask(seen, by):
        raise Refused(_("Questions are taken from members, as long as the challenge is open."))
    if is_anonymous and not seen.takes_anonymous:
        raise Refused(_("This challenge takes no questions without a name."))
    waiting = Question.objects.unanswered().filter(challenge=challenge, asker=by)
    if waiting.count() >= MOST_WAITING:
        raise Refused(_("Many questions of yours wait for an answer. Ask more when they have it."))
    question = Question.objects.create(
        challenge=challenge, text=text, form_key=form_key, is_anonymous=is_anonymous, asker=by,
        organisation=_organisation_of(by),
    )  # fmt: skip
    audit.record(question, "question asked", by=by)
    readers = side_of(challenge, but=by)
    outbox.post_to_all("question_asked", to=readers, key=str(question.pk), about=question)
    return question


def may_ask(challenge: Challenge, user: Reader) -> bool:
    """Members who read the challenge, which the caller knows, but not those whose it is."""
    known = audience(user)
    return known.is_member and challenge.organisation_id not in known.organisations


def _organisation_of(user: User) -> Organisation | None:
    """The asker's own, where there is no doubt which."""
    mine = audience(user).organisations
    return Organisation.objects.get(pk=next(iter(mine))) if len(mine) == 1 else None


@transaction.atomic
def answer(question: Question, text: str, *, by: User, seen: str = "") -> Question:
    """A better answer replaces the first; the asker is told of the first alone."""
    question = Question.objects.select_for_update(of=("self",), no_key=True).get(pk=question.pk)
    if not Question.objects.editable_by(by).contains(question):
        raise Refused(_("You cannot do this."))
    refuse_late(question, seen)
    is_first = question.answered_at is None
    question.answer = text
    question.answered_at = question.answered_at or timezone.now()
    question.save(update_fields=["answer", "answered_at"])
    audit.record(question, "question answered", by=by)
    asker = question.asker
    if is_first and asker and asker.is_active and asker != by:
        outbox.post("question_answered", to=asker, key=str(question.pk), about=question)
    return question

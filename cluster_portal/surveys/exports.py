"""What the surveys app holds of a person, as plain data for that person's own copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from cluster_portal.surveys.models import (
    CircularCase,
    Fact,
    FundingNeed,
    Handover,
    InfrastructureNeed,
    Response,
    SkillGap,
    TrainingSupply,
)
from cluster_portal.surveys.questionnaire import Questionnaire

if TYPE_CHECKING:
    from members.models import User


def answers(user: User) -> list[dict[str, Any]]:
    """What they answered for themselves in words; of an organisation's answers their part in it."""
    rows = Response.objects.filter(Q(person=user) | Q(interviewer=user) | Q(checked_by=user))
    found = [_row(row, user) for row in rows.select_related("round__version", "organisation")]
    handed = Handover.objects.filter(Q(user=user) | Q(by=user))
    return found + [
        {
            "kind": "handed over", "questionnaire": row.response.title,
            "section": str(row.section or ""), "to me": row.user_id == user.pk, "at": row.at,
            "ready": row.done_at,
        }
        for row in handed.select_related("response__round", "section").order_by("pk")
    ]  # fmt: skip


def _row(row: Response, user: User) -> dict[str, Any]:
    told = {
        "kind": "answers", "questionnaire": row.title, "state": row.stage,
        "organisation": str(row.organisation or ""), "answers for": row.person_id == user.pk,
        "interviewer": row.interviewer_id == user.pk, "agreed_on": row.agreed_on,
        "held_on": row.held_on, "answered": row.answered_on,
        "checked": row.checked_at if row.checked_by_id == user.pk else None,
    }  # fmt: skip
    if row.is_own_of(user):
        told["answers"] = {q.text: q.words(row.answers.get(q.key)) for q in _asked(row)}
    return told


def _asked(row: Response) -> list[Any]:
    questions = Questionnaire.of(row.round.version)
    return [question for question in questions if question.key in row.answers]


ENTRIES: tuple[Any, ...] = (
    SkillGap, TrainingSupply, InfrastructureNeed, CircularCase, FundingNeed,
)  # fmt: skip


def entries(user: User) -> list[dict[str, Any]]:
    """Rows of the registers that they entered, and what they decided to record of answers."""
    entered = [
        {
            "kind": str(model._meta.verbose_name), "what": str(row), "source": row.source,
            "organisation": str(row.organisation or ""), "entered": row.created_at,
        }
        for model in ENTRIES
        for row in model.objects.filter(entered_by=user).select_related("organisation")
    ]  # fmt: skip
    decided = Fact.objects.filter(decided_by=user).select_related("response__round")
    return entered + [
        {
            "kind": row.get_kind_display(), "what": row.section_key, "state": row.stage,
            "questionnaire": row.response.title, "decided": row.decided_at,
        }
        for row in decided
    ]  # fmt: skip

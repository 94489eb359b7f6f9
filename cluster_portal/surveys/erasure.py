"""The surveys' part in erasing an account: a person's answers become anonymous."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cluster_portal.surveys.models import (
    CircularCase,
    Fact,
    FundingNeed,
    InfrastructureNeed,
    Response,
    SkillGap,
    TrainingSupply,
)
from cluster_portal.surveys.questionnaire import Questionnaire

if TYPE_CHECKING:
    from members.models import User

ENTRIES: tuple[Any, ...] = (
    SkillGap, TrainingSupply, InfrastructureNeed, CircularCase, FundingNeed,
)  # fmt: skip

# An anonymous answer knows nobody and no moment, by a rule of the database.
NAMELESS = {
    "is_anonymous": True, "organisation": None, "person": None, "interviewer": None,
    "checked_by": None, "invited_at": None, "saved_at": None, "answered_at": None,
    "checked_at": None, "reminded_at": None, "written": None,
}  # fmt: skip


def effects(user: User) -> list[str]:
    own = Response.objects.own_of(user)
    rows = (
        (_("Your unfinished answers to questionnaires that are deleted: %(count)s."),
         own.unanswered().count()),
        (_("Your answers that stay as figures, without your name and your texts: %(count)s."),
         own.countable().count()),
        (_("Questionnaires of your organisations in which your name no longer stands: %(count)s."),
         Response.objects.naming(user).exclude(pk__in=own.values("pk")).count()),
    )  # fmt: skip
    return [words % {"count": count} for words, count in rows if count]


def erase(user: User) -> None:
    """Figures keep what was chosen or counted; what the person wrote in words goes."""
    own = Response.objects.own_of(user)
    for response in own.countable().select_related("round__version"):
        questions = Questionnaire.of(response.round.version)
        words = {question.key for question in questions if question.is_free_text}
        response.answers = {k: v for k, v in response.answers.items() if k not in words}
        for name, value in NAMELESS.items():
            setattr(response, name, value)
        response.save()
    own.delete()
    for field in ("person", "interviewer", "checked_by"):
        Response.objects.filter(**{field: user}).update(**{field: None})


def entry_effects(user: User) -> list[str]:
    count = sum(model.objects.filter(entered_by=user).count() for model in ENTRIES)
    words = _("Rows of registers that stay without your name: %(count)s.")
    return [words % {"count": count}] if count else []


def erase_entries(user: User) -> None:
    """The rows are the organisation's or the cluster's."""
    for model in ENTRIES:
        model.objects.filter(entered_by=user).update(entered_by=None)
    Fact.objects.filter(decided_by=user).update(decided_by=None)

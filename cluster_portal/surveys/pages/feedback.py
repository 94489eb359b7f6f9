"""The one page of an anonymous questionnaire."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cluster_portal.surveys.pages.questions import Drawn, drawn

if TYPE_CHECKING:
    from cluster_portal.surveys.forms.answers import AnswerForm
    from cluster_portal.surveys.models import Round
    from cluster_portal.surveys.questionnaire import Questionnaire


@dataclass(frozen=True)
class Block:
    key: str
    title: str
    help: str
    questions: list[Drawn]


def feedback_page(
    survey_round: Round, questionnaire: Questionnaire, form: AnswerForm
) -> dict[str, Any]:
    shown = set(questionnaire.by_key)  # the script hides what an answer has not brought out
    numbers = {q.key: str(n) for n, q in enumerate(questionnaire, start=1)}
    blocks = [
        Block(
            section.key, section.title, section.help,
            drawn(form, section.questions, numbers=numbers, shown=shown),
        )
        for section in questionnaire.sections
    ]  # fmt: skip
    has_text = any(question.is_free_text for question in questionnaire)
    return {"round": survey_round, "blocks": blocks, "form": form, "has_text": has_text}

"""Answers of the example: the same at every load, and figures of them show something."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cluster_portal.surveys.models.questions import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from cluster_portal.surveys.questionnaire import Answers, Question, Questionnaire, Section

SPREAD = 0.6  # of the scales, between organisations and between their answers


@dataclass(frozen=True)
class Answerer:
    """Who answers: `number` in the row of those asked, `seed` the same in every round."""

    number: int
    seed: str
    region: str
    today: datetime.date
    given: dict[str, list[Any]]
    ranges: dict[str, list[int]]
    shift: dict[str, float] = field(default_factory=dict)
    round_slug: str = ""

    def answers(self, questionnaire: Questionnaire, sections: int | None = None) -> Answers:
        """All that is asked, or of the first sections alone; branching is followed."""
        found: Answers = {}
        for section in questionnaire.sections[:sections]:
            for question in section.questions:
                if question.key in questionnaire.visible(found):
                    value = self._answer(section, question)
                    if value is not None:
                        found[question.key] = value
        return found

    def _answer(self, section: Section, question: Question) -> Any:
        stem = question.key.rstrip("0123456789")
        turn = self.number + sum(int(digit) for digit in question.key[len(stem) :] or "0")
        values = self.given.get(f"{section.key.rstrip('0123456789')}_{stem}", self.given.get(stem))
        if values:
            return values[turn % len(values)]
        if question.kind == Kind.TEXT:
            return None
        chance = random.Random(f"{self.seed} {question.key} {self.round_slug}")  # noqa: S311 - an example
        return self._makers[question.kind](section, question, chance)

    @property
    def _makers(self) -> dict[str, Callable[..., Any]]:
        return {
            Kind.CHOICE: self._choice,
            Kind.MANY: self._many,
            Kind.SCALE: self._scale,
            Kind.NUMBER: self._number,
            Kind.MONEY: self._money,
            Kind.DATE: self._date,
            Kind.MATRIX: self._matrix,
        }

    def _choice(self, _section: Section, question: Question, chance: random.Random) -> Any:
        """The first options are the likeliest; a region is the organisation's own."""
        keys = [option.key for option in question.options]
        if self.region in keys and question.key.startswith("region"):
            return self.region
        return chance.choices(keys, weights=range(len(keys), 0, -1))[0]

    def _many(self, _section: Section, question: Question, chance: random.Random) -> Any:
        keys = [option.key for option in question.options]
        chosen = set(chance.sample(keys, k=min(len(keys), chance.randint(1, 3))))
        return [key for key in keys if key in chosen]

    def _scale(self, section: Section, question: Question, chance: random.Random) -> int:
        own = random.Random(self.seed).gauss(0, SPREAD)  # noqa: S311
        of_question = random.Random(question.key).uniform(-0.7, 0.7)  # noqa: S311
        middle = (question.steps + 1) / 2
        lean = own + of_question + self.shift.get(section.key, 0.0) + chance.gauss(0, SPREAD)
        return max(1, min(question.steps, round(middle + lean * (question.steps - 1) / 4)))

    def _number(self, _section: Section, question: Question, chance: random.Random) -> str:
        return str(self._between(question, chance))

    def _money(self, _section: Section, question: Question, chance: random.Random) -> int:
        return self._between(question, chance) // 1000 * 100_000

    def _between(self, question: Question, chance: random.Random) -> int:
        low, high = self.ranges[question.key.rstrip("0123456789")]
        return chance.randint(low, high)

    def _date(self, _section: Section, _question: Question, chance: random.Random) -> str:
        return (self.today + datetime.timedelta(days=chance.randint(60, 300))).isoformat()

    def _matrix(self, section: Section, question: Question, chance: random.Random) -> Any:
        return {row.key: self._choice(section, question, chance) for row in question.rows}

"""Means of scales, worked out from what was published and from nothing else.

A merged column counts as its middle. Of a group the published columns are wider: there each counts
as everybody's mean within it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from cluster_portal.surveys.models.questions import Kind
from cluster_portal.surveys.pages.published import is_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cluster_portal.surveys.pages.published import Column, GroupPart, Part, Published
    from cluster_portal.surveys.questionnaire import Question, Section


class Level(NamedTuple):
    """Of one section: its mean, the middle half of its answers, how it moved since before."""

    section: Section
    now: float
    low: float
    high: float
    change: float | None = None

    @property
    def before(self) -> float | None:
        return None if self.change is None else self.now - self.change


def middle(column: Column) -> float:
    steps = [int(key) for key in column["keys"]]
    return sum(steps) / len(steps)


def _weighted(pairs: Iterable[tuple[float, int]]) -> float | None:
    found = list(pairs)
    total = sum(count for _value, count in found)
    return sum(value * count for value, count in found) / total if total else None


def _answers(part: Part) -> list[tuple[Column, int]]:
    rows = zip(part.columns, part.counts, strict=True)
    return [(column, count) for column, count in rows if is_answer(column)]


def mean(part: Part) -> float | None:
    return _weighted((middle(column), count) for column, count in _answers(part))


def group_means(grouped: GroupPart) -> dict[tuple[str, ...], float]:
    values = [_within(column, grouped.part) for column in grouped.columns]
    found = {}
    for codes, counts in grouped.rows:
        rows = zip(grouped.columns, values, counts, strict=True)
        level = _weighted((value, count) for column, value, count in rows if is_answer(column))
        if level is not None:
            found[codes] = level
    return found


def _within(column: Column, part: Part) -> float:
    """Everybody's mean among the answers that this column holds."""
    if not is_answer(column):
        return 0
    keys = set(column["keys"])
    inside = [(middle(fine), count) for fine, count in _answers(part) if keys >= set(fine["keys"])]
    found = _weighted(inside)
    return middle(column) if found is None else found


def top(published: Published) -> int:
    """The steps of most scales: only those make the profile."""
    steps = Counter(q.steps for q in published.questionnaire if _is_told(q, published))
    return max(steps, key=lambda each: (steps[each], each), default=0)


def _is_told(question: Question, published: Published) -> bool:
    return question.kind == Kind.SCALE and bool(published.parts(question))


def means(published: Published) -> dict[str, float]:
    """Of each scale question in the profile."""
    steps, found = top(published), {}
    for question in published.questionnaire:
        if question.steps == steps and _is_told(question, published):
            level = mean(published.parts(question)[0])
            if level is not None:
                found[question.key] = level
    return found


def profile(published: Published, before: Published | None) -> list[Level]:
    now = means(published)
    past = means(before) if before and top(before) == top(published) else {}
    found = []
    for section in published.questionnaire.sections:
        keys = [question.key for question in section.questions if question.key in now]
        if keys:
            low, high = _middle_half([published.parts(q)[0] for q in _of(section, keys)])
            shared = [key for key in keys if key in past]
            moved = average([now[key] - past[key] for key in shared]) if shared else None
            found.append(Level(section, average([now[key] for key in keys]), low, high, moved))
    return found


def _of(section: Section, keys: list[str]) -> list[Question]:
    return [question for question in section.questions if question.key in keys]


def average(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _middle_half(parts: list[Part]) -> tuple[float, float]:
    """Where the middle half of all answers lies, by the middles of their columns."""
    pooled: Counter[float] = Counter()
    for part in parts:
        for column, count in _answers(part):
            pooled[middle(column)] += count
    total = pooled.total()
    return _quantile(pooled, total / 4), _quantile(pooled, 3 * total / 4)


def _quantile(pooled: Counter[float], place: float) -> float:
    seen = 0
    for value in sorted(pooled):
        seen += pooled[value]
        if seen >= place:
            return value
    return max(pooled)

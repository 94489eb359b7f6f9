"""The answers of a page as they are typed; `surveys.questionnaire` says which are right."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import forms

from cluster_portal.core.numbers import typed
from cluster_portal.surveys.models.questions import Kind
from cluster_portal.surveys.questionnaire import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import QueryDict

    from cluster_portal.surveys.questionnaire import Question, Questionnaire


def row_name(name: str, row: str) -> str:
    """The name under which a form sends one row of a matrix."""
    return f"{name}--{row}"


class Several(forms.Widget):
    """Any number of ticks of one name."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return data.getlist(name)


class Rows(forms.Widget):
    """One answer per row of a matrix."""

    def __init__(self, rows: Iterable[str]) -> None:
        super().__init__()
        self.rows = list(rows)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        given = {row: data.get(row_name(name, row), "") for row in self.rows}
        return {row: value for row, value in given.items() if value}


def _widget(question: Question) -> forms.Widget:
    if question.kind == Kind.MANY:
        return Several()
    if question.kind == Kind.MATRIX:
        return Rows(row.key for row in question.rows)
    return forms.TextInput()


class AnswerField(forms.Field):
    """Nothing is required while one is still answering: that is asked when the answers are sent."""

    def __init__(self, question: Question) -> None:
        super().__init__(required=False, label=question.text, widget=_widget(question))
        self.question = question

    def clean(self, value: object) -> Any:
        return self.question.clean(value)


class AnswerForm(forms.Form):
    """Some questions of a questionnaire, by their keys; `stored` are all answers given so far.

    An answer that is right is in `cleaned_data` even where another one is not. Of two people on the
    same page each changes only what they have typed: see `changed`.
    """

    prefix = "q"

    def __init__(
        self,
        questionnaire: Questionnaire,
        questions: Iterable[Question],
        data: QueryDict | None = None,
        *,
        stored: Mapping[str, Any],
    ) -> None:
        super().__init__(data)
        self.questionnaire, self.stored = questionnaire, stored
        for question in questions:
            self.fields[question.key] = AnswerField(question)
            self.initial[question.key] = as_typed(question, stored.get(question.key))

    @property
    def seen(self) -> dict[str, str]:
        """Fingerprints of the answers that the page showed, by the keys of their questions."""
        try:
            found = json.loads(self.data.get("drawn", ""))
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def changed(self) -> dict[str, Any]:
        """The right answers that are others than the page showed: what the writer has changed."""
        seen = self.seen
        return {
            key: value
            for key, value in self.cleaned_data.items()
            if key not in seen or seen[key] != fingerprint(value)
        }

    def clean(self) -> None:
        """What the answers themselves make needless is not asked, so it is not wrong either."""
        shown = self.questionnaire.visible({**self.stored, **self.cleaned_data})
        for key in set(self.errors) - set(shown):
            del self.errors[key]


class RevisionForm(forms.Form):
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1)


def as_typed(question: Question, value: Any) -> Any:
    """A stored answer as a form shows it."""
    if value is None:
        return ""
    if question.kind == Kind.MONEY:
        return typed(value)
    if question.kind == Kind.NUMBER:
        return value.replace(".", ",")
    return str(value) if question.kind == Kind.SCALE else value

"""All questions of an anonymous questionnaire in one form."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cluster_portal.surveys.forms.answers import AnswerForm

if TYPE_CHECKING:
    from django.http import QueryDict

    from cluster_portal.surveys.questionnaire import Questionnaire


class FeedbackForm(AnswerForm):
    """`form_key` comes with the page, so that sending it twice makes one answer."""

    def __init__(self, questionnaire: Questionnaire, data: QueryDict | None = None) -> None:
        super().__init__(questionnaire, questionnaire, data, stored={})

    @property
    def form_key(self) -> uuid.UUID:
        try:
            return uuid.UUID(self.data.get("form_key", ""))
        except ValueError:
            return uuid.uuid4()

    @property
    def new_key(self) -> uuid.UUID:
        return self.form_key if self.is_bound else uuid.uuid4()

    @property
    def answers(self) -> dict[str, Any]:
        return {key: value for key, value in self.cleaned_data.items() if value is not None}

    def clean(self) -> None:
        """Sent in one go: what must be answered is asked for at its question."""
        super().clean()
        for question in self.questionnaire.missing(self.answers):
            if question.key not in self.errors:
                self.add_error(question.key, _("Answer this."))

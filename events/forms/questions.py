"""The organiser's own question of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.text.cleaning import one_line
from events.models import EventQuestion
from events.models.questions import OF_QUESTION

if TYPE_CHECKING:
    from typing import Any


class QuestionForm(forms.ModelForm):
    class Meta:
        model = EventQuestion
        fields = OF_QUESTION
        labels = {"text_fi": _("Question"), "kind": _("How is it answered?")}
        widgets = {
            "options": forms.Textarea(attrs={"rows": 4}),
            "rows": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["steps"].required = False

    def clean_text_fi(self) -> str:
        text = one_line(self.cleaned_data["text_fi"])
        if not text:
            raise forms.ValidationError(_("Write the question."))
        return text

    def clean_steps(self) -> int:
        return int(self.cleaned_data["steps"] or 5)

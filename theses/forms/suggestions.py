"""Saying that a suggestion is not for me, and taking that back."""

from __future__ import annotations

from typing import Any

from django import forms

from theses.models import Dismissal, StudentProfile, SupervisorProfile, Topic


class DismissForm(forms.Form):
    """A topic; with a person: that person for this topic. Only what the reader may see."""

    topic: forms.ModelChoiceField[Any] = forms.ModelChoiceField(queryset=None, to_field_name="slug")
    student: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        queryset=None, to_field_name="public_id", required=False
    )
    supervisor: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        queryset=None, to_field_name="slug", required=False
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model in (
            ("topic", Topic), ("student", StudentProfile), ("supervisor", SupervisorProfile),
        ):  # fmt: skip
            field: Any = self.fields[name]
            field.queryset = model.objects.visible_to(user)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("student") and cleaned.get("supervisor"):
            raise forms.ValidationError("A student or a supervisor, not both.")
        return cleaned


class RestoreForm(forms.Form):
    dismissal: forms.ModelChoiceField[Any] = forms.ModelChoiceField(queryset=None)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["dismissal"]
        field.queryset = Dismissal.objects.editable_by(user)

"""What all forms with free text share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import texts
from cluster_portal.core.classified import refuse_marked

LINE = "---------"


class CleanText(forms.Form):
    """Texts without invisible characters, and none that bears a classification marking.

    A choice that may be left out says so in words, where Django would draw a line.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.empty_label == LINE:
                field.empty_label = _("Nothing chosen")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for name, value in list(values.items()):
            if isinstance(value, str) and isinstance(self.fields[name], forms.CharField):
                is_prose = isinstance(self.fields[name].widget, forms.Textarea)
                values[name] = texts.prose(value) if is_prose else texts.one_line(value)
                self._check(name, values[name], had=value)
        return values

    def _check(self, name: str, value: str, had: str) -> None:
        if had and not value and self.fields[name].required:
            self.add_error(name, self.fields[name].error_messages["required"])
        try:
            refuse_marked(value)
            if name.startswith("title"):
                texts.refuse_links(value)
        except ValidationError as error:
            self.add_error(name, error)

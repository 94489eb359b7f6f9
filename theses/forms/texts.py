"""What all forms with free text share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.narrowing import Narrowing
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.vocabulary import Term

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LINE = "---------"


def prose(
    label: str | _StrPromise, max_length: int, *, rows: int, **options: Any
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=max_length, widget=widget, **options)


def day_field(
    label: str | _StrPromise, *, required: bool = False, **options: Any
) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, **options)


def ticks(label: str | _StrPromise, choices: Any) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, choices=choices, widget=widget)


def term_ticks(label: str | _StrPromise, **options: Any) -> Any:
    """Terms of the vocabulary; the form sets which."""
    return forms.ModelMultipleChoiceField(
        label=label,
        queryset=Term.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        **options,
    )


class CleanText(Narrowing):
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
                values[name] = cleaning.prose(value) if is_prose else cleaning.one_line(value)
                self._check(name, values[name], had=value)
        return values

    def _check(self, name: str, value: str, had: str) -> None:
        if had and not value and self.fields[name].required:
            self.add_error(name, self.fields[name].error_messages["required"])
        try:
            refuse_marked(value)
            if name.startswith("title"):
                cleaning.refuse_links(value)
        except ValidationError as error:
            self.add_error(name, error)

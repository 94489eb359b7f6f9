"""Rows of a form which bear the number of what they change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import ManagementForm
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from cluster_portal.core.http.overtaken import said_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.forms import BaseFormSet
    from django.utils.functional import _StrPromise

    Base = BaseFormSet[forms.Form]
else:
    from django.forms import BaseFormSet as Base


class KnownRows(Base):
    """Begins from what is `saved`; each row bears its `number`, a new one none.

    What the sender has not seen they leave as it is: a row without its number in the form stays.
    Where somebody else was faster, `see_what_is_saved` puts theirs beside what was typed.
    `word` is what one row is, `key` the field without which it is empty.
    """

    word: str | _StrPromise
    key: str
    most: int

    def __init__(self, data: QueryDict | None = None, *, saved: Iterable[Any], prefix: str) -> None:
        self.saved = {str(row["number"]): row for row in saved}
        given = None if data else list(self.saved.values())
        super().__init__(data, initial=given, prefix=prefix)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """What a row that was sent began from is found by its number, not by its place."""
        known: dict[str, Any] = super().get_form_kwargs(index)
        if self.is_bound and index is not None:
            known["initial"] = self.saved.get(self._number(index), {})
        return known

    def _number(self, index: int) -> str:
        return str(self.data.get(f"{self.add_prefix(index)}-number", ""))

    def clean(self) -> None:
        if sum(map(self._says, self.forms)) > self.most:
            raise ValidationError(_("At most %(count)s rows.") % {"count": self.most})

    @property
    def told(self) -> list[dict[str, Any]]:
        """Rows that say something, and known ones that were emptied."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data]
        return [row for row in rows if row[self.key] or row["number"] is not None]

    @cached_property
    def _typed(self) -> list[forms.Form]:
        """Of a form that holds."""
        return [form for form in self.forms if form["number"].value() or self._says(form)]

    def _says(self, form: forms.Form) -> bool:
        return bool(form.cleaned_data.get(self.key))

    def saved_otherwise(self) -> list[dict[str, Any]]:
        """Fields of known rows that are saved otherwise than typed, and rows that are gone."""
        found = []
        for place, form in enumerate(self._typed, start=1):
            name = f"{self.word} {place}"
            if form.initial:
                found += said_of(form, within=name)
            elif form["number"].value():
                found.append({"label": name, "text": _("Removed"), "is_long": False})
        return found

    def see_what_is_saved(self) -> None:
        """What was typed, then what the sender never saw, then the empty rows."""
        count, data = self.total_form_count(), QueryDict(mutable=True)
        sent = {self._number(index) for index in range(count)}
        unseen = [row for number, row in self.saved.items() if number not in sent]
        added = [
            self.form(
                initial=row, prefix=self.add_prefix(place), auto_id=self.auto_id,
                use_required_attribute=False,
            )
            for place, row in enumerate(unseen, start=count)
        ]  # fmt: skip
        empty = [form for form in self.forms if form not in self._typed]
        data.update(self.data)
        data[self.management_form.add_prefix("TOTAL_FORMS")] = str(count + len(added))
        self.__dict__["forms"] = [*self._typed, *added, *empty]
        count_of_rows = ManagementForm(data, auto_id=self.auto_id, prefix=self.prefix)
        count_of_rows.full_clean()
        self.__dict__["management_form"] = count_of_rows


def rows_of(
    form: type[forms.Form], most: int, *, extra: int, key: str, word: str | _StrPromise
) -> type[KnownRows]:
    """A form that comes back has room for the rows of another editor, too."""
    made: Any = forms.formset_factory(
        form, formset=KnownRows, extra=extra, max_num=most, absolute_max=3 * most
    )
    made.word, made.key, made.most = word, key, most
    return made


class RowNumber(forms.IntegerField):
    """The number of a known row, not shown."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, max_value=2**31 - 1)

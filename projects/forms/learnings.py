"""Writing what was learned: a row for each learning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.forms.members import LineField
from projects.forms.challenges import prose
from projects.forms.known_rows import RowNumber, rows_of
from projects.models.learnings import Kind
from projects.services.learnings import Written

if TYPE_CHECKING:
    from django.http import QueryDict

    from projects.models import Pilot

MOST = 30


class LearningForm(forms.Form):
    number = RowNumber()
    kind = forms.ChoiceField(label=pgettext_lazy("of a learning", "Kind"), choices=Kind)
    title = LineField(
        label=_("Learning"), max_length=160, required=False,
        help_text=_("As a sentence that helps the next one. An empty row is left out."),
    )  # fmt: skip
    text = prose(2, label=_("In a few words more"), required=False, max_length=1200)
    is_gone = forms.BooleanField(label=_("Remove this learning"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("text") and not values.get("title") and "title" not in self.errors:
            self.add_error("title", _("Say the learning in one sentence."))
        return values


LearningRows = rows_of(LearningForm, MOST, extra=3, key="title", word=_("Learning"))


class LearningsForm(forms.Form):
    def __init__(self, data: QueryDict | None = None, *, pilot: Pilot) -> None:
        super().__init__(data)
        given = pilot.learnings.order_by("number").values("number", "kind", "title", "text")
        self.rows = LearningRows(data, prefix="learnings", saved=given)
        self.rows_of_things = (self.rows,)

    def is_valid(self) -> bool:
        if not self.rows.is_valid() and super().is_valid():
            self.add_error(None, _("Check the rows below."))
        return super().is_valid() and self.rows.is_valid()

    @property
    def written(self) -> list[Written]:
        """Empty rows are left out; a known learning that was emptied goes."""
        return [
            Written(
                kind=row["kind"], title=row["title"], text=row["text"], number=row["number"],
                is_gone=row["is_gone"] or not row["title"],
            )
            for row in self.rows.told
        ]  # fmt: skip

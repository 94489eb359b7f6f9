"""A joint statement."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.members import LineField, ProseField

if TYPE_CHECKING:
    from events.models import Statement

PLAIN = ("title", "addressee", "text")


class StatementForm(forms.Form):
    title = LineField(label=_("Title of the statement"), min_length=5, max_length=160)
    addressee = LineField(label=_("To whom is it addressed?"), max_length=160, required=False)
    text = ProseField(
        label=_("Text"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("You may use Markdown. The text stays once it is open for signing."),
    )  # fmt: skip
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, statement: Statement | None = None, **kwargs: Any) -> None:
        told = {name: getattr(statement, name) for name in PLAIN} if statement else {}
        kwargs["initial"] = {"form_key": uuid.uuid4(), **told}
        super().__init__(*args, **kwargs)

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in PLAIN}

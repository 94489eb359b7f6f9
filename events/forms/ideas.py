"""An idea: a sentence, and more about it if one likes."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.cleaning import refuse_links
from members.forms.members import LineField, ProseField

if TYPE_CHECKING:
    from django.http import QueryDict


class IdeaForm(forms.Form):
    title = LineField(
        label=_("What is your idea?"), min_length=5, max_length=160,
        help_text=_("One sentence is enough."),
    )  # fmt: skip
    text = ProseField(
        label=_("More about it"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"form_key": uuid.uuid4()})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        refuse_links(cleaned.get("title", ""))
        refuse_marked(cleaned.get("title"), cleaned.get("text"))
        return cleaned

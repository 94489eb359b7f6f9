"""Editing a standing page in three languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.text.languages import LANGUAGES
from cluster_portal.knowledge.models.pages import LONGEST
from members.forms.members import LineField
from projects.forms.challenges import prose

if TYPE_CHECKING:
    from cluster_portal.knowledge.models.pages import PageVersion


class PageForm(forms.Form):
    body_fi = prose(18, label=_("Text in Finnish"), max_length=LONGEST, help_text=_("Markdown."))
    body_sv = prose(12, label=_("Text in Swedish"), required=False, max_length=LONGEST)
    body_en = prose(12, label=_("Text in English"), required=False, max_length=LONGEST)
    note = LineField(
        label=_("What changed?"), required=False, max_length=200,
        help_text=_("For the other coordinators, in the list of versions."),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**6)

    def __init__(self, *args: Any, page: PageVersion, **kwargs: Any) -> None:
        texts = {f"body_{code}": getattr(page, f"body_{code}") for code in LANGUAGES}
        kwargs["initial"] = {**texts, "seen": page.number}
        super().__init__(*args, **kwargs)

    @property
    def values(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

"""A comment on a draft of the programme, a review, and an answer to a part in a goal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from members.forms.members import ProseField
from projects.models import Goal
from projects.models.rounds import Kind

if TYPE_CHECKING:
    from projects.models import Programme


class CommentForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What do you write?"), choices=Kind, initial=Kind.COMMENT,
        widget=forms.RadioSelect, required=False,
    )  # fmt: skip
    goal = forms.ModelChoiceField(
        label=gettext_lazy("What is it about?"), queryset=Goal.objects.none(), required=False,
        empty_label=gettext_lazy("The whole programme"),
    )  # fmt: skip
    text = ProseField(
        label=gettext_lazy("Your comment"), min_length=3, max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Say what should change and why. At most 3,000 characters."),
    )  # fmt: skip

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["goal"]
        field.queryset = programme.goals.all()

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or Kind.COMMENT


class ReviewForm(forms.Form):
    words = ProseField(
        label=gettext_lazy("What was seen and decided?"), max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Everyone who sees the programme reads this."),
    )  # fmt: skip

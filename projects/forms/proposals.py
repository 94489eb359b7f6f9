"""A proposal in four short points, a question and its answer."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core.files import FilesField
from cluster_portal.core.numbers import sane_day
from members.forms.members import LineField, ProseField
from members.models import Organisation
from projects.forms.challenges import ask_for
from projects.models.proposals import Price, proposers

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from projects.models import Challenge, Proposal

SEND = "send"
LEVELS = [
    ("2", gettext_lazy("An idea or a concept (TRL 1–3)")),
    ("4", gettext_lazy("Works in a laboratory (TRL 4–5)")),
    ("6", gettext_lazy("Shown in conditions like the real ones (TRL 6)")),
    ("7", gettext_lazy("A prototype is in use (TRL 7)")),
    ("8", gettext_lazy("A finished product (TRL 8–9)")),
]
NEEDED = ("what", "evidence", "trl", "wanted", "is_public")  # to be sent
POINTS = ("title", "what", "evidence", "trl", "wanted", "price", "starts_on")


def _prose(rows: int, limit: int, **values: Any) -> ProseField:
    widget = forms.Textarea(attrs={"rows": rows})
    return ProseField(max_length=limit, required=False, widget=widget, **values)


class ProposalForm(forms.Form):
    """A draft may lack anything but its name; to be sent it needs every point."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Who proposes?"), queryset=Organisation.objects.none()
    )
    title = LineField(label=gettext_lazy("Name of the solution"), min_length=3, max_length=120)
    what = _prose(
        6, 1200, label=gettext_lazy("1. What do you propose?"),
        help_text=gettext_lazy("Tell first what its user sees and does. At most 1,200 characters."),
    )  # fmt: skip
    evidence = _prose(
        3, 1200, label=gettext_lazy("2. How do you know that it works?"),
        help_text=gettext_lazy("A trial, a user, a measurement. A small one is enough."),
    )  # fmt: skip
    trl = forms.TypedChoiceField(
        label=gettext_lazy("3. How mature is it?"), choices=LEVELS, coerce=int, empty_value=None,
        required=False, widget=forms.RadioSelect,
    )  # fmt: skip
    wanted = _prose(3, 1200, label=gettext_lazy("4. What do you need from who asks?"))
    price = forms.ChoiceField(
        label=gettext_lazy("Price of a trial"), choices=[("", "–"), *Price.choices],
        required=False,
    )  # fmt: skip
    starts_on = forms.DateField(
        label=gettext_lazy("A trial can begin"), required=False,
        widget=forms.DateInput(format="%Y-%m-%d"), validators=[sane_day],
    )  # fmt: skip
    attachments = FilesField(
        label=gettext_lazy("Files"), required=False,
        help_text=gettext_lazy(
            "At most 3 files of 5 MB: pdf, docx, odt, txt, png or jpg. Each is checked before it "
            "is kept. Only who asks and the coordinator see them."
        ),
    )  # fmt: skip
    is_public = forms.BooleanField(
        label=gettext_lazy(
            "I assure that the proposal holds no security-classified or other secret information."
        ),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        user: Reader,
        challenge: Challenge,
        proposal: Proposal | None = None,
        **kwargs: Any,
    ) -> None:
        given = {name: getattr(proposal, name) for name in POINTS} if proposal else {}
        kwargs["initial"] = given
        super().__init__(*args, **kwargs)
        for name in NEEDED:
            ask_for(self.fields[name])
        self.is_sending = self.data.get("then") == SEND if self.is_bound else False
        field: Any = self.fields["organisation"]
        if proposal is not None:
            field.queryset = Organisation.objects.filter(pk=proposal.organisation_id)
        else:
            field.queryset = proposers(challenge, user)
        offered = list(field.queryset[:2])
        if len(offered) == 1:
            field.empty_label, field.initial = None, offered[0].pk
            field.widget = forms.HiddenInput()

    def full_clean(self) -> None:
        """A browser keeps no files: when anything is refused, the field says so."""
        super().full_clean()
        if self.is_bound and self.errors and self.files and "attachments" not in self.errors:
            again = _("Choose your files again: a browser does not keep them.")
            self.add_error("attachments", again)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        day = values.get("starts_on")
        if day and day < timezone.localdate():
            self.add_error("starts_on", _("Choose a day that has not passed."))
        if self.is_sending:
            for name in NEEDED:
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, _("This is needed before the proposal can be sent."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        points = {name: self.cleaned_data[name] for name in POINTS}
        return {**points, "files": self.cleaned_data["attachments"]}


class QuestionForm(forms.Form):
    text = ProseField(
        label=gettext_lazy("Ask who told the challenge"), min_length=5, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "The question and its answer are seen by everyone who can read the challenge."
        ),
    )  # fmt: skip
    is_anonymous = forms.BooleanField(label=gettext_lazy("Ask without my name"), required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, challenge: Challenge, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": uuid.uuid4()}
        super().__init__(*args, **kwargs)
        if not challenge.takes_anonymous:
            del self.fields["is_anonymous"]


class AnswerForm(forms.Form):
    answer = ProseField(
        label=gettext_lazy("Your answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

"""A proposal in four short points, a question, and the decision on all proposals."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.forms.members import LineField, ProseField
from members.models import Organisation
from projects.forms.challenges import ask_for
from projects.models.proposals import Price, proposers
from projects.services.decisions import Decision, Verdict

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
        widget=forms.DateInput(format="%Y-%m-%d"),
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
        return {name: self.cleaned_data[name] for name in POINTS}


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


CHOSEN, DECLINED = "chosen", "declined"
VERDICTS = [(CHOSEN, gettext_lazy("Chosen")), (DECLINED, gettext_lazy("Not this time"))]


class DecisionForm(forms.Form):
    """A choice and a reason for each proposal, and what came of the challenge."""

    is_solved = forms.BooleanField(
        label=gettext_lazy("A solution was found elsewhere"), required=False,
        help_text=gettext_lazy("Tick this if no proposal is chosen, but the challenge is solved."),
    )  # fmt: skip
    words = ProseField(
        label=gettext_lazy("What came of the challenge?"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Who solved it and how, or why nothing fitted. Everyone who can read the challenge "
            "sees this, and the names of those chosen."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, proposals: list[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposals = proposals
        for proposal in proposals:
            self.fields[f"verdict_{proposal.pk}"] = forms.ChoiceField(
                label=_("Decision on %(title)s") % {"title": proposal.title}, choices=VERDICTS,
                widget=forms.RadioSelect,
            )  # fmt: skip
            self.fields[f"reason_{proposal.pk}"] = ProseField(
                label=_("Reason to the proposer"),
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    @property
    def cards(self) -> list[dict[str, Any]]:
        return [
            {
                "proposal": proposal,
                "verdict": self[f"verdict_{proposal.pk}"],
                "reason": self[f"reason_{proposal.pk}"],
            }
            for proposal in self.proposals
        ]

    @property
    def decision(self) -> Decision:
        values = self.cleaned_data
        verdicts = {
            proposal.pk: Verdict(
                values[f"verdict_{proposal.pk}"] == CHOSEN, values[f"reason_{proposal.pk}"]
            )
            for proposal in self.proposals
        }
        return Decision(verdicts, values["words"], is_solved=values["is_solved"])

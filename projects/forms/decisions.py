"""The decision on all proposals to a challenge, made at once or kept half-made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.forms.members import ProseField
from projects.services.decisions import Decision, Verdict

if TYPE_CHECKING:
    from projects.models import DecisionDraft, Proposal

DRAFT = "draft"
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

    def __init__(
        self, *args: Any, proposals: list[Proposal], draft: DecisionDraft | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        kwargs["initial"] = _begun(draft)
        super().__init__(*args, **kwargs)
        self.is_draft = self.is_bound and self.data.get("then") == DRAFT
        self.proposals = proposals
        for proposal in proposals:
            verdict, reason = _names(proposal)
            self.fields[verdict] = forms.ChoiceField(
                label=_("Decision on %(title)s") % {"title": proposal.title}, choices=VERDICTS,
                widget=forms.RadioSelect,
            )  # fmt: skip
            self.fields[reason] = ProseField(
                label=_("Reason to the proposer"),
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        if self.is_draft:
            for field in self.fields.values():
                field.required = False

    @property
    def cards(self) -> list[dict[str, Any]]:
        return [
            {"proposal": proposal, "verdict": self[verdict], "reason": self[reason]}
            for proposal in self.proposals
            for verdict, reason in [_names(proposal)]
        ]

    @property
    def decision(self) -> Decision:
        values = self.cleaned_data
        verdicts = {
            proposal.pk: Verdict(values[verdict] == CHOSEN, values[reason])
            for proposal in self.proposals
            for verdict, reason in [_names(proposal)]
        }
        return Decision(verdicts, values["words"], is_solved=values["is_solved"])

    @property
    def draft_values(self) -> dict[str, Any]:
        """What is kept of a decision that is not made yet."""
        values = self.cleaned_data
        verdicts = {
            str(proposal.public_id): [values[name] for name in _names(proposal)]
            for proposal in self.proposals
        }
        return {
            "verdicts": verdicts, "words": values["words"], "is_solved": values["is_solved"]
        }  # fmt: skip


def _names(proposal: Proposal) -> tuple[str, str]:
    """Of the fields of one proposal."""
    return _names_of(proposal.public_id.hex)


def _names_of(key: str) -> tuple[str, str]:
    return f"verdict_{key}", f"reason_{key}"


def _begun(draft: DecisionDraft | None) -> dict[str, Any]:
    if draft is None:
        return {}
    values = {"words": draft.words, "is_solved": draft.is_solved}
    for key, kept in draft.verdicts.items():
        values |= dict(zip(_names_of(key.replace("-", "")), kept, strict=True))
    return values

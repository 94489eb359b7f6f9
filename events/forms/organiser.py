"""What an organiser gives of a participant, and writes to the participants."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.text.addresses import AddressField
from cluster_portal.core.text.cleaning import one_line
from events.forms.proposals import LANGUAGES
from events.forms.registrations import ModeField
from events.models.events import Mode
from events.models.registrations import Stage
from events.services.registrations import Details
from members.forms.members import LineField, OrganisationNameField, ProseField

if TYPE_CHECKING:
    from events.models import Event

# Whom one can write to; who has cancelled has left.
STAGES = [
    ("", _("All who come or wait")),
    (Stage.CONFIRMED.value, _("Those who have a place")),
    (Stage.WAITING.value, _("Those on the waiting list")),
    (Stage.ATTENDED.value, _("Those who took part")),
    (Stage.ABSENT.value, _("Those who were absent")),
]


class AddForm(forms.Form):
    mode = ModeField(label=_("Way of taking part"), widget=forms.RadioSelect)
    name = LineField(label=_("Name"), max_length=200)
    email = AddressField(label=_("E-mail address"), help_text=_("The confirmation goes here."))
    language = forms.ChoiceField(label=_("Language of the confirmation"), choices=LANGUAGES)
    organisation_name = OrganisationNameField(
        label=_("Organisation"), max_length=200, required=False
    )
    reason = LineField(
        label=_("Reason for one more place"), max_length=200, required=False,
        help_text=_("Needed only when all places are taken or others wait for them."),
    )  # fmt: skip

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        modes: Any = self.fields["mode"]
        modes.of(event)
        self.initial.setdefault("mode", event.modes[0] if event.modes else "")

    @property
    def details(self) -> Details:
        """Of a valid form."""
        given = self.cleaned_data
        return Details(
            name=given["name"],
            email=given["email"],
            language=given["language"],
            organisation_name=one_line(given["organisation_name"]),
        )


class LetterForm(forms.Form):
    stage = forms.ChoiceField(label=_("To whom"), choices=STAGES, required=False)
    mode = forms.ChoiceField(label=_("Way of taking part"), required=False)
    subject = LineField(label=_("Subject"), max_length=150)
    text = ProseField(
        label=_("Text"), max_length=5000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("The name, time and place of the event come below your text by themselves."),
    )  # fmt: skip
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": uuid.uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        modes: Any = self.fields["mode"]
        modes.choices = [("", _("All ways"))] + [
            (mode.value, mode.label) for mode in Mode if mode in event.modes
        ]
        if len(event.modes) < 2:
            del self.fields["mode"]

    @property
    def values(self) -> dict[str, Any]:
        """Of a valid form."""
        return {"mode": "", **self.cleaned_data}

"""What an organiser gives of a participant, and writes to the participants."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.text.addresses import AddressField
from cluster_portal.core.text.cleaning import one_line
from events.forms.proposals import LANGUAGES
from events.forms.registrations import ModeField
from events.models.events import Mode
from events.models.registrations import Stage
from events.services.quotas import seats_with_quotas
from events.services.registrations import Details
from members.forms.members import LineField, OrganisationNameField, ProseField

if TYPE_CHECKING:
    from events.models import Event, Quota

# Whom one can write to; who has cancelled has left.
STAGES = [
    ("", _("All who come or wait")),
    (Stage.CONFIRMED.value, _("Those who have a place")),
    (Stage.WAITING.value, _("Those on the waiting list")),
    (Stage.ATTENDED.value, _("Those who took part")),
    (Stage.ABSENT.value, _("Those who were absent")),
]


def held_choice(quota: Quota) -> str:
    """Research: 3 places held"""
    words = ngettext(
        "%(group)s: %(held)d place held", "%(group)s: %(held)d places held", quota.held
    )
    return words % {"group": quota, "held": quota.held}


class AddForm(forms.Form):
    held_mode = ""
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
        self._offer_held(event)

    def _offer_held(self, event: Event) -> None:
        """Only where places are held: of which group's places the guest gets one."""
        seats = seats_with_quotas(event)
        held = list(seats.quotas.holding()) if seats and seats.held else []
        if not seats or not held:
            return
        self.fields["quota"] = forms.TypedChoiceField(
            label=gettext("From which places?"), coerce=int, empty_value=None, required=False,
            choices=[("", gettext("From those that are for everyone")),
                     *((each.pk, held_choice(each)) for each in held)],
        )  # fmt: skip
        self.held_mode = seats.mode
        self.order_fields(["mode", "quota"])

    def clean_quota(self) -> int | None:
        """Places are held of one way of taking part only."""
        quota: int | None = self.cleaned_data["quota"]
        if quota is not None and self.cleaned_data.get("mode") != self.held_mode:
            where = Mode(self.held_mode).label
            raise ValidationError(_("These places are held for: %(mode)s.") % {"mode": where})
        return quota

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

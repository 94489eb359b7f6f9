"""A talk that is proposed; the call for talks; the place of a chosen talk in the programme."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.cleaning import refuse_links
from events.forms.materials import AgendaForm
from events.forms.proposals import moment_field
from members.forms.members import LineField, ProseField

if TYPE_CHECKING:
    from django.http import QueryDict

    from events.models import Event


class TalkForm(forms.Form):
    title = LineField(label=_("Title of the talk"), min_length=5, max_length=160)
    summary = ProseField(
        label=_("Abstract"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("It is published with the programme if the talk is chosen."),
    )  # fmt: skip
    speaker = LineField(label=_("Speakers"), max_length=200, help_text=_("Name and organisation."))
    track = LineField(
        label=_("Stream that it suits"), max_length=60, required=False,
        help_text=_("In your own words; the organiser decides."),
    )  # fmt: skip
    is_agreed = forms.BooleanField(
        label=_("The speakers have agreed that their names are shown in the programme")
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"form_key": uuid.uuid4()})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        refuse_links(cleaned.get("title", ""))
        refuse_marked(cleaned.get("title"), cleaned.get("summary"))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """Of a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "is_agreed"}


class CallForm(forms.Form):
    until = moment_field(
        _("Talks can be proposed until"), required=False, help_text=_("Empty: the call is closed.")
    )

    def __init__(self, data: QueryDict | None = None, *, event: Event) -> None:
        super().__init__(data, initial={"until": event.talks_until})
        self.event = event

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until and until > self.event.starts_at:
            raise forms.ValidationError(_("The call closes before the event begins."))
        return until


class SlotForm(AgendaForm):
    """When and where a chosen talk is given; its words come from the proposal."""

    def __init__(self, *args: Any, event: Event, track: str = "", **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        for name in ("title", "speaker", "speaker_agreed", "abstract"):
            del self.fields[name]
        self.initial["stream"] = track

"""Asking for a meeting of two, offering other times, telling what came of it."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.text import web_addresses
from events.forms.proposals import moment_field
from events.models.one_to_one import LENGTHS, Outcome, when
from events.services import busy
from members.forms.members import LineField, ProseField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from events.models import OneToOne

OWN = ("own1", "own2")


def _moment(text: str) -> datetime.datetime:
    try:
        found = datetime.datetime.fromisoformat(text)
    except ValueError:
        raise ValidationError(_("Choose one of the times.")) from None
    if timezone.is_naive(found):
        raise ValidationError(_("Choose one of the times."))
    return found


class TimesField(forms.MultipleChoiceField):
    """Moments found free; one that was found earlier stands, the service looks again."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: str) -> bool:
        return True

    def clean(self, value: object) -> list[datetime.datetime]:
        return [_moment(each) for each in super().clean(value)[:20]]


class TimesForm(forms.Form):
    """Free times found by the portal, and two of one's own choice."""

    times = TimesField(
        label=_("Times that are free"), required=False,
        help_text=_("The portal looks at places at events, meetings of bodies and of two."),
    )  # fmt: skip
    own1 = moment_field(_("A time of your own"), required=False)
    own2 = moment_field(_("Another time of your own"), required=False)

    def __init__(self, *args: Any, people: Iterable[Any], minutes: int = 30, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = busy.free_times(people, datetime.timedelta(minutes=minutes))
        field: Any = self.fields["times"]
        field.choices = [(at.isoformat(), when(at)) for at in found]
        field.needed = _("one to five times, here or below")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.offered and not {"times", *OWN} & set(self.errors):
            self.add_error("times", _("Offer from one to five times."))
        return values

    @property
    def offered(self) -> list[datetime.datetime]:
        own = [self.cleaned_data.get(name) for name in OWN]
        return [*self.cleaned_data.get("times", []), *(at for at in own if at)]


class AskForm(TimesForm):
    topic = LineField(label=_("What would you like to talk about?"), min_length=5, max_length=160)
    words = ProseField(
        label=_("Message"), required=False, max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Why it is worth meeting. Only the one whom you ask reads this."),
    )  # fmt: skip
    minutes = forms.TypedChoiceField(
        label=_("How long?"), choices=LENGTHS, coerce=int, widget=forms.RadioSelect
    )
    place = LineField(
        label=_("Place"), required=False, max_length=200,
        help_text=_("May be left open until the meeting is agreed."),
    )  # fmt: skip
    remote_link = forms.URLField(
        label=_("Remote link"), required=False, max_length=200, assume_scheme="https",
        validators=[web_addresses.HTTPS],
    )  # fmt: skip
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ["topic", "words", "minutes", "times", "own1", "own2", "place", "remote_link"]

    def __init__(self, *args: Any, topic: str = "", **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": uuid.uuid4(), "minutes": 30, "topic": topic}
        super().__init__(*args, **kwargs)

    @property
    def values(self) -> dict[str, Any]:
        names = ("topic", "words", "minutes", "place", "remote_link")
        return {name: self.cleaned_data[name] for name in names}


class AcceptForm(forms.Form):
    at = forms.CharField(max_length=40)
    place = LineField(label=_("Place"), required=False, max_length=200)

    def clean_at(self) -> datetime.datetime:
        return _moment(self.cleaned_data["at"])


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What came of it?"), choices=Outcome, widget=forms.RadioSelect
    )
    outcome_words = ProseField(
        label=_("In words"), required=False, max_length=2000,
        help_text=_("What you agreed on and who does what. Only the two of you read this."),
    )  # fmt: skip

    def __init__(self, *args: Any, meeting: OneToOne, **kwargs: Any) -> None:
        told = {name: getattr(meeting, name) for name in ("outcome", "outcome_words")}
        kwargs["initial"] = told
        super().__init__(*args, **kwargs)

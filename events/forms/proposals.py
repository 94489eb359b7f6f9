"""Proposing an event: what, when, where, how many, and who may come."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.text import web_addresses
from cluster_portal.core.visibility import Visibility
from events.models.events import MOST_SEATS, Kind, Mode
from members.forms.members import LineField, ProseField
from members.models import Organisation
from members.services.needs import organisations_of

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from events.models import Event

READERS = [
    (Visibility.PUBLIC.value, _("Everyone")),
    (Visibility.MEMBERS.value, _("Members of all clusters")),
    (Visibility.CLUSTER.value, _("Members of our own cluster")),
]
# What a body organises is entered by its coordinators.
KINDS = [choice for choice in Kind.choices if choice[0] != Kind.STEERING]
LANGUAGES = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]
LONGEST, FARTHEST = datetime.timedelta(days=31), datetime.timedelta(days=3 * 365)
PLAIN = (
    *("title_fi", "kind", "summary_fi", "description", "language", "starts_at", "ends_at"),
    *("venue", "municipality", "remote_link", "registration_closes_at", "visibility"),
)


def moment_field(label: Any, **values: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, **values)


def places_field(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=1, validators=[MaxValueValidator(MOST_SEATS)],
        help_text=_("Leave empty for no limit."),
    )  # fmt: skip


class EventProposalForm(forms.Form):
    title_fi = LineField(
        label=_("Name of the event"), min_length=5, max_length=160,
        help_text=_("In Finnish. The coordinator adds the other languages if they are needed."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind of event"), choices=KINDS)
    summary_fi = ProseField(
        label=_("In one or two sentences"), max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For whom it is and what one gets from it."),
    )  # fmt: skip
    description = ProseField(
        label=_("Programme and other information"), max_length=8000, required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("You may use Markdown: **bold**, lists, links."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the event"), choices=LANGUAGES)
    starts_at = moment_field(_("Begins"))
    ends_at = moment_field(_("Ends"))
    modes = forms.MultipleChoiceField(
        label=_("How can one take part?"), choices=Mode, widget=forms.CheckboxSelectMultiple
    )
    venue = LineField(label=_("Venue"), max_length=200, required=False)
    municipality = LineField(label=_("Municipality"), max_length=80, required=False)
    places = places_field(_("Places on site"))
    remote_places = places_field(_("Remote places"))
    remote_link = forms.URLField(
        label=_("Remote link"), max_length=200, required=False, assume_scheme="https",
        validators=[web_addresses.HTTPS],
        help_text=_("Shown only to those whose remote place is confirmed. You can give it later."),
    )  # fmt: skip
    registration_closes_at = moment_field(_("Registration until"))
    visibility = forms.ChoiceField(label=_("Who sees it?"), choices=READERS)

    def __init__(self, *args: Any, event: Event | None = None, **kwargs: Any) -> None:
        if event is not None:
            kwargs["initial"] = _told(event)
        super().__init__(*args, **kwargs)
        self.event = event
        present = event.visibility if event else ""
        if present and present not in dict(READERS):  # chosen by a coordinator
            shown: Any = self.fields["visibility"]
            shown.choices = [(present, Visibility(present).label), *READERS]

    def clean_starts_at(self) -> datetime.datetime:
        starts: datetime.datetime = self.cleaned_data["starts_at"]
        if not timezone.now() < starts < timezone.now() + FARTHEST:
            raise ValidationError(_("Choose a time that is ahead, within three years."))
        return starts

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        starts, ends = values.get("starts_at"), values.get("ends_at")
        closes = values.get("registration_closes_at")
        if starts and ends and not starts < ends <= starts + LONGEST:
            self.add_error("ends_at", _("The event ends after it begins, within a month."))
        if ends and closes and not timezone.now() < closes <= ends:
            told = _("Registration closes after this moment and before the event ends.")
            self.add_error("registration_closes_at", told)
        if Mode.ON_SITE in values.get("modes", []) and not values.get("municipality"):
            self.add_error("municipality", _("Say where the event is held."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        """Of a valid form: the event's own fields."""
        named = {"organisation", "form_key"} & set(self.fields)
        return {name: self.cleaned_data[name] for name in (*PLAIN, *named)}

    @property
    def chosen_places(self) -> dict[Mode, int | None]:
        """Of a valid form: the places of each way of taking part, None for no limit."""
        told = {Mode.ON_SITE: "places", Mode.REMOTE: "remote_places"}
        return {mode: self.cleaned_data[name] for mode, name in told.items()
                if mode in self.cleaned_data["modes"]}  # fmt: skip


class EventBeginForm(EventProposalForm):
    organisation = forms.ModelChoiceField(
        label=_("Which organisation organises it?"), queryset=Organisation.objects.none()
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ["organisation"]

    def __init__(self, *args: Any, user: Reader, **kwargs: Any) -> None:
        given = {
            "form_key": uuid.uuid4(), "visibility": Visibility.PUBLIC.value,
            "language": "fi", "modes": [Mode.ON_SITE.value],
        }  # fmt: skip
        kwargs["initial"] = {**given, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        owners: Any = self.fields["organisation"]
        owners.queryset = organisations_of(user).order_by("sort_name", "pk")
        offered = list(owners.queryset[:2])
        if len(offered) == 1:
            owners.empty_label, owners.initial = None, offered[0].pk


def _told(event: Event) -> dict[str, Any]:
    seats = {each.mode: each.capacity for each in event.seats.all()}
    return {
        **{name: getattr(event, name) for name in PLAIN},
        "modes": list(seats), "places": seats.get(Mode.ON_SITE),
        "remote_places": seats.get(Mode.REMOTE),
    }  # fmt: skip

"""Planning an event in steps: what, when and where, who may come, registration, publishing."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.narrowing import Narrowing
from cluster_portal.core.text import web_addresses
from cluster_portal.core.unseen import with_unseen
from cluster_portal.core.visibility import Visibility
from events.forms.quotas import QuotaRow, add_quota_fields, check_quotas, rows_of, wanted_of
from events.models import Event
from events.models.event_choices import OFFER_HOURS, Admission, Kind, Mode, Queue, Stage
from events.models.seats import MOST_SEATS
from events.services.editing import Changes, following_of
from members.forms.members import LineField, ProseField
from members.models import Cluster, Organisation
from members.services.needs import organisations_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cluster_portal.core.visibility import Reader

READERS = [
    (Visibility.PUBLIC.value, _("Everyone")),
    (Visibility.MEMBERS.value, _("Members of all clusters")),
    (Visibility.CLUSTER.value, _("Members of our own cluster")),
    (Visibility.GROUP.value, _("Only invited organisations")),
]
# What a body organises is entered by its coordinators.
KINDS = [choice for choice in Kind.choices if choice[0] != Kind.STEERING]
LANGUAGES = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]
LONGEST, FARTHEST = datetime.timedelta(days=31), datetime.timedelta(days=3 * 365)
AHEAD, LASTS = datetime.timedelta(weeks=4), datetime.timedelta(hours=3)
CLOSES_BEFORE = datetime.timedelta(days=7)
CONTINUED = datetime.timedelta(days=3 * 365)  # how far back the event lies that one continues


def moment_field(label: str | _StrPromise, **values: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, **values)


def places_field(label: str | _StrPromise) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=1, validators=[MaxValueValidator(MOST_SEATS)],
        help_text=_("Leave empty for no limit."),
    )  # fmt: skip


def begun() -> dict[str, Any]:
    """What a new event is until its steps say more: a morning four weeks ahead, open to all."""
    starts = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) + AHEAD
    return {
        "starts_at": starts, "ends_at": starts + LASTS, "visibility": Visibility.PUBLIC.value,
        "registration_closes_at": (starts - CLOSES_BEFORE).replace(hour=16),
    }  # fmt: skip


class StepForm(forms.Form):
    """A step of an event that exists. `plain` are its own fields; the rest each step reads."""

    plain: tuple[str, ...] = ()

    def __init__(self, *args: Any, event: Event | None = None, **kwargs: Any) -> None:
        if event is not None:
            told = {name: getattr(event, name) for name in self.plain}
            kwargs["initial"] = {**told, **self.told(event)}
        super().__init__(*args, **kwargs)
        self.event = event
        if event is not None and event.series_id and following_of(event).exists():
            self.fields["following"] = forms.BooleanField(
                label=_("Change the later events of the series too"), required=False,
                help_text=_("Their times move by as much as those of this one."),
            )  # fmt: skip

    def told(self, event: Event) -> dict[str, Any]:
        return {}

    @property
    def is_for_following(self) -> bool:
        return bool(self.cleaned_data.get("following"))

    @property
    def changes(self) -> Changes:
        """Of a valid form."""
        return Changes({name: self.cleaned_data[name] for name in self.plain})


class WhatForm(StepForm):
    plain = ("title_fi", "kind", "summary_fi", "description", "language")

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

    def __init__(self, *args: Any, event: Event | None = None, **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        if event is not None and event.kind == Kind.STEERING:
            kinds: Any = self.fields["kind"]
            kinds.choices = [(event.kind, Kind.STEERING.label), *KINDS]


class BeginForm(WhatForm):
    """The first step, from which the draft is made."""

    organisation = forms.ModelChoiceField(
        label=_("Which organisation organises it?"), queryset=Organisation.objects.none()
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ["organisation"]

    def __init__(self, *args: Any, user: Reader, **kwargs: Any) -> None:
        given = {"form_key": uuid.uuid4(), "language": "fi"}
        self.begun = kwargs.get("initial", {})
        kwargs["initial"] = {**given, **self.begun}
        super().__init__(*args, **kwargs)
        owners: Any = self.fields["organisation"]
        owners.queryset = organisations_of(user).order_by("sort_name", "pk")
        offered = list(owners.queryset[:2])
        if len(offered) == 1:
            owners.empty_label, owners.initial = None, offered[0].pk

    @property
    def values(self) -> dict[str, Any]:
        """Of a valid form: all that an event needs, with what the later steps will ask."""
        named = {name: self.cleaned_data[name] for name in ("organisation", "form_key")}
        wanted = {name: self.begun[name] for name in ("visibility",) if name in self.begun}
        return {**begun(), **wanted, **self.changes.values, **named}


class WhenForm(StepForm):
    plain = ("starts_at", "ends_at", "venue", "municipality", "remote_link")

    starts_at = moment_field(_("Begins"))
    ends_at = moment_field(_("Ends"))
    modes = forms.MultipleChoiceField(
        label=_("How can one take part?"), choices=Mode, widget=forms.CheckboxSelectMultiple,
        help_text=_("Both make it a hybrid event."),
    )  # fmt: skip
    venue = LineField(label=_("Venue"), max_length=200, required=False)
    municipality = LineField(label=_("Municipality"), max_length=80, required=False)
    remote_link = forms.URLField(
        label=_("Remote link"), max_length=200, required=False, assume_scheme="https",
        validators=[web_addresses.HTTPS],
        help_text=_("Shown only to those whose remote place is confirmed. You can give it later."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["municipality"]
        place.needed = _("needed when one can come to the place")

    def told(self, event: Event) -> dict[str, Any]:
        return {"modes": event.modes}

    def clean_starts_at(self) -> datetime.datetime:
        starts: datetime.datetime = self.cleaned_data["starts_at"]
        has_stayed = self.event is not None and starts == self.event.starts_at
        if not has_stayed and not timezone.now() < starts < timezone.now() + FARTHEST:
            raise ValidationError(_("Choose a time that is ahead, within three years."))
        return starts

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        starts, ends = values.get("starts_at"), values.get("ends_at")
        if starts and ends and not starts < ends <= starts + LONGEST:
            self.add_error("ends_at", _("The event ends after it begins, within a month."))
        if Mode.ON_SITE in values.get("modes", []) and not values.get("municipality"):
            self.add_error("municipality", _("Say where the event is held."))
        return values

    @property
    def changes(self) -> Changes:
        """A way of taking part that is new has no limit of places yet."""
        had = {seats.mode: seats.capacity for seats in self.event.seats.all()} if self.event else {}
        places = {Mode(mode): had.get(mode) for mode in self.cleaned_data["modes"]}
        return Changes(super().changes.values, places=places)


class WhoForm(Narrowing, StepForm):
    plain = ("visibility", "admission", "is_restricted")

    visibility = forms.ChoiceField(
        label=_("Who sees it?"), choices=READERS, widget=forms.RadioSelect
    )
    admission = forms.ChoiceField(
        label=_("Who may register?"), choices=Admission, widget=forms.RadioSelect
    )
    invited_organisations = forms.ModelMultipleChoiceField(
        label=_("Invited organisations"), queryset=Organisation.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Their people see the event and may register, whatever you chose above."),
    )  # fmt: skip
    is_restricted = forms.BooleanField(
        label=_("Restricted for security reasons"), required=False,
        help_text=_(
            "The venue is told only to those whose place is confirmed, and no list of "
            "participants is shown."
        ),
    )  # fmt: skip
    co_hosts = forms.ModelMultipleChoiceField(
        label=_("Other clusters that host it"), queryset=Cluster.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Their coordinators manage the event too, and their members see it."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: Reader, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        named: Any = self.fields["invited_organisations"]
        rows, seen = Organisation.objects.all(), Organisation.objects.visible_to(user)
        offered = seen.standing().members().exclude(pk=event.organisation_id)
        invited = seen.filter(pk__in=event.invited_organisations.values("pk"))
        rows = rows.filter(Q(pk__in=offered.values("pk")) | Q(pk__in=invited.values("pk")))
        named.queryset = rows.order_by("sort_name", "pk")
        named.needed = _("needed when only invited organisations see it or may register")
        others: Any = self.fields["co_hosts"]
        others.queryset = Cluster.objects.exclude(pk=event.home_cluster_id).order_by("pk")
        if event.visibility not in dict(READERS):  # chosen by a coordinator
            shown: Any = self.fields["visibility"]
            present = Visibility(event.visibility)
            shown.choices = [(present.value, present.label), *READERS]

    def told(self, event: Event) -> dict[str, Any]:
        names = ("invited_organisations", "co_hosts")
        return {name: [row.pk for row in getattr(event, name).all()] for name in names}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        is_named = values.get("visibility") == Visibility.GROUP
        is_named |= values.get("admission") == Admission.INVITED
        if is_named and "invited_organisations" in values and not self._invited:
            self.add_error("invited_organisations", _("Name at least one organisation."))
        return values

    @property
    def _invited(self) -> list[Any]:
        """Also those whom a coordinator has invited and the editor does not see."""
        present: Any = self.event and self.event.invited_organisations
        return with_unseen(self, "invited_organisations", present)

    @property
    def changes(self) -> Changes:
        links = {"invited_organisations": self._invited, "co_hosts": self.cleaned_data["co_hosts"]}
        return Changes(super().changes.values, links=links)


class AttendedField(forms.ModelChoiceField):
    """An event that one has to have attended, with its day."""

    def label_from_instance(self, event: Event) -> str:
        day = date_format(timezone.localtime(event.starts_at), "SHORT_DATE_FORMAT")
        return f"{event.title} ({day})"


class RegistrationStepForm(StepForm):
    plain = (
        *("registration_opens_at", "registration_closes_at", "queue", "offer_hours", "requires"),
        *("asks_diet", "asks_access", "has_photography", "gives_certificate"),
    )

    places = places_field(_("Places on site"))
    remote_places = places_field(_("Remote places"))
    registration_opens_at = moment_field(
        _("Registration from"), required=False, help_text=_("Empty: as soon as it is published.")
    )
    registration_closes_at = moment_field(_("Registration until"))
    queue = forms.ChoiceField(
        label=_("When a place becomes free"), choices=Queue, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    offer_hours = forms.TypedChoiceField(
        label=_("Time to answer an offer"), choices=OFFER_HOURS, coerce=int, required=False,
        empty_value=None,
        help_text=_("Only when the place is offered. An offer never ends at night."),
    )  # fmt: skip
    requires = AttendedField(
        label=_("Only for those who have attended"), queryset=Event.objects.none(), required=False,
        empty_label=_("No earlier event is needed"),
        help_text=_("An earlier event of yours that this one continues."),
    )  # fmt: skip
    asks_diet = forms.BooleanField(
        label=_("Something is served: ask for dietary needs"), required=False
    )
    asks_access = forms.BooleanField(label=_("Ask for accessibility needs"), required=False)
    has_photography = forms.BooleanField(
        label=_("Photographs are taken"), required=False,
        help_text=_("It is told before registering. Leave an area that is not photographed."),
    )  # fmt: skip
    gives_certificate = forms.BooleanField(label=_("A certificate is given"), required=False)

    def __init__(self, *args: Any, event: Event, user: Reader, **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        for mode, name in PLACES_OF.items():
            if mode not in event.modes:
                del self.fields[name]
        earlier: Any = self.fields["requires"]
        earlier.queryset = _earlier_than(event, user)
        self.quota_count = add_quota_fields(self, event)

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """Those outside the rows of quotas."""
        return [field for field in self if not field.name.startswith("quota_")]

    @property
    def quota_rows(self) -> list[QuotaRow]:
        return rows_of(self, self.quota_count)

    def clean_queue(self) -> str:
        given = self.cleaned_data["queue"]
        return given or (self.event.queue if self.event else Queue.AT_ONCE)

    def clean_offer_hours(self) -> int:
        given = self.cleaned_data["offer_hours"]
        return given or (self.event.offer_hours if self.event else OFFER_HOURS[1][0])

    def told(self, event: Event) -> dict[str, Any]:
        return {PLACES_OF[Mode(seats.mode)]: seats.capacity for seats in event.seats.all()}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        closes, opens = values.get("registration_closes_at"), values.get("registration_opens_at")
        if self.event and closes and closes != self.event.registration_closes_at:
            self._check_closing(closes, self.event.ends_at)
        if closes and opens and opens >= closes:
            self.add_error("registration_opens_at", _("Registration opens before it closes."))
        if self.event:
            check_quotas(self, self.quota_count, self.event)
        return values

    def _check_closing(self, closes: datetime.datetime, ends: datetime.datetime) -> None:
        if not timezone.now() < closes <= ends:
            told = _("Registration closes after this moment and before the event ends.")
            self.add_error("registration_closes_at", told)

    @property
    def changes(self) -> Changes:
        places = {mode: self.cleaned_data[name] for mode, name in PLACES_OF.items()
                  if name in self.fields}  # fmt: skip
        quotas = wanted_of(self.cleaned_data, self.quota_count)
        return Changes(super().changes.values, places=places, quotas=quotas)


def _earlier_than(event: Event, user: Reader) -> Any:
    """Those of the organiser that begin before it, and the one that is required now."""
    since = event.starts_at - CONTINUED
    own = Event.objects.editable_by(user).filter(
        stage=Stage.PUBLISHED, starts_at__gt=since, starts_at__lt=event.starts_at
    )
    known = Q(pk__in=own.values("pk")) | Q(pk=event.requires_id)
    return Event.objects.filter(known).exclude(pk=event.pk).order_by("-starts_at", "-pk")


PLACES_OF = {Mode.ON_SITE: "places", Mode.REMOTE: "remote_places"}


class CheckForm(forms.Form):
    """The last step asks nothing but whether the whole series goes along."""

    all_of_series = forms.BooleanField(label=_("The whole series at once"), required=False)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if event.series_id is None:
            del self.fields["all_of_series"]

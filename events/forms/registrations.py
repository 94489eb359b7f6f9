"""What a registrant may say: the fields follow the event and who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from cluster_portal.core.text.addresses import AddressField
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.cleaning import one_line, prose, refuse_addresses, refuse_links
from cluster_portal.surveys.forms.answers import AnswerField, as_typed
from cluster_portal.surveys.pages.questions import drawn
from events.models.events import Mode
from events.models.questions import questionnaire_of
from events.services.registrations import EDITABLE, Details

if TYPE_CHECKING:
    from django.http import QueryDict

    from cluster_portal.surveys.pages.questions import Drawn
    from events.models import Event, Registration, Seats
    from members.models import User


class ModeField(forms.ChoiceField):
    """The event's ways of taking part; the places left are asked for only when it is shown."""

    def of(self, event: Event) -> None:
        self.modes = event.modes
        self.choices = lambda: [(each.mode, _mode_words(each)) for each in event.seats.all()]

    def valid_value(self, value: str) -> bool:
        return value in self.modes


class RegistrationForm(forms.Form):
    """A guest gives name and address; a user's come from the account."""

    mode = ModeField(label=gettext_lazy("How do you take part?"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = AddressField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("We send the confirmation and a cancellation link here."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    organisation_name = forms.CharField(
        label=gettext_lazy("Organisation"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    diet = forms.CharField(
        label=gettext_lazy("Dietary needs"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Seen by the organisers only; deleted 14 days after the event."),
    )
    accessibility = forms.CharField(
        label=gettext_lazy("Accessibility needs"),
        max_length=500,
        required=False,
        help_text=gettext_lazy(
            "For example interpretation or an induction loop. Seen by the organisers only; "
            "deleted 14 days after the event."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_listed = forms.BooleanField(
        label=gettext_lazy("My name may be on the list of participants"),
        required=False,
        help_text=gettext_lazy("The list is shown to participants only."),
    )

    def __init__(
        self, data: QueryDict | None = None, *, event: Event, user: User | None, initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.event, self.user = event, user
        modes: Any = self.fields["mode"]
        modes.of(event)
        if data is None:
            self.initial.setdefault("mode", _first_open(list(event.seats.all())))
        if user is not None:
            del self.fields["name"], self.fields["email"]
        if not event.asks_diet:
            del self.fields["diet"]
        if not event.asks_access:
            del self.fields["accessibility"]
        self.questions = questionnaire_of(event)
        stored = self.initial.get("answers", {})
        for question in self.questions:
            self.fields[question.key] = AnswerField(question)
            self.initial[question.key] = as_typed(question, stored.get(question.key))

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """Those that every event asks; the event's own are drawn as questions."""
        return [field for field in self if field.name not in self.questions.by_key]

    @property
    def own_questions(self) -> list[Drawn]:
        numbers = {q.key: str(number) for number, q in enumerate(self.questions, start=1)}
        return drawn(self, self.questions, numbers=numbers, shown=set(numbers))

    @property
    def answers(self) -> dict[str, Any]:
        given = {key: self.cleaned_data.get(key) for key in self.questions.by_key}
        return {key: value for key, value in given.items() if value is not None}

    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Write your name."))
        refuse_links(name)
        return name

    def clean_organisation_name(self) -> str:
        name = one_line(self.cleaned_data["organisation_name"])
        refuse_addresses(name)
        return name

    def clean_diet(self) -> str:
        return one_line(self.cleaned_data["diet"])

    def clean_accessibility(self) -> str:
        return prose(self.cleaned_data["accessibility"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        refuse_marked(cleaned.get("accessibility"), cleaned.get("diet"))
        for question in self.questions.missing(self.answers):
            if question.key not in self.errors:
                self.add_error(question.key, _("Answer this."))
        if cleaned.get("mode") == Mode.REMOTE:
            cleaned.pop("diet", None)  # nobody eats remotely, so the need is not stored
        return cleaned

    @property
    def details(self) -> Details:
        """Of a valid form."""
        own = {"mode", *self.questions.by_key}
        given = {key: value for key, value in self.cleaned_data.items() if key not in own}
        given["answers"] = self.answers
        if self.user is not None:
            given["name"] = self.user.get_full_name() or self.user.email
        return Details(language=(get_language() or "fi")[:2], **given)


class ColleagueForm(RegistrationForm):
    """An account registers somebody else: with an address of their own, or with the account's."""

    def __init__(self, data: QueryDict | None = None, *, event: Event, user: User) -> None:
        super().__init__(data, event=event, user=None)
        address: Any = self.fields["email"]
        address.required = False
        address.help_text = _(
            "Your colleague confirms the registration by this address. If you leave it empty, the "
            "place is confirmed at once and the messages come to %(address)s."
        ) % {"address": user.email}
        name: Any = self.fields["name"]
        name.label = _("Your colleague’s name")
        for field in (name, address):
            field.widget.attrs["autocomplete"] = "off"


class AddressForm(forms.Form):
    """A guest's new address."""

    email = AddressField(
        label=gettext_lazy("New e-mail address"),
        help_text=gettext_lazy("We send a link there. The address changes when you open it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class EditForm(RegistrationForm):
    """What was told may be corrected; the address stays, for it is confirmed."""

    def __init__(self, data: QueryDict | None = None, *, registration: Registration) -> None:
        told = {
            **{name: getattr(registration, name) for name in EDITABLE},
            "mode": registration.seats.mode,
        }
        super().__init__(data, event=registration.event, user=registration.user, initial=told)
        self.fields.pop("email", None)


def _first_open(seats: list[Seats]) -> str:
    """The way of taking part that is chosen beforehand."""
    free = [each for each in seats if not each.is_full]
    return next((each.mode for each in free or seats), "")


def _mode_words(seats: Seats) -> str:
    mode = Mode(seats.mode).label
    held = seats.held_for_reader
    if held:
        words = ngettext(
            "%(mode)s, %(held)d place held for your group",
            "%(mode)s, %(held)d places held for your group",
            held,
        )
        return words % {"mode": mode, "held": held}
    if seats.is_full:
        return _("%(mode)s, to the waiting list") % {"mode": mode}
    if seats.free is None:
        return str(mode)
    words = ngettext("%(mode)s, %(free)d place left", "%(mode)s, %(free)d places left", seats.free)
    return words % {"mode": mode, "free": seats.free}

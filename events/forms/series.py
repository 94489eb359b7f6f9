"""An event again: on which days a series goes on, and what is kept as a template."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.forms.proposals import FARTHEST
from events.services import recurrence
from members.forms.members import LineField

if TYPE_CHECKING:
    from events.models import Event


REPEATS = [
    ("weekly", _("Every week")),
    ("fortnightly", _("Every second week")),
    ("monthly", _("Every month, on the same weekday")),
    ("", _("On the days that I write")),
]
BY_HAND = ("%d.%m.%Y", "%Y-%m-%d")


class RepeatForm(forms.Form):
    repeat = forms.ChoiceField(
        label=_("How often?"), choices=REPEATS, required=False, widget=forms.RadioSelect
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(format="%Y-%m-%d"),
    )  # fmt: skip
    days = forms.CharField(
        label=_("Days"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example 12.1.2027, 9.2.2027. The time of day is that of this event."),
    )  # fmt: skip

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        kwargs["initial"] = {"repeat": "weekly"}
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["until"].needed = _("needed when the event is repeated")
        fields["days"].needed = _("needed when you write the days")
        self.first = timezone.localdate(event.starts_at)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("repeat"):
            self._clean_until(values.get("until"))
        elif not values.get("days"):
            self.add_error("days", _("Write at least one day."))
        else:
            values["by_hand"] = self._read_days(values["days"])
        if not self.errors and not 0 < len(self.chosen) <= recurrence.MOST:
            told = _("These would be no events, or more than a series can have (%(count)s).")
            raise ValidationError(told % {"count": recurrence.MOST})
        return values

    def _clean_until(self, until: datetime.date | None) -> None:
        if until is None or not self.first < until <= self.first + FARTHEST:
            self.add_error("until", _("Choose a day after this event, within three years."))

    def _read_days(self, text: str) -> list[datetime.date]:
        found: list[datetime.date] = []
        for word in text.replace(",", " ").replace(";", " ").split():
            day = _day(word)
            if day is None:
                message = _("“%(word)s” is not a day. Write days as 12.1.2027.")
                self.add_error("days", message % {"word": word[:20]})
                return []
            found.append(day)
        return found

    @property
    def chosen(self) -> list[datetime.date]:
        """Of a valid form: the days beside that of the event itself."""
        given = self.cleaned_data
        first, until = self.first, given.get("until") or self.first
        found = {
            "weekly": lambda: recurrence.weekly(first, until),
            "fortnightly": lambda: recurrence.weekly(first, until, every=2),
            "monthly": lambda: recurrence.monthly(first, until),
            "": lambda: given.get("by_hand", []),
        }[given.get("repeat", "")]()
        return [day for day in found if day != first]


def _day(word: str) -> datetime.date | None:
    for form in BY_HAND:
        try:
            return datetime.datetime.strptime(word, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


class TemplateForm(forms.Form):
    name = LineField(
        label=_("Name of the template"), max_length=100,
        help_text=_("Texts, length, places and programme are kept; days and people are not."),
    )  # fmt: skip

"""Applying to a topic, declining, and proposing times for an interview."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.files import FilesField
from theses.forms.texts import CleanText, prose
from theses.services.applications import Reason
from theses.services.interviews import MOST_TIMES

OWN_WORDS = "own"


class ApplicationForm(CleanText):
    motivation = prose(
        _("Why does the topic interest you?"),
        4000,
        rows=6,
        help_text=_("A few sentences will do. Tell also how far you are in your studies."),
    )
    school = forms.CharField(label=_("Educational institution and degree"), max_length=200)
    attachments = FilesField(
        label=_("Files"),
        required=False,
        help_text=_(
            "For example a curriculum vitae or a transcript: at most 3 files of 5 MB, of the kinds "
            "pdf, docx, odt, txt, png and jpg. Only those who offer the topic and the coordinators "
            "see them."
        ),
    )
    is_public = forms.BooleanField(label=_("I understand that a finished thesis is public."))

    def full_clean(self) -> None:
        """A browser keeps no files: when anything is refused, the field says so."""
        super().full_clean()
        if self.is_bound and self.errors and self.files and "attachments" not in self.errors:
            again = _("Choose your files again: a browser does not keep them.")
            self.add_error("attachments", again)

    @property
    def values(self) -> dict[str, Any]:
        texts = {name: self.cleaned_data[name] for name in ("motivation", "school")}
        return {**texts, "files": self.cleaned_data["attachments"]}


class DeclineForm(CleanText):
    prefix = "decline"
    template = forms.ChoiceField(
        label=_("Reason"),
        choices=[*Reason.choices, (OWN_WORDS, _("Another reason, in my own words"))],
        widget=forms.RadioSelect,
        help_text=_("The student gets a polite sentence of it in the language of the student."),
    )
    reason = prose(
        _("In your own words"),
        1500,
        rows=4,
        required=False,
        help_text=_("The student reads this as it stands."),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("template") == OWN_WORDS and not values.get("reason"):
            self.add_error("reason", gettext("Tell the reason in your own words."))
        return values


class InterviewForm(CleanText):
    prefix = "interview"
    meeting = prose(
        _("Where and how"),
        500,
        rows=2,
        help_text=_("For example an address or a link to a video meeting, and whom to meet."),
    )
    minutes = forms.IntegerField(
        label=_("Length in minutes"), min_value=10, max_value=240, initial=30
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_TIMES + 1):
            self.fields[f"time_{number}"] = forms.DateTimeField(
                label=_("Time %(number)s") % {"number": number},
                required=number == 1,
                widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M"),
            )

    @property
    def times(self) -> list[datetime.datetime]:
        given = [self.cleaned_data.get(f"time_{n}") for n in range(1, MOST_TIMES + 1)]
        return [time for time in given if time]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        soonest, latest = timezone.now(), timezone.now() + datetime.timedelta(days=180)
        for name in [name for name in self.fields if name.startswith("time_")]:
            time = values.get(name)
            if time and time <= soonest:
                self.add_error(name, gettext("This time has already passed."))
            elif time and time > latest:
                self.add_error(name, gettext("Propose a time within half a year."))
        return values


class OtherTimesForm(CleanText):
    prefix = "other"
    wish = prose(_("Which times would suit you?"), 500, rows=3)

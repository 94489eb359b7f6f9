"""What the parties tell of their thesis: agreement, milestones, progress, result."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from theses.forms.texts import CleanText, day_field, prose
from theses.models.choices import Level
from theses.models.repositories import REPOSITORIES
from theses.models.supervision import ANSWER_DAYS, FEWEST_DAYS, MOST_DAYS
from theses.models.work_parts import DataPlan, PermitState, Rights
from theses.models.works import Decision, Light
from theses.services.workspace import POINTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

    from members.models import User
    from theses.models import Agreement, Milestone, SupervisorProfile, Thesis


FURTHEST = datetime.timedelta(days=10 * 365)


def needed(field: Any, why: Any, *, now: bool = False) -> None:
    """What may be empty for the time being: its label says what it is needed for."""
    field.required = now
    field.needed = why


def _refuse_far(day: datetime.date | None) -> datetime.date | None:
    """A slip of the keyboard, such as the year 20026, is no day of a thesis."""
    today = timezone.localdate()
    if day is not None and not today - FURTHEST <= day <= today + FURTHEST:
        raise ValidationError(_("Choose a day within ten years."))
    return day


class AgreementForm(CleanText):
    signed_on = day_field(
        _("Contract signed on"),
        help_text=_(
            "The day on which the last of the three signed. The contract itself stays outside "
            "the portal."
        ),
    )
    permits = forms.ChoiceField(label=_("Permits"), choices=PermitState, widget=forms.RadioSelect)
    permits_note = forms.CharField(label=_("About the permits"), max_length=500, required=False)
    data = forms.ChoiceField(  # type: ignore[assignment] # a field is no attribute of the form
        label=_("Material"), choices=DataPlan, widget=forms.RadioSelect
    )
    data_note = forms.CharField(label=_("About the material"), max_length=500, required=False)
    rights = forms.ChoiceField(
        label=_("Rights in the results"),
        choices=Rights,
        widget=forms.RadioSelect,
        help_text=_("The copyright of the text stays with the student in any case."),
    )
    rights_note = forms.CharField(label=_("About the rights"), max_length=500, required=False)

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(agreement, name) for name in POINTS}
        super().__init__(*args, **kwargs)
        needed(self.fields["signed_on"], _("needed before anybody can confirm"))

    def clean_signed_on(self) -> datetime.date | None:
        day = _refuse_far(self.cleaned_data["signed_on"])
        if day is not None and day > timezone.localdate():
            raise ValidationError(_("A contract cannot have been signed in the future."))
        return day


class MilestoneForm(CleanText):
    title = forms.CharField(label=_("Milestone"), max_length=200)
    due_on = day_field(_("Due"), required=True)

    def __init__(self, *args: Any, milestone: Milestone | None = None, **kwargs: Any) -> None:
        if milestone is not None:
            kwargs["initial"] = {"title": milestone.title, "due_on": milestone.due_on}
        super().__init__(*args, **kwargs)

    def clean_due_on(self) -> datetime.date | None:
        return _refuse_far(self.cleaned_data["due_on"])


class ScheduleForm(forms.Form):
    target_on = day_field(_("Should be ready by"))

    def clean_target_on(self) -> datetime.date | None:
        return _refuse_far(self.cleaned_data["target_on"])


class LightForm(CleanText):
    light = forms.ChoiceField(
        label=_("How does the work go?"), choices=Light, widget=forms.RadioSelect
    )
    note = prose(
        _("What slows it down"),
        2000,
        rows=3,
        required=False,
        help_text=_("Red needs a message: what are you stuck with, and who could help?"),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("light") == Light.RED and not values.get("note"):
            self.add_error("note", _("Tell what you are stuck with, so that others can help."))
        return values


class InterruptForm(CleanText):
    reason = prose(
        _("Reason"),
        2000,
        rows=3,
        help_text=_("The reason is recorded and told to those concerned."),
    )
    resumes_on = day_field(_("Goes on"), help_text=_("On that day all three are reminded."))

    def clean_resumes_on(self) -> datetime.date | None:
        day = _refuse_far(self.cleaned_data["resumes_on"])
        if day is not None and day <= timezone.localdate():
            raise ValidationError(_("Choose a day that is still to come."))
        return day


class UsageForm(CleanText):
    usage = forms.ChoiceField(
        label=_("Use of the result"), choices=Decision, widget=forms.RadioSelect
    )
    used_for = prose(
        _("What the result was used for"),
        3000,
        rows=4,
        required=False,
        help_text=_("What changed, what was decided, what came next. This is shown to everyone."),
    )

    def __init__(self, *args: Any, thesis: Thesis, **kwargs: Any) -> None:
        kwargs["initial"] = {"usage": thesis.usage, "used_for": thesis.used_for}
        super().__init__(*args, **kwargs)


class ReportForm(CleanText):
    """What the public page shows. `is_whole` demands all of it: then the thesis is finished."""

    title = forms.CharField(label=_("Title of the finished thesis"), min_length=5, max_length=250)
    level = forms.ChoiceField(label=_("Level"), choices=[("", "–"), *Level.choices], required=False)
    abstract = prose(
        _("Abstract"),
        5000,
        rows=9,
        required=False,
        help_text=_("What was found out and how. You may use Markdown: **bold**, lists, links."),
    )
    repository_url = forms.CharField(
        label=_("Address in the repository"),
        max_length=300,
        required=False,
        widget=forms.URLInput(attrs={"inputmode": "url"}),
    )
    finished_on = day_field(
        _("Finished on"), help_text=_("The day on which the school approved it.")
    )
    usage = forms.ChoiceField(label=_("Use of the result"), choices=Decision)
    used_for = prose(
        _("What the result was used for"),
        3000,
        rows=3,
        required=False,
        help_text=_("The commissioner can tell this later too."),
    )
    shows_author = forms.BooleanField(
        label=_("Show my name as the author"),
        required=False,
        help_text=_("Without this tick the public page names nobody. You can change it any time."),
    )

    def __init__(
        self, data: QueryDict | None, thesis: Thesis, *, is_student: bool, is_whole: bool
    ) -> None:
        self.thesis = thesis
        names = [name for name in self.base_fields if name != "finished_on"]
        initial = {name: getattr(thesis, name) for name in names}
        initial["finished_on"] = thesis.finished_on or timezone.localdate()
        super().__init__(data, initial=initial)
        self.fields["repository_url"].help_text = _(
            "An address that begins with https://, for example in %(names)s."
        ) % {"names": ", ".join(REPOSITORIES)}
        if not is_student:
            del self.fields["shows_author"]
        for name in ("level", "abstract", "finished_on"):
            needed(self.fields[name], _("needed for finishing"), now=is_whole)

    def clean_repository_url(self) -> str:
        address = self.cleaned_data["repository_url"].strip()
        if address:
            if urlsplit(address).scheme.lower() != "https":
                raise ValidationError(_("The address must begin with https://."))
            URLValidator(schemes=["https"])(address)
        return address

    def clean_finished_on(self) -> datetime.date | None:
        day = self.cleaned_data["finished_on"]
        began = self.thesis.started_on
        if day is not None and (day > timezone.localdate() or (began and day < began)):
            raise ValidationError(
                _("The day of finishing cannot be in the future or before the beginning.")
            )
        return day


class AskForm(CleanText):
    """The words and the time that go with asking supervisors; who and in what order is beside."""

    message = prose(_("Message to the supervisors"), 2000, rows=4, required=False)
    days = forms.IntegerField(
        label=_("Days to answer"),
        min_value=FEWEST_DAYS,
        max_value=MOST_DAYS,
        initial=ANSWER_DAYS,
        help_text=_("Without an answer in this time the next one is asked."),
    )


ORDER = "order-"


class OrderForm(AskForm):
    """A number field per candidate, then the words that go with the request."""

    def __init__(self, *args: Any, candidates: Iterable[SupervisorProfile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = list(candidates)
        for profile in self.candidates:
            self.fields[f"{ORDER}{profile.slug}"] = forms.IntegerField(
                label=_("Order of asking"), required=False, min_value=1, max_value=99
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not self.errors and not self.chosen:
            self.add_error(None, _("Give a number to at least one supervisor: 1 is asked first."))
        self._refuse_same()
        return values

    def _refuse_same(self) -> None:
        """Two of one number would be asked in an order that nobody chose."""
        seen: set[int] = set()
        for name in [name for name in self.fields if name.startswith(ORDER)]:
            number = self.cleaned_data.get(name)
            if number and number in seen:
                self.add_error(name, _("Another supervisor has this number already."))
            seen.add(number or 0)

    @property
    def chosen(self) -> list[User]:
        """Those with a number, in its order."""
        numbered = [
            (number, profile.user)
            for profile in self.candidates
            if (number := self.cleaned_data.get(f"{ORDER}{profile.slug}"))
        ]
        return [user for _number, user in sorted(numbered, key=lambda row: row[0])]

    @property
    def numbers(self) -> list[dict[str, Any]]:
        return [
            {"profile": profile, "field": self[f"{ORDER}{profile.slug}"]}
            for profile in self.candidates
        ]

    @property
    def words(self) -> list[Any]:
        return [self["message"], self["days"]]

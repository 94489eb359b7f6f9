"""Forms of a project's steps, staff, work packages and milestones."""

from __future__ import annotations

import datetime
import re
import uuid
from calendar import monthrange
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core.numbers import FIRST_DAY, LAST_DAY, day_of, sane_day
from cluster_portal.core.unseen import with_present
from members.forms.members import LineField
from members.models import Organisation, User
from projects.models import WorkPackage
from projects.models.partnerships import Precision
from projects.models.staff import StaffRole
from projects.services import staff

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cluster_portal.core.visibility import Reader
    from projects.models import Project

_YEAR = re.compile(r"(?P<year>\d{4})")
_MONTH = re.compile(r"(?P<month>\d{1,2})\s*[./]\s*(?P<year>\d{4})|(?P<y>\d{4})-(?P<m>\d{2})")


def day(label: str | _StrPromise, **values: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, validators=[sane_day], **values)


def title(label: str | _StrPromise, *, limit: int = 120, **values: Any) -> LineField:
    return LineField(label=label, max_length=limit, **values)


def refuse_disorder(form: forms.Form, values: dict[str, Any]) -> None:
    first, last = values.get("starts_on"), values.get("ends_on")
    if first and last and last < first:
        form.add_error("ends_on", _("The end is not before the beginning."))


class MomentField(forms.CharField):
    """2026, 3/2026 or 13.3.2026: a day with the precision that was typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 20, **kwargs})

    def to_python(self, value: object) -> Any:
        text = (super().to_python(value) or "").strip()
        if not text:
            return None
        found = read_moment(text)
        if found is None or not FIRST_DAY <= found[0] <= LAST_DAY:
            raise ValidationError(_("Write a year, a month as 3/2026, or a day as 13.3.2026."))
        return found

    def run_validators(self, value: object) -> None:
        """The value is a day; the bounds of a text do not fit it."""


def read_moment(text: str) -> tuple[datetime.date, Precision] | None:
    exact = day_of(text)
    if exact:
        return exact, Precision.DAY
    month = _MONTH.fullmatch(text)
    if month:
        number = int(month["month"] or month["m"])
        year = int(month["year"] or month["y"])
        if 1 <= number <= 12 and year:
            return datetime.date(year, number, 1), Precision.MONTH
    year_only = _YEAR.fullmatch(text)
    if year_only and int(year_only["year"]):
        return datetime.date(int(year_only["year"]), 1, 1), Precision.YEAR
    return None


def typed_moment(on: datetime.date | None, precision: str) -> str:
    """As `read_moment` reads it back."""
    if on is None:
        return ""
    if precision == Precision.YEAR:
        return str(on.year)
    if precision == Precision.MONTH:
        return f"{on.month}/{on.year}"
    return f"{on.day}.{on.month}.{on.year}"


def last_day(on: datetime.date, precision: str) -> datetime.date:
    """Of the year or month that begins on `on`."""
    if precision == Precision.YEAR:
        return on.replace(month=12, day=31)
    if precision == Precision.MONTH:
        return on.replace(day=monthrange(on.year, on.month)[1])
    return on


class PartForm(forms.Form):
    """A row of a project: its values stand in it, and `key` makes a new one only once."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, project: Project, row: Any, user: Reader, **kwargs: Any) -> None:
        kwargs["initial"] = self.start(row) if row else {"key": uuid.uuid4()}
        super().__init__(*args, **kwargs)
        self.project, self.row, self.reader = project, row, user
        self.offer()

    def start(self, row: Any) -> dict[str, Any]:
        return {name: getattr(row, name) for name in self.base_fields if name != "key"}

    def offer(self) -> None:
        """Fills the choices that depend on the project."""

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data["key"] or uuid.uuid4()

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}


class StepForm(PartForm):
    on = MomentField(
        label=gettext_lazy("When"),
        help_text=gettext_lazy("As exactly as is known: 2026, 3/2026 or 13.3.2026."),
    )
    until = MomentField(
        label=gettext_lazy("Until"), required=False,
        help_text=gettext_lazy("Only if it took longer. Written in the same way."),
    )  # fmt: skip
    text_fi = title(gettext_lazy("What happened, in Finnish"), limit=300)
    text_sv = title(gettext_lazy("What happened, in Swedish"), limit=300, required=False)
    text_en = title(gettext_lazy("What happened, in English"), limit=300, required=False)

    def start(self, row: Any) -> dict[str, Any]:
        days = {name: typed_moment(getattr(row, name), row.precision) for name in ("on", "until")}
        return super().start(row) | days

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        on, until = values.get("on"), values.get("until")
        if on and until and until[1] != on[1]:
            self.add_error("until", _("Write both in the same way: both years, months or days."))
        elif on and until and until[0] < on[0]:
            self.add_error("until", _("The end is not before the beginning."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        values = super().values
        (on, precision), until = values["on"], values["until"]
        last = last_day(until[0], precision) if until else None
        return {**values, "on": on, "precision": precision, "until": last}


def offer_employers(form: PartForm) -> None:
    """The owner and the partners, and who is named already although it has left."""
    field: Any = form.fields["organisation"]
    present = [form.row.organisation_id] if form.row else []
    rows = with_present(staff.employers(form.project), present)
    field.queryset = rows.order_by("sort_name", "pk")


class StaffForm(PartForm):
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=StaffRole)
    user = forms.ModelChoiceField(
        label=gettext_lazy("Person with an account"), queryset=User.objects.none(), required=False,
        empty_label=gettext_lazy("Nobody yet, or a name below"),
        help_text=gettext_lazy(
            "Co-editors and your own colleagues. They are told. A project manager edits the "
            "project."
        ),
    )  # fmt: skip
    name = title(
        gettext_lazy("Name of a person without an account"), required=False,
        help_text=gettext_lazy("Ask the person first. Only those inside the project read names."),
    )  # fmt: skip
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"), queryset=Organisation.objects.none(), required=False,
        empty_label=gettext_lazy("Not named"),
    )  # fmt: skip
    percent = forms.IntegerField(
        label=gettext_lazy("Share of working time, %"), min_value=1, max_value=100, required=False
    )
    starts_on = day(gettext_lazy("Starts on"), required=False)
    ends_on = day(gettext_lazy("Ends on"), required=False)

    def offer(self) -> None:
        people: Any = self.fields["user"]
        people.queryset = staff.people(self.project, self.reader)
        people.label_from_instance = User.get_full_name
        offer_employers(self)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        refuse_disorder(self, values)
        if values.get("user") and values.get("name"):
            self.add_error("name", _("Choose a person or write a name, not both."))
        if values.get("user") and not values.get("organisation"):
            self.add_error("organisation", _("Choose the organisation that the person works for."))
        return values


class PackageForm(PartForm):
    number = forms.IntegerField(label=gettext_lazy("Number"), min_value=1, max_value=99)
    title_fi = title(gettext_lazy("Title in Finnish"))
    title_sv = title(gettext_lazy("Title in Swedish"), required=False)
    title_en = title(gettext_lazy("Title in English"), required=False)
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Responsible"), queryset=Organisation.objects.none(), required=False,
        empty_label=gettext_lazy("Not named"),
    )  # fmt: skip
    starts_on = day(gettext_lazy("Starts on"))
    ends_on = day(gettext_lazy("Ends on"))
    done = forms.IntegerField(
        label=gettext_lazy("How much is done, %"), min_value=0, max_value=100, initial=0,
        help_text=gettext_lazy("A good guess is enough. 100 means that it is done."),
    )  # fmt: skip

    def offer(self) -> None:
        offer_employers(self)
        if self.row is None:
            last = self.project.work_packages.order_by("-number").first()
            self.initial["number"] = last.number + 1 if last else 1

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        refuse_disorder(self, values)
        return values


class MilestoneForm(PartForm):
    title_fi = title(gettext_lazy("What is reached, in Finnish"))
    title_sv = title(gettext_lazy("What is reached, in Swedish"), required=False)
    title_en = title(gettext_lazy("What is reached, in English"), required=False)
    package = forms.ModelChoiceField(
        label=gettext_lazy("Work package"), queryset=WorkPackage.objects.none(), required=False,
        empty_label=gettext_lazy("The whole project"),
    )  # fmt: skip
    due_on = day(gettext_lazy("Due on"))
    reached_on = day(
        gettext_lazy("Reached on"), required=False,
        help_text=gettext_lazy("Empty until it is reached."),
    )  # fmt: skip

    def offer(self) -> None:
        packages: Any = self.fields["package"]
        packages.queryset = WorkPackage.objects.filter(project=self.project)


FORMS: dict[str, type[PartForm]] = {
    "steps": StepForm, "staff": StaffForm, "packages": PackageForm, "milestones": MilestoneForm,
}  # fmt: skip

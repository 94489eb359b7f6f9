"""A project's status report: a short form."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core.numbers import sane_day
from members.forms.members import LineField
from projects.forms.challenges import prose
from projects.models.status_reports import Light
from projects.models.workspace import ReadBy

if TYPE_CHECKING:
    from projects.models import StatusReport

NAMES = (
    "starts_on", "ends_on", "light", "reason", "done", "coming", "risks", "next_on", "read_by",
)  # fmt: skip


def _day(**values: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d")
    return forms.DateField(widget=widget, validators=[sane_day], **values)


class StatusReportForm(forms.Form):
    starts_on = _day(label=gettext_lazy("The period begins"))
    ends_on = _day(label=gettext_lazy("The period ends"))
    light = forms.ChoiceField(
        label=gettext_lazy("How does the project stand?"), choices=Light,
        widget=forms.RadioSelect, initial=Light.GREEN,
    )  # fmt: skip
    reason = LineField(
        label=gettext_lazy("Why?"), max_length=300, required=False,
        help_text=gettext_lazy("Needed where the project does not go to plan."),
    )  # fmt: skip
    done = prose(6, label=gettext_lazy("What was done?"), max_length=3000)
    coming = prose(4, label=gettext_lazy("What comes next?"), max_length=2000)
    risks = prose(3, label=gettext_lazy("Risks"), max_length=2000, required=False)
    next_on = _day(
        label=gettext_lazy("Next report by"), required=False,
        help_text=gettext_lazy("The project’s editors are reminded on that day."),
    )  # fmt: skip
    read_by = forms.ChoiceField(
        label=gettext_lazy("Who reads it?"), choices=ReadBy, widget=forms.RadioSelect,
        initial=ReadBy.PARTNERS,
        help_text=gettext_lazy("The partners and the coordinators always do."),
    )  # fmt: skip
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, report: StatusReport | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = (
            {name: getattr(report, name) for name in NAMES}
            if report else {"form_key": uuid.uuid4(), **kwargs.get("initial", {})}
        )  # fmt: skip
        super().__init__(*args, **kwargs)
        if report is not None:
            del self.fields["form_key"]

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", ValidationError(_("The period ends before it begins.")))
        if last and last > timezone.localdate():
            self.add_error("ends_on", ValidationError(_("Tell of a period that is over.")))
        if last and values.get("next_on") and values["next_on"] <= last:
            self.add_error("next_on", ValidationError(_("The next report comes after this one.")))
        if values.get("light") in {Light.YELLOW, Light.RED} and not values.get("reason"):
            self.add_error(
                "reason", ValidationError(_("Tell why the project does not go to plan."))
            )
        return values

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in NAMES}

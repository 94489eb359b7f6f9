"""Telling a business outcome; what a project leaves behind."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.numbers import sane_day
from cluster_portal.core.unseen import with_present
from members.forms.members import LineField
from members.models import Organisation
from members.services.needs import organisations_of
from projects.forms.challenges import prose
from projects.models import Project
from projects.models.handovers import TransferState
from projects.models.outcomes import FIRST_YEAR, OutcomeKind, ValueClass

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from projects.models import ProjectLegacy, TransferItem


class OutcomeForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Whose outcome is it?"), queryset=Organisation.objects.none()
    )
    kind = forms.ChoiceField(
        label=_("What came of it?"), choices=OutcomeKind, widget=forms.RadioSelect
    )
    year = forms.IntegerField(label=_("In which year?"), min_value=FIRST_YEAR)
    count = forms.IntegerField(label=_("How many?"), min_value=1, max_value=999, initial=1)
    value = forms.ChoiceField(
        label=_("What is it worth?"), choices=ValueClass, initial=ValueClass.UNKNOWN,
        help_text=_("A rough class is enough. It is never shown of one organisation alone."),
    )  # fmt: skip
    project = forms.ModelChoiceField(
        label=_("Which project did it come of?"), queryset=Project.objects.none(), required=False
    )
    note = LineField(
        label=_("What is it, in a few words?"), required=False, max_length=200,
        help_text=_("Read by your own organisation and the coordinators alone."),
    )  # fmt: skip
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Reader, **kwargs: Any) -> None:
        today = timezone.localdate()
        kwargs["initial"] = {"form_key": uuid.uuid4(), "year": today.year}
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = organisations_of(user).order_by("sort_name", "pk")
        offered = list(field.queryset[:2])
        if len(offered) == 1:
            field.empty_label, field.initial = None, offered[0].pk
        projects: Any = self.fields["project"]
        projects.queryset = Project.objects.visible_to(user).order_by("title_fi", "pk")
        year: Any = self.fields["year"]
        year.max_value = today.year

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if year > timezone.localdate().year:
            raise forms.ValidationError(_("Tell what has come already."))
        return year


class LegacyForm(forms.Form):
    summary = prose(
        4, label=_("What was achieved?"), required=False, max_length=2000,
        help_text=_("In a few sentences, for someone who did not take part."),
    )  # fmt: skip
    operating_model = prose(
        8, label=_("How does the work go on?"), required=False,
        help_text=_("Who does what after the project, with what money, and who coordinates it."),
    )  # fmt: skip
    learnings = prose(
        6, label=_("What was learned?"), required=False,
        help_text=_("What went well, what did not, and what the next project should do otherwise."),
    )  # fmt: skip
    no_result_reason = prose(
        3, label=_("Why is there no result?"), required=False, max_length=1000,
        help_text=_("Only where the project ends without a published result."),
    )  # fmt: skip

    def __init__(self, *args: Any, legacy: ProjectLegacy, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(legacy, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)


class TransferForm(forms.Form):
    what = LineField(label=_("What is handed over?"), min_length=3, max_length=160)
    organisation = forms.ModelChoiceField(
        label=_("Who takes it over?"), queryset=Organisation.objects.none(), required=False,
        empty_label=_("Nobody yet, or somebody outside the portal"),
    )  # fmt: skip
    other_owner = LineField(label=_("New owner outside the portal"), required=False, max_length=160)
    on = forms.DateField(
        label=_("When?"), required=False, widget=forms.DateInput(format="%Y-%m-%d"),
        validators=[sane_day],
    )  # fmt: skip
    funding = LineField(label=_("With what money?"), required=False, max_length=160)
    state = forms.ChoiceField(label=_("State"), choices=TransferState, widget=forms.RadioSelect)
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, user: Reader, item: TransferItem | None = None, **kwargs: Any
    ) -> None:
        names = ("what", "organisation", "other_owner", "on", "funding", "state")
        kwargs["initial"] = (
            {name: getattr(item, name) for name in names} | {"form_key": item.form_key}
            if item
            else {"form_key": uuid.uuid4(), "state": TransferState.OPEN}
        )
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        rows = Organisation.objects.visible_to(user).standing()
        present = [item.organisation_id] if item else []
        field.queryset = with_present(rows, present).order_by("sort_name", "pk")
        fields: Any = self.fields
        for name in ("organisation", "other_owner"):
            fields[name].needed = _("one of the two, once it is agreed")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        agreed = values.get("state") in {TransferState.AGREED, TransferState.DONE}
        if agreed and not (values.get("organisation") or values.get("other_owner")):
            self.add_error("organisation", _("Name who takes it over."))
        return values

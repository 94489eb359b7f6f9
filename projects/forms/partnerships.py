"""Offering oneself to an idea, inviting to it, asking a co-editor, and an application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core.text.addresses import AddressField
from members.forms.members import LineField, ProseField
from members.models import Organisation
from projects.forms.content import HundredthsField
from projects.models import FundingCall, WantedRole
from projects.models.partnerships import MAX_CENTS, Role
from projects.services.applications import FIELDS
from projects.services.partnerships import LONGEST_TIME, Ask, offerers, usual_answer_by

if TYPE_CHECKING:
    import datetime

    from cluster_portal.core.visibility import Reader
    from projects.models import Application, Partnership, Project


def _role_field(project: Project, other: Any) -> Any:
    return forms.ModelChoiceField(
        label=_("For which role?"), queryset=WantedRole.objects.filter(project=project).missing(),
        required=False, blank=True,  # without it a field of radio buttons drops the empty choice
        widget=forms.RadioSelect, empty_label=other,
    )  # fmt: skip


class JoinForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Which organisation?"), queryset=Organisation.objects.none()
    )
    note = ProseField(
        label=gettext_lazy("What do you bring?"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("A couple of sentences is enough. The idea’s editors read this."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: Reader, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = _role_field(project, _("Something else, I tell below"))
        self.fields = {"role": role, **self.fields}
        self.initial.setdefault("role", "")
        field: Any = self.fields["organisation"]
        field.queryset = offerers(project, user)
        self.offered = list(field.queryset[:2])
        if len(self.offered) == 1:
            field.empty_label, field.initial = None, self.offered[0].pk
            field.widget = forms.HiddenInput()

    @property
    def only(self) -> Organisation | None:
        return self.offered[0] if len(self.offered) == 1 else None


class InviteForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Which organisation?"), queryset=Organisation.objects.none(),
        help_text=gettext_lazy("Its contact persons get a message and answer for it."),
    )  # fmt: skip
    note = ProseField(
        label=gettext_lazy("What would you like to say to them?"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    answer_by = forms.DateField(
        label=gettext_lazy("Last day to answer"), widget=forms.DateInput(format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, user: Reader, project: Project, **kwargs: Any) -> None:
        given = kwargs.pop("initial", {})
        kwargs["initial"] = {"answer_by": usual_answer_by(), **given}
        super().__init__(*args, **kwargs)
        self.fields = {"role": _role_field(project, _("Another part")), **self.fields}
        self.initial.setdefault("role", "")
        field: Any = self.fields["organisation"]
        rows = Organisation.objects.visible_to(user).standing()
        field.queryset = rows.exclude(pk=project.organisation_id).order_by("sort_name", "pk")

    def clean_answer_by(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["answer_by"]
        today = timezone.localdate()
        if not today < day <= today + LONGEST_TIME:
            raise ValidationError(_("Choose a last day from tomorrow on, within 90 days."))
        return day

    @property
    def ask(self) -> Ask:
        return Ask(self.cleaned_data["note"], self.cleaned_data["answer_by"])


class PartnerForm(forms.Form):
    """What a partner does; the lead is changed apart."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=[(role.value, role.label) for role in Role if role != Role.LEAD],
    )
    task_fi = LineField(label=gettext_lazy("Task in Finnish"), max_length=120, required=False)
    task_sv = LineField(label=gettext_lazy("Task in Swedish"), max_length=120, required=False)
    task_en = LineField(label=gettext_lazy("Task in English"), max_length=120, required=False)

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(partnership, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        if partnership.role == Role.LEAD:
            del self.fields["role"]


class EditorForm(forms.Form):
    address = AddressField(
        label=gettext_lazy("E-mail address of the co-editor"),
        help_text=gettext_lazy("They need an account here. They edit once they have said yes."),
    )


class ApplicationForm(forms.Form):
    """What the idea told stands in it already."""

    title = LineField(label=gettext_lazy("Title"), min_length=5, max_length=200)
    funder = LineField(label=gettext_lazy("Funder"), max_length=200, required=False)
    summary = ProseField(
        label=gettext_lazy("Summary"), max_length=600, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    plan = ProseField(
        label=gettext_lazy("What is done"), max_length=4000, required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip
    aim = ProseField(
        label=gettext_lazy("Aim"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    amount_cents = HundredthsField(label=gettext_lazy("Sum, €"), required=False)
    duration_months = forms.IntegerField(
        label=gettext_lazy("Duration in months"), min_value=1, max_value=120, required=False
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(application, name) for name in FIELDS}
        super().__init__(*args, **kwargs)

    def clean_amount_cents(self) -> int | None:
        cents: int = self.cleaned_data["amount_cents"] or 0
        if not 0 <= cents <= MAX_CENTS:
            raise ValidationError(_("Write a sum between 0 and 100 billion euros."))
        return cents or None


class BeginForm(forms.Form):
    """To which call an application is begun."""

    call = forms.ModelChoiceField(queryset=FundingCall.objects.none(), required=False)

    def __init__(self, *args: Any, user: Reader, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["call"]
        field.queryset = FundingCall.objects.visible_to(user)
        self.initial["call"] = project.call_id

"""What a programme's coordinators write: a question to an organisation, an act of influence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.forms.members import LineField
from members.models import Organisation
from projects.forms.parts import day
from projects.models import Goal, InfluenceGoal, Result
from projects.models.continuity import ActKind
from projects.models.ownership import Part

if TYPE_CHECKING:
    from datetime import date

    from cluster_portal.core.visibility import Reader
    from projects.models import Programme


class AskForm(forms.Form):
    goal = forms.ModelChoiceField(label=gettext_lazy("Goal"), queryset=Goal.objects.none())
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"), queryset=Organisation.objects.none()
    )
    part = forms.ChoiceField(
        label=gettext_lazy("Part"), choices=Part, widget=forms.RadioSelect
    )  # fmt: skip
    note = LineField(
        label=gettext_lazy("What is asked"), max_length=300, required=False,
        help_text=gettext_lazy("What the organisation would do, in a sentence."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, programme: Programme, user: Reader, goal: str = "", **kwargs: Any
    ) -> None:
        goals = programme.goals.all()
        chosen = [each for each in goals if str(each.number) == goal]
        kwargs["initial"] = {"goal": chosen[0] if chosen else None}
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["goal"].queryset = goals
        fields["organisation"].queryset = (
            Organisation.objects.visible_to(user).standing().order_by("sort_name")
        )


class ActForm(forms.Form):
    goal = forms.ModelChoiceField(
        label=gettext_lazy("Which goal does it move?"), queryset=InfluenceGoal.objects.none()
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=ActKind, widget=forms.RadioSelect
    )  # fmt: skip
    on = day(gettext_lazy("Date"))
    title = LineField(label=gettext_lazy("Title"), min_length=3, max_length=200)
    link = forms.URLField(
        label=gettext_lazy("Link"), max_length=500, required=False, assume_scheme="https"
    )
    of_result = forms.ModelChoiceField(
        label=gettext_lazy("Result of the portal"), queryset=Result.objects.none(), required=False,
        empty_label=gettext_lazy("None"),
        help_text=gettext_lazy("The result that it rests on, or that came of it."),
    )  # fmt: skip

    def __init__(self, *args: Any, programme: Programme, user: Reader, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": timezone.localdate()}
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["goal"].queryset = InfluenceGoal.objects.filter(programme=programme)
        results = Result.objects.visible_to(user).out().defer("search")
        fields["of_result"].queryset = results.order_by("title_fi", "pk")

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("Tell what has come already."))
        return on

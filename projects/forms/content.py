"""Input of figures as people write them, and the coordinators' forms for budgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core.admin.base import NamedRows
from cluster_portal.core.admin.scoped import CurrentStays
from cluster_portal.core.database.merging import MergingForm
from cluster_portal.core.numbers import parse_hundredths, sane_day, typed
from cluster_portal.core.visibility import Visibility
from projects import budget as arithmetic
from projects.budget import Basis
from projects.models import CostLine, FundingSource, Goal, Programme

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.forms import BaseInlineFormSet
    from django.http import QueryDict

    from projects.models import Budget


class HundredthsField(forms.CharField):
    """A sum or percentage typed in Finnish ways; its value is an integer of hundredths."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 40, **kwargs})
        self.widget.attrs |= {"inputmode": "decimal", "size": 12}

    def to_python(self, value: object) -> Any:
        text = super().to_python(value)
        return parse_hundredths(text) if text else 0 if not self.required else None

    def run_validators(self, value: object) -> None:
        """The model's own validators bound the number; a text's bounds do not fit it."""

    def validate(self, value: object) -> None:
        if value is None:
            raise ValidationError(self.error_messages["required"], code="required")

    def prepare_value(self, value: object) -> Any:
        """Nothing is offered as an empty box where it may stay empty."""
        if value == 0 and not self.required:
            return ""
        return typed(value) if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: QueryDict | None) -> bool:
        try:
            return self.to_python(data) != (initial or 0)
        except ValidationError:
            return True


class CostLineForm(MergingForm):
    amount_cents = HundredthsField(label=gettext_lazy("Amount, €"))

    class Meta:
        model = CostLine
        fields = ["kind", "note", "organisation", "year", "amount_cents"]


class FundingSourceForm(MergingForm):
    amount_cents = HundredthsField(label=gettext_lazy("Amount, €"), required=False)
    percent = HundredthsField(label=gettext_lazy("Percentage"), required=False)

    class Meta:
        model = FundingSource
        fields = ["kind", "note", "organisation", "basis", "amount_cents", "percent"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        basis = values.get("basis")
        if basis != Basis.AMOUNT and values.get("amount_cents"):
            self.add_error("amount_cents", _("Leave the amount empty: it is computed."))
        if basis != Basis.PERCENT and values.get("percent"):
            self.add_error("percent", _("Leave the percentage empty, or choose it as the basis."))
        if basis == Basis.PERCENT and values.get("percent") == 0:
            self.add_error("percent", _("Write the percentage, for example 80."))
        return values


class ChallengeForm(CurrentStays):
    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        names = ("named_organisations", "named_people", "named_sectors")
        named = any(values.get(name) for name in names)
        if values.get("visibility") == Visibility.GROUP and not named:
            self.add_error("visibility", _("Name the organisations or people who can read it."))
        return values


class ProgrammeForm(CurrentStays):
    def clean(self) -> dict[str, Any]:
        """Only a cluster's first version is written from nothing: a later one continues."""
        values = super().clean() or self.cleaned_data
        cluster = values.get("home_cluster")
        versions = Programme.objects.filter(home_cluster=cluster)
        if self.instance.pk is None and cluster and versions.exists():
            told = _(
                "Make the new version on the page of the version in force: its measures, "
                "progress and links then go on."
            )
            self.add_error("home_cluster", told)
        return values


def goal_label(goal: Goal) -> str:
    """Versions have goals of the same name: each says whose it is."""
    programme = goal.programme
    return _("%(goal)s (version %(version)s, %(stage)s)") % {
        "goal": goal, "version": programme.version, "stage": programme.get_stage_display().lower(),
    }  # fmt: skip


class SaneDays(CurrentStays):
    """Days from which pictures are drawn, and sums of days are made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.validators = [*field.validators, sane_day]


class MeasureForm(SaneDays):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields.get("goal")
        if field is None:
            return
        if self.instance.pk:
            own = self.instance.goal.programme_id
            field.queryset = Goal.objects.filter(programme=own).select_related("programme")
        field.label_from_instance = goal_label


def kept(formset: BaseInlineFormSet) -> Iterator[dict[str, Any]]:
    """The values of the lines that will be there after saving."""
    for form in formset.forms:
        values = getattr(form, "cleaned_data", None) or {}
        if values and not values.get("DELETE"):
            yield values


class FundingFormSet(NamedRows):
    """The last of the forms to be checked: it looks at the whole budget.

    The admin hands over the cost lines' formset as `costs` before validation.
    """

    costs: BaseInlineFormSet | None = None
    instance: Budget

    def clean(self) -> None:
        super().clean()
        if self.costs is None or any(self.errors) or any(self.costs.errors):
            return
        costs = [arithmetic.Cost(v["kind"], v["amount_cents"]) for v in kept(self.costs)]
        sources = [
            arithmetic.Source(v["kind"], v["basis"], v["amount_cents"], v["percent"])
            for v in kept(self)
        ]
        faults = self._faults(costs, sources)
        if faults:
            raise ValidationError(faults)

    def _faults(
        self, costs: Iterable[arithmetic.Cost], sources: Iterable[arithmetic.Source]
    ) -> list[str]:
        budget = self.instance
        found = arithmetic.faults(budget.cost_model, budget.rounding, [*costs], [*sources])
        return [str(fault) for fault in found]

"""A budget as its project manager types it: lines of costs and sources; a cost that came about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core.numbers import sane_day, typed
from cluster_portal.core.text.classified import refuse_marked
from projects import budget as arithmetic
from projects.budget import Basis, CostKind, CostModel, FundingKind, Rounding
from projects.forms.content import HundredthsField
from projects.models.partnerships import MAX_CENTS
from projects.services.actual_costs import Spent
from projects.services.budgets import Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import QueryDict

    from members.models import Organisation
    from projects.models import Budget, Project

MOST_LINES, EMPTY_LINES, YEARS_AHEAD = 80, 3, 5
NOTHING = [("", "–")]
ANY = [("", gettext_lazy("Not named"))]


class SumField(HundredthsField):
    """Cents; None where nothing was typed."""

    def to_python(self, value: object) -> Any:
        text = forms.CharField.to_python(self, value)
        if not text:
            return None
        hundredths = super().to_python(text)
        if hundredths > MAX_CENTS:
            raise ValidationError(_("The sum is too large."), code="too_large")
        return hundredths

    def validate(self, value: object) -> None:
        if self.required:
            super().validate(value)

    def has_changed(self, initial: Any, data: QueryDict | None) -> bool:
        return str(data or "").strip() != str(initial or "").strip()


class LineForm(forms.Form):
    """A line without a kind is no line: choosing none takes it out."""

    note = forms.CharField(label=gettext_lazy("Note"), max_length=120, required=False)
    partner = forms.TypedChoiceField(
        label=gettext_lazy("Partner"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, partners: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].choices = [*ANY, *partners]  # type: ignore[attr-defined]

    def clean_note(self) -> str:
        note: str = self.cleaned_data["note"]
        refuse_marked(note)
        return note


class CostLineForm(LineForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of cost"), required=False, choices=[*NOTHING, *CostKind.choices]
    )
    year = forms.TypedChoiceField(
        label=gettext_lazy("Year"), required=False, coerce=int, empty_value=None
    )
    amount = SumField(label=gettext_lazy("Amount, €"), required=False)
    field_order = ("kind", "partner", "year", "note", "amount")

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [*ANY, *((year, str(year)) for year in years)]
        self.fields["year"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> None:
        values = self.cleaned_data
        if values.get("kind") and values.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("Write the sum."))
        if values.get("amount") is not None and not values.get("kind"):
            self.add_error("kind", _("Choose what the sum is."))

    @property
    def plain(self) -> arithmetic.Cost | None:
        values = self.cleaned_data
        if not values.get("kind"):
            return None
        return arithmetic.Cost(
            values["kind"], values["amount"], values["partner"], values["year"], values["note"]
        )


class SourceForm(LineForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("Source"), required=False, choices=[*NOTHING, *FundingKind.choices]
    )
    basis = forms.ChoiceField(
        label=gettext_lazy("How much"), choices=Basis, initial=Basis.AMOUNT, required=False
    )
    amount = SumField(label=gettext_lazy("Amount, €"), required=False)
    percent = SumField(label=gettext_lazy("Percentage"), required=False)
    field_order = ("kind", "partner", "basis", "amount", "percent", "note")

    def clean(self) -> None:
        values = self.cleaned_data
        if not values.get("kind"):
            if values.get("amount") is not None or values.get("percent") is not None:
                self.add_error("kind", _("Choose what the sum is."))
            return
        basis = values.get("basis") or Basis.AMOUNT
        if basis != Basis.AMOUNT and values.get("amount"):
            self.add_error("amount", _("Leave the amount empty: it is computed."))
        if basis != Basis.PERCENT and values.get("percent"):
            self.add_error("percent", _("Leave the percentage empty, or choose it as the basis."))
        share = values.get("percent")
        if basis == Basis.PERCENT and not (share and share <= arithmetic.WHOLE):
            self.add_error("percent", _("Write the percentage, for example 80."))

    @property
    def plain(self) -> arithmetic.Source | None:
        values = self.cleaned_data
        if not values.get("kind"):
            return None
        return arithmetic.Source(
            values["kind"], values["basis"] or Basis.AMOUNT, values["amount"] or 0,
            values["percent"] or 0, values["partner"], values["note"],
        )  # fmt: skip


def _lines(form: type[forms.Form]) -> type[BaseFormSet]:
    return formset_factory(
        form, extra=EMPTY_LINES, max_num=MOST_LINES, absolute_max=MOST_LINES, validate_max=True
    )


CostLines, SourceLines = _lines(CostLineForm), _lines(SourceForm)


class BudgetForm(forms.Form):
    """The whole budget in one form: nothing is stored unless all of it holds."""

    cost_model = forms.ChoiceField(label=gettext_lazy("Cost model"), choices=CostModel)
    rounding = forms.ChoiceField(label=gettext_lazy("Rounding"), choices=Rounding)
    is_public = forms.BooleanField(
        label=gettext_lazy("The summary is public"), required=False,
        help_text=gettext_lazy("Otherwise only the partners and the coordinators see the figures."),
    )  # fmt: skip

    def __init__(
        self, data: QueryDict | None = None, *, project: Project, budget: Budget | None,
        partners: Sequence[tuple[int, str]],
    ) -> None:  # fmt: skip
        super().__init__(data, initial=_head(budget))
        years = _years(project, budget)
        self.costs = CostLines(
            data, prefix="costs", initial=[_cost(row) for row in _rows(budget, "cost_rows")],
            form_kwargs={"partners": partners, "years": years},
        )  # fmt: skip
        self.sources = SourceLines(
            data, prefix="sources", initial=[_source(row) for row in _rows(budget, "source_rows")],
            form_kwargs={"partners": partners},
        )  # fmt: skip

    def clean(self) -> None:
        """After the lines, since what the budget comes to depends on them."""
        if not (self.costs.is_valid() and self.sources.is_valid()):
            raise ValidationError(_("Look at the lines that are marked below."))
        if self.errors:
            return
        plan = self.plan
        if not plan.costs:
            raise ValidationError(_("Enter at least one cost."))
        faults = arithmetic.faults(plan.cost_model, plan.rounding, plan.costs, plan.sources)
        if faults:
            raise ValidationError(faults)

    @property
    def plan(self) -> Plan:
        values = self.cleaned_data
        return Plan(
            values["cost_model"], values["rounding"],
            [plain for form in self.costs if (plain := form.plain)],
            [plain for form in self.sources if (plain := form.plain)], values["is_public"],
        )  # fmt: skip


def _rows(budget: Budget | None, name: str) -> list[Any]:
    return getattr(budget, name) if budget else []


def _head(budget: Budget | None) -> dict[str, Any]:
    names = ("cost_model", "rounding", "is_public")
    return {name: getattr(budget, name) for name in names} if budget else {}


def _cost(line: Any) -> dict[str, Any]:
    return {
        "kind": line.kind, "partner": line.organisation_id, "year": line.year, "note": line.note,
        "amount": typed(line.amount_cents),
    }  # fmt: skip


def _source(line: Any) -> dict[str, Any]:
    return {
        "kind": line.kind, "partner": line.organisation_id, "note": line.note, "basis": line.basis,
        "amount": typed(line.amount_cents) if line.basis == Basis.AMOUNT else "",
        "percent": typed(line.percent) if line.basis == Basis.PERCENT else "",
    }  # fmt: skip


def _years(project: Project, budget: Budget | None) -> list[int]:
    """The project's own years, else those to come; and those that stand in a line already."""
    this_year = timezone.localdate().year
    first = project.starts_on.year if project.starts_on else this_year
    last = project.ends_on.year if project.ends_on else first + YEARS_AHEAD
    named = {row.year for row in _rows(budget, "cost_rows") if row.year}
    return sorted(named | set(range(first, min(last, first + 20) + 1)))


class ActualCostForm(forms.Form):
    organisation = forms.TypedChoiceField(label=gettext_lazy("Partner"), coerce=int)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of cost"), choices=CostKind)
    day = forms.DateField(
        label=gettext_lazy("Costs until"),
        help_text=gettext_lazy("The last day that the sum covers."), validators=[sane_day],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    amount = SumField(label=gettext_lazy("Amount, €"))
    note = forms.CharField(label=gettext_lazy("Note"), max_length=120, required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, organisations: Iterable[Organisation], cost_model: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {each.pk: each for each in organisations}
        chooser: Any = self.fields["organisation"]
        chooser.choices = [(pk, str(each)) for pk, each in self.organisations.items()]
        allowed = arithmetic.ALLOWED.get(cost_model)
        kinds: Any = self.fields["kind"]
        kinds.choices = [
            (kind, label)
            for kind, label in CostKind.choices
            if allowed is None or kind in {*allowed, CostKind.INCOME}
        ]

    def clean_amount(self) -> int:
        cents: int | None = self.cleaned_data["amount"]
        if not cents:
            raise ValidationError(_("Write the sum."), code="required")
        return cents

    def clean_note(self) -> str:
        note: str = self.cleaned_data["note"]
        refuse_marked(note)
        return note

    @property
    def spent(self) -> Spent:
        values = self.cleaned_data
        return Spent(
            self.organisations[values["organisation"]], values["kind"], values["day"],
            values["amount"], values["form_key"], values["note"],
        )  # fmt: skip

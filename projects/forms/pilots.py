"""Beginning a pilot and changing its card; asking makers; permits and measured values."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import vocabulary
from cluster_portal.core.narrowing import Narrowing
from cluster_portal.core.numbers import sane_day
from cluster_portal.core.visibility import Visibility
from cluster_portal.core.vocabulary import Term
from members.forms.members import LineField
from members.matching import NAMED
from members.models import Organisation
from members.services.needs import organisations_of
from projects.forms.challenges import ask_for, keep_present, prose
from projects.forms.known_rows import RowNumber, rows_of
from projects.models import Measure, TestEnvironment
from projects.models.pilot_parts import PermitState, Role
from projects.models.pilots import NEEDED, Pilot
from projects.models.testbeds import Stage as TestbedStage
from projects.services.pilots import Facts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.http import QueryDict
    from django.utils.functional import _StrPromise

    from cluster_portal.core.visibility import Reader

READERS = [
    (Visibility.PUBLIC.value, _("Everyone")),
    (Visibility.MEMBERS.value, _("Members of all clusters")),
    (Visibility.CLUSTER.value, _("Members of our own cluster")),
    (Visibility.GROUP.value, _("Only the makers and the coordinator")),
]
MOST_PERMITS, MOST_VALUES = 8, 10


def day_field(label: str | _StrPromise, **values: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(format="%Y-%m-%d"), validators=[sane_day],
        required=False, **values,
    )  # fmt: skip


class CardForm(Narrowing):
    """The card of a pilot: what a draft lacks is needed before it is published."""

    title_fi = LineField(
        label=_("Name of the pilot"), min_length=5, max_length=120,
        help_text=_("What is tried and where it helps, in a few words."),
    )  # fmt: skip
    summary_fi = prose(
        2, label=_("The question, in one or two sentences"), required=False, max_length=400,
        help_text=_("What do you want to know? It stands below the name."),
    )  # fmt: skip
    aim = prose(3, label=_("Aim"), required=False, max_length=2000)
    how = prose(
        4, label=_("How is it tried?"), required=False,
        help_text=_("Rounds, people, equipment. No sites to protect, no weaknesses, no names."),
    )  # fmt: skip
    place = LineField(
        label=_("Place"), required=False, max_length=120, help_text=_("The town is enough.")
    )
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"))
    participants = LineField(
        label=_("Participants"), required=False, max_length=200,
        help_text=_("How many and who, for example: 40 volunteers in three exercises."),
    )  # fmt: skip
    costs = LineField(label=_("Costs"), required=False, max_length=200)
    reuse = prose(2, label=_("What can others borrow or copy?"), required=False, max_length=600)
    testbed = forms.ModelChoiceField(
        label=_("Test environment"), queryset=TestEnvironment.objects.none(), required=False,
        empty_label=_("None of these"),
    )  # fmt: skip
    visibility = forms.ChoiceField(label=_("Who sees it?"), choices=READERS)

    def __init__(self, *args: Any, user: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NEEDED:
            if not self.fields[name].required:
                ask_for(self.fields[name])
        keep_present(self.fields["visibility"], self.initial.get("visibility"))
        self._offer_testbeds(user, self.initial.get("testbed"))

    def _offer_testbeds(self, user: Reader, chosen: Any) -> None:
        seen = TestEnvironment.objects.visible_to(user)
        field: Any = self.fields["testbed"]
        offered = seen.filter(Q(stage=TestbedStage.OPEN) | Q(pk=chosen))
        field.queryset = offered.order_by("title_fi", "pk")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is not before the first."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class PilotBeginForm(CardForm):
    organisation = forms.ModelChoiceField(
        label=_("Which organisation runs it?"), queryset=Organisation.objects.none()
    )
    ask = forms.ModelMultipleChoiceField(
        label=_("Who takes part in it?"), queryset=Organisation.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "They are asked at once. You are told when they answer. A pilot has makers of at least "
            "two sectors before it is published."
        ),
    )  # fmt: skip
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ["organisation", "title_fi", "summary_fi", "aim", "ask"]

    def __init__(self, *args: Any, user: Reader, **kwargs: Any) -> None:
        given = {"visibility": Visibility.MEMBERS.value, "form_key": uuid.uuid4()}
        kwargs["initial"] = {**given, **kwargs.get("initial", {})}
        super().__init__(*args, user=user, **kwargs)
        owners: Any = self.fields["organisation"]
        owners.queryset = organisations_of(user).order_by("sort_name", "pk")
        offered = list(owners.queryset[:2])
        if len(offered) == 1:
            owners.empty_label, owners.initial = None, offered[0].pk
        else:
            owners.initial = self._first_of_theirs(owners.queryset)
        others: Any = self.fields["ask"]
        others.queryset = makers_for(user)
        if len(offered) == 1:  # the one that runs it is with it anyway
            others.queryset = others.queryset.exclude(pk=offered[0].pk)

    def _first_of_theirs(self, own: QuerySet[Organisation]) -> int | None:
        """Of the owners of what the pilot begins from, the first that the reader acts for."""
        asked = self.initial.get("ask", [])
        theirs = set(own.filter(pk__in=asked).values_list("pk", flat=True)) if asked else set()
        return next((pk for pk in asked if pk in theirs), None)

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "ask"}


class PilotEditForm(CardForm):
    """The card again, with its themes and the measures that it is evidence of."""

    measures = forms.ModelMultipleChoiceField(
        label=_("Measures of the action programme"), queryset=Measure.objects.none(),
        required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Those that this pilot is evidence of."),
    )  # fmt: skip
    terms = forms.ModelMultipleChoiceField(
        label=_("Themes"), queryset=Term.objects.filter(scheme__in=NAMED), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, user: Reader, pilot: Pilot, **kwargs: Any) -> None:
        names = [name for name in CardForm.base_fields if name != "testbed"]
        kwargs["initial"] = {
            **{name: getattr(pilot, name) for name in names},
            "testbed": pilot.testbed_id,
            "measures": [measure.pk for measure in pilot.measures.all()],
            "terms": [term.pk for term in pilot.terms.all()],
        }
        super().__init__(*args, user=user, **kwargs)
        measures: Any = self.fields["measures"]
        seen = Measure.objects.visible_to(user).current().values("pk")
        offered = Q(pk__in=seen) | Q(pk__in=self.initial["measures"])
        measures.queryset = Measure.objects.filter(offered).with_programme()
        terms: Any = self.fields["terms"]
        every = [term for scheme in NAMED for term in vocabulary.terms(scheme)]
        first = sorted(every, key=lambda term: term.pk not in self.initial["terms"])
        terms.choices = [(term.pk, term.label) for term in first]


def makers_for(user: Reader, but: Iterable[int] = ()) -> Any:
    rows = Organisation.objects.visible_to(user).standing().members()
    return rows.exclude(pk__in=list(but)).order_by("sort_name", "pk")


class MakerForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(),
        empty_label=_("Choose an organisation"),
    )  # fmt: skip
    role = forms.ChoiceField(
        label=_("What does it do in the pilot?"),
        choices=[choice for choice in Role.choices if choice[0] != Role.LEAD],
    )

    def __init__(self, *args: Any, user: Reader, pilot: Pilot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = pilot.makers.values_list("organisation", flat=True)
        field: Any = self.fields["organisation"]
        field.queryset = makers_for(user, known)


class PermitForm(forms.Form):
    number = RowNumber()
    name = LineField(
        label=_("Permit or consent"), max_length=120, required=False,
        help_text=_("For example: use of the room, filming. An empty row is left out."),
    )  # fmt: skip
    state = forms.ChoiceField(label=_("State"), choices=PermitState)
    granted_on = day_field(_("Day"))


class ValueForm(forms.Form):
    number = RowNumber()
    label = LineField(
        label=_("When or in which round"), max_length=80, required=False,
        help_text=_("For example: second exercise. An empty row is left out."),
    )  # fmt: skip
    value = forms.DecimalField(
        label=_("Value"), min_value=0, max_digits=12, decimal_places=2, required=False,
        localize=True,
    )  # fmt: skip
    is_before = forms.BooleanField(label=_("Before the pilot"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("label") and values.get("value") is None and "value" not in self.errors:
            self.add_error("value", _("Give the value."))
        if values.get("value") is not None and not values.get("label"):
            self.add_error("label", _("Say what the value is of."))
        return values


PermitRows = rows_of(PermitForm, MOST_PERMITS, extra=2, key="name", word=_("Permit"))
ValueRows = rows_of(ValueForm, MOST_VALUES, extra=2, key="label", word=_("Value"))


class FactsForm(forms.Form):
    """What was measured, and two tables of rows."""

    measured_words = LineField(
        label=_("What was measured?"), max_length=120, required=False,
        help_text=_("One thing, before and in each round. For example: people in an hour."),
    )  # fmt: skip
    measured_goal = forms.DecimalField(
        label=_("Goal"), min_value=0, max_digits=12, decimal_places=2, required=False, localize=True
    )

    def __init__(self, data: QueryDict | None = None, *, pilot: Pilot) -> None:
        given = {"measured_words": pilot.measured_words, "measured_goal": pilot.measured_goal}
        super().__init__(data, initial=given)
        number = {"number": F("pk")}
        permits = pilot.permits.values("name", "state", "granted_on", **number)
        values = pilot.measured.values("label", "value", "is_before", **number)
        self.permits = PermitRows(data, prefix="permits", saved=permits)
        self.measured = ValueRows(data, prefix="values", saved=values)
        self.rows_of_things = (self.permits, self.measured)

    def is_valid(self) -> bool:
        rows_hold = [self.permits.is_valid(), self.measured.is_valid()]
        if not all(rows_hold) and super().is_valid():
            self.add_error(None, _("Check the rows below."))
        return super().is_valid() and all(rows_hold)

    @property
    def facts(self) -> Facts:
        return Facts(permits=self.permits.told, values=self.measured.told, **self.cleaned_data)

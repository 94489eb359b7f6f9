"""A tender notice as a member proposes it: five inputs, the rest may be left out."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import vocabulary
from cluster_portal.core.facets import MAX_LENGTH
from cluster_portal.core.numbers import sane_day
from cluster_portal.core.text.web_addresses import WEB
from cluster_portal.core.visibility import Reader, audience
from cluster_portal.core.vocabulary import Scheme, Term
from members.forms.members import LineField, ProseField
from members.models import Cluster
from members.models.tenders import THEMES
from members.services.tenders import Draft

if TYPE_CHECKING:
    from django.http import QueryDict

LAST_HOUR = datetime.time(16, 0)


class TenderForm(forms.Form):
    title = LineField(label=_("What is bought"), max_length=200)
    buyer = LineField(label=_("Buyer"), max_length=MAX_LENGTH)
    link = forms.URLField(
        label=_("Link to the official notice"), max_length=500, assume_scheme="https",
        validators=[WEB], help_text=_("For example the notice in Hilma. The portal only shows it."),
    )  # fmt: skip
    closes_on = forms.DateField(
        label=_("Last day for tenders"), widget=forms.DateInput(format="%Y-%m-%d"),
        validators=[sane_day],
    )  # fmt: skip
    closes_time = forms.TimeField(
        label=_("Time of the deadline"), initial=LAST_HOUR, widget=forms.TimeInput(format="%H:%M")
    )
    summary = ProseField(
        label=_("In a few sentences"), max_length=1000,
        help_text=_("Companies are found by these words. Copy nothing that is not public."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    conditions = ProseField(
        label=_("Conditions for tenderers"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    themes = forms.ModelMultipleChoiceField(
        label=_("Themes"), queryset=Term.objects.filter(scheme__in=THEMES), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    regions = forms.ModelMultipleChoiceField(
        label=_("Regions"), queryset=Term.objects.filter(scheme=Scheme.REGION), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    cluster = forms.ModelChoiceField(label=_("Cluster"), queryset=Cluster.objects.none())

    def __init__(self, data: QueryDict | None = None, *, user: Reader) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        mine = Cluster.objects.filter(pk__in=audience(user).member_clusters)
        fields["cluster"].queryset = mine
        fields["cluster"].initial = mine.first()
        fields["themes"].choices = lambda: [
            (term.pk, term.label) for scheme in THEMES for term in vocabulary.terms(scheme)
        ]
        fields["regions"].choices = lambda: [
            (term.pk, term.label) for term in vocabulary.terms(Scheme.REGION)
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if {"closes_on", "closes_time"} <= values.keys():
            moment = datetime.datetime.combine(values["closes_on"], values["closes_time"])
            values["closes_at"] = timezone.make_aware(moment)
            if values["closes_at"] <= timezone.now():
                self.add_error("closes_on", _("The deadline is over already."))
        return values

    @property
    def draft(self) -> Draft:
        data = self.cleaned_data
        names = ("title", "buyer", "link", "closes_at", "summary", "conditions")
        values = {name: data[name] for name in names} | {"source": data["link"][:200]}
        return Draft(values, [*data["themes"], *data["regions"]])

"""What training a school offers, for the register of skills."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.surveys.services.entries import schools_of
from members.forms.members import LineField
from members.models import Organisation

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


class SupplyForm(forms.Form):
    school = forms.ModelChoiceField(label=_("School"), queryset=Organisation.objects.none())
    programme = LineField(label=_("Degree or course"), min_length=3, max_length=200)
    field = forms.ModelChoiceField(
        label=_("Field of education"), queryset=Term.objects.filter(scheme=Scheme.EDUCATION_FIELD)
    )
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Term.objects.filter(scheme=Scheme.REGION)
    )
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    places = forms.IntegerField(label=_("Places to start"), min_value=1, max_value=100_000)

    def __init__(self, *args: Any, user: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        schools = schools_of(user)
        fields["school"].queryset = schools
        first = list(schools[:2])
        if len(first) == 1:
            fields["school"].initial = first[0].pk
            fields["region"].initial = first[0].region_id
        fields["year"].initial = timezone.localdate().year + 1

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "school"}

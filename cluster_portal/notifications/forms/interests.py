from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.narrowing import Narrowing
from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.notifications.services import interests

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

THEMES = (
    Scheme.SECURITY_TASK,
    Scheme.CRITICAL_SECTOR,
    Scheme.VITAL_FUNCTION,
    Scheme.SMART_SPECIALISATION,
    Scheme.ATT_THEME,
    Scheme.EDUCATION_FIELD,
)


def _terms(
    label: "str | _StrPromise", *schemes: str, **values: Any
) -> forms.ModelMultipleChoiceField:
    order = Case(
        *(When(scheme=one, then=Value(place)) for place, one in enumerate(schemes)),
        output_field=IntegerField(),
    )
    rows = Term.objects.filter(scheme__in=schemes).order_by(order, "position", "code")
    return forms.ModelMultipleChoiceField(
        label=label, queryset=rows, required=False, widget=forms.CheckboxSelectMultiple, **values
    )


class InterestsForm(Narrowing):
    """What the reader wants to hear of; what is ticked already may count without following."""

    themes = _terms(_("Themes"), *THEMES)
    regions = _terms(_("Regions"), Scheme.REGION)
    types = forms.TypedMultipleChoiceField(
        label=_("All that is new of these"), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["types"]
        field.choices = [(kind.pk, one.label) for kind, one in interests.followable()]

    @property
    def chosen(self) -> list[interests.Choice]:
        """Model, what is ticked, and what could be; of terms of other schemes nothing is said."""
        values: dict[str, Any] = self.cleaned_data
        fields: dict[str, Any] = self.fields
        found = [
            interests.Choice(
                Term,
                {term.pk for term in values[name]},
                set(fields[name].queryset.values_list("pk", flat=True)),
            )
            for name in ("themes", "regions")
        ]
        offered = {kind.pk for kind, _one in interests.followable()}
        return [*found, interests.Choice(ContentType, set(values["types"]), offered)]

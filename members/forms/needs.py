"""Telling a need: three lines, its kind and who sees it; then its themes, and what answered it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import vocabulary
from cluster_portal.core.numbers import sane_day
from cluster_portal.core.visibility import Visibility
from cluster_portal.core.vocabulary import Scheme, Term
from members.forms.members import LineField, ProseField
from members.matching import NAMED
from members.models import NeedMatch, NeedOffer, Organisation
from members.models.needs import Kind
from members.services.needs import Answered, is_private_member, organisations_of

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from members.models import Need

VISIBILITIES = [
    (Visibility.MEMBERS.value, _("Members of all clusters")),
    (Visibility.CLUSTER.value, _("Members of our own cluster")),
    (Visibility.PUBLIC.value, _("Everyone")),
    (Visibility.PRIVATE.value, _("Only we and the coordinator")),
]
NO_SITES = _(
    "In general words: never name a site, a system or a weakness. A need is no description of "
    "where we are vulnerable."
)


class NeededByField(forms.DateField):
    """Empty where there is no hurry; no day that has passed."""

    def __init__(self) -> None:
        super().__init__(
            label=_("By when?"),
            required=False,
            widget=forms.DateInput(format="%Y-%m-%d"),
            help_text=_("Leave empty if there is no hurry."),
            validators=[sane_day],
        )

    def clean(self, value: object) -> Any:
        day = super().clean(value)
        if day is not None and day < timezone.localdate():
            raise ValidationError(_("Choose a day that has not passed."))
        return day


class NeedForm(forms.Form):
    what = LineField(
        label=_("What do you need?"), min_length=5, max_length=160,
        help_text=_("For example: a heated tent for forty people."),
    )  # fmt: skip
    purpose = ProseField(
        label=_("For what?"), min_length=5, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=NO_SITES,
    )  # fmt: skip
    needed_by = NeededByField()
    kind = forms.ChoiceField(label=_("What kind of help?"), choices=Kind, widget=forms.RadioSelect)
    visibility = forms.ChoiceField(
        label=_("Who sees it?"), choices=VISIBILITIES, initial=Visibility.MEMBERS
    )
    organisation = forms.ModelChoiceField(
        label=_("Whose need is it?"), queryset=Organisation.objects.none(), required=False
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Reader, need: Need | None = None, **kwargs: Any) -> None:
        self.need = need
        given = kwargs.pop("initial", {})
        kwargs["initial"] = (
            {name: getattr(need, name) for name in self.base_fields if name != "organisation"}
            if need
            else {**given, "form_key": uuid.uuid4()}
        )
        super().__init__(*args, **kwargs)
        if need is not None:
            del self.fields["organisation"], self.fields["form_key"]
        else:
            self._offer_owners(self.fields["organisation"], user)

    def _offer_owners(self, field: Any, user: Reader) -> None:
        field.queryset = organisations_of(user).order_by("sort_name", "pk")
        offered = list(field.queryset[:2])
        if is_private_member(user):
            field.empty_label = _("My own, as a private member")
        else:
            field.required = True
            field.empty_label = None if len(offered) == 1 else _("Choose an organisation")
        if len(offered) == 1 and field.required:
            field.initial = offered[0].pk

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ThemesForm(forms.Form):
    """What was found in the text, to be kept or dropped, and what the writer adds."""

    region = forms.ModelChoiceField(
        label=_("Where is it needed?"), queryset=Term.objects.none(), required=False,
        empty_label=_("Anywhere"),
    )  # fmt: skip
    terms = forms.ModelMultipleChoiceField(
        label=_("Themes"), queryset=Term.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("By these those who can help find it. Not required."),
    )  # fmt: skip

    def __init__(self, *args: Any, need: Need, **kwargs: Any) -> None:
        chosen = [term.pk for term in need.terms.all()]
        kwargs["initial"] = {"region": need.region_id, "terms": chosen}
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["region"].queryset = Term.objects.filter(scheme=Scheme.REGION)
        fields["terms"].queryset = Term.objects.filter(scheme__in=NAMED)
        every = [term for scheme in NAMED for term in vocabulary.terms(scheme)]
        first = sorted(every, key=lambda term: term.pk not in chosen)
        fields["terms"].choices = [(term.pk, term.label) for term in first]


class AnswerForm(forms.Form):
    """What answered the need: one of what was suggested or offered, or words."""

    by = forms.ChoiceField(label=_("What answered it?"), required=False, widget=forms.RadioSelect)
    words = ProseField(
        label=_("In your own words"), max_length=600, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Members see this on the page of the need. Name no person."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        matches: list[tuple[NeedMatch, str]],
        offers: list[tuple[NeedOffer, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._rows: dict[str, NeedMatch | NeedOffer] = {
            **{f"match-{row.pk}": row for row, _label in matches},
            **{f"offer-{row.pk}": row for row, _label in offers},
        }
        labels = [*offers, *matches]
        keys = [*(f"offer-{r.pk}" for r, _l in offers), *(f"match-{r.pk}" for r, _l in matches)]
        choices = [(key, label) for key, (_row, label) in zip(keys, labels, strict=True)]
        field: Any = self.fields["by"]
        field.choices = [*choices, ("", _("Something else"))]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not values.get("by") and not values.get("words") and "words" not in self.errors:
            self.add_error("words", _("Say in a few words what answered the need."))
        return values

    @property
    def answered(self) -> Answered:
        row = self._rows.get(self.cleaned_data["by"])
        return Answered(
            match=row if isinstance(row, NeedMatch) else None,
            offer=row if isinstance(row, NeedOffer) else None,
            words=self.cleaned_data["words"],
        )


class RenewForm(forms.Form):
    needed_by = NeededByField()

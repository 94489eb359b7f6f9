"""What an expert tells, and who sees which field. Nothing is chosen to be shown beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import vocabulary
from cluster_portal.core.numbers import sane_day
from cluster_portal.core.vocabulary import Scheme, Term
from members.forms.members import LineField, ProseField
from members.models import ExpertProfile, Organisation
from members.models.expert_fields import EXPERTISE, PHONE, Field, Level, OfferKind, Spoken
from members.services.experts import Told, levels_of, version_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.forms import BoundField
    from django.http import QueryDict
    from django.utils.functional import _StrPromise

    from members.models import User

NOBODY = ("", pgettext_lazy("sees it", "Nobody"))
WIDEST_FIRST = [
    (Level.PUBLIC.value, pgettext_lazy("sees it", "Everyone")),
    (Level.ACCOUNTS.value, pgettext_lazy("sees it", "Signed-in users")),
    (Level.MEMBERS.value, pgettext_lazy("sees it", "Members")),
]
CHOICES = {
    Field.PROFILE: WIDEST_FIRST,
    Field.PHONE: [WIDEST_FIRST[-1], NOBODY],
}
# Which inputs make up the field that consent is given for.
INPUTS: dict[Field, tuple[str, ...]] = {
    Field.PROFILE: (),
    Field.EXPERTISE: ("keywords", "terms"),
    Field.SUMMARY: ("summary",),
    Field.OFFERS: tuple(
        name for kind in OfferKind for name in (f"offer_{kind.value}", f"note_{kind.value}")
    ),
    Field.LANGUAGES: ("languages",),
    Field.AVAILABILITY: ("availability", "available_from", "available_until"),
    Field.BACKGROUND: ("background",),
    Field.ORGANISATION: ("organisation",),
    Field.REGION: ("region", "is_remote"),
    Field.PHONE: ("phone",),
}
PLAIN = (
    "keywords", "summary", "languages", "availability", "available_from", "available_until",
    "background", "organisation", "region", "is_remote", "phone",
)  # fmt: skip


def seen_by_name(field: Field) -> str:
    return f"{field.value}_seen_by"


@dataclass(frozen=True)
class Row:
    """A field of consent as the page draws it: its inputs, and who sees it."""

    label: str
    inputs: list[BoundField]
    seen_by: BoundField


def _day(label: str | _StrPromise) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, validators=[sane_day])


class ExpertForm(forms.Form):
    keywords = LineField(
        label=_("What I know, in words"), max_length=500, required=False,
        help_text=_("Separate by commas, for example: field communications, search leadership."),
    )  # fmt: skip
    terms = forms.ModelMultipleChoiceField(
        label=_("Themes"), queryset=Term.objects.filter(scheme__in=EXPERTISE), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    summary = ProseField(
        label=_("What you would say of yourself"), max_length=1500, required=False,
        help_text=_("Two or three sentences. Do not write of clients, sites or other people."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Languages I can work in"), choices=Spoken, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    availability = LineField(
        label=_("In words"), max_length=200, required=False,
        help_text=_("For example: weekday evenings and weekends."),
    )  # fmt: skip
    available_from = _day(_("First day"))
    available_until = _day(_("Last day"))
    background = LineField(
        label=_("Your work and experience"), max_length=300, required=False,
        help_text=_("For example: teacher, 12 years as a volunteer."),
    )  # fmt: skip
    organisation = forms.ModelChoiceField(
        label=_("Organisation I may be shown with"), queryset=Organisation.objects.none(),
        required=False, empty_label=_("None"),
    )  # fmt: skip
    region = forms.ModelChoiceField(
        label=_("My region"), queryset=Term.objects.filter(scheme=Scheme.REGION), required=False
    )
    is_remote = forms.BooleanField(
        label=_("I can help remotely, too"), required=False, initial=True
    )
    phone = LineField(
        label=_("Number"), max_length=30, required=False, validators=[PHONE],
        help_text=_("Never public. Members see it if you choose so."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )  # fmt: skip
    version = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(
        self, data: QueryDict | None = None, *, user: User, profile: ExpertProfile | None
    ) -> None:
        super().__init__(data, initial=initial_of(profile) if profile else None)
        fields: dict[str, Any] = self.fields
        mine = Organisation.objects.filter(affiliations__in=user.affiliations.confirmed())
        fields["organisation"].queryset = mine.order_by("sort_name")
        fields["terms"].choices = lambda: [
            (term.pk, term.label) for scheme in EXPERTISE for term in vocabulary.terms(scheme)
        ]
        for kind in OfferKind:
            fields[f"offer_{kind.value}"] = forms.BooleanField(label=kind.label, required=False)
            fields[f"note_{kind.value}"] = LineField(
                label=_("On what terms: %(offer)s") % {"offer": kind.label}, max_length=120,
                required=False,
            )  # fmt: skip
        for field in INPUTS:
            fields[seen_by_name(field)] = forms.ChoiceField(
                label=field.label, choices=CHOICES.get(field, [*WIDEST_FIRST, NOBODY]),
                widget=forms.RadioSelect, required=field == Field.PROFILE,
                initial=Level.MEMBERS if field == Field.PROFILE else "",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, last = values.get("available_from"), values.get("available_until")
        if first and last and last < first:
            self.add_error("available_until", _("The end cannot be before the beginning."))
        return values

    @property
    def rows(self) -> Iterator[Row]:
        for field, names in INPUTS.items():
            inputs = [self[name] for name in names]
            yield Row(str(field.label), inputs, self[seen_by_name(field)])

    @property
    def told(self) -> Told:
        data = self.cleaned_data
        offers = {
            kind.value: data[f"note_{kind.value}"]
            for kind in OfferKind
            if data[f"offer_{kind.value}"]
        }
        return Told({name: data[name] for name in PLAIN}, data["terms"], offers)

    @property
    def choices(self) -> dict[str, str]:
        return {field.value: self.cleaned_data[seen_by_name(field)] for field in INPUTS}


def initial_of(profile: ExpertProfile) -> dict[str, Any]:
    values = {name: getattr(profile, name) for name in PLAIN}
    values["terms"] = [term.pk for term in profile.terms.all()]
    values["version"] = version_of(profile)
    for offer in profile.offers.all():
        values |= {f"offer_{offer.kind}": True, f"note_{offer.kind}": offer.note}
    levels = levels_of(profile)
    return values | {seen_by_name(field): levels.get(field.value, "") for field in INPUTS}

"""Telling a challenge in steps: what happens, limits and time, who sees what, themes."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import vocabulary
from cluster_portal.core.narrowing import Narrowing
from cluster_portal.core.numbers import sane_day
from cluster_portal.core.unseen import with_present
from cluster_portal.core.visibility import Visibility
from cluster_portal.core.vocabulary import Term
from members.forms.members import LineField, ProseField
from members.matching import NAMED
from members.models import Organisation
from members.models.kinds import Sector
from members.services.needs import organisations_of
from projects.models.challenges import CLOSING_HOUR
from projects.models.shared import Scope

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cluster_portal.core.visibility import Reader
    from projects.models import Challenge

SECTORS = "sectors"  # a named group again, told by its own choice
READERS = [
    (Visibility.PUBLIC.value, _("Everyone")),
    (Visibility.MEMBERS.value, _("Members of all clusters")),
    (SECTORS, _("Chosen sectors")),
    (Visibility.GROUP.value, _("A named group")),
]
READERS_TOLD = {
    Visibility.PUBLIC.value: _("Search engines, too. You get the most proposals."),
    Visibility.MEMBERS.value: _("Others can see the title and one sentence, if you allow it."),
    SECTORS: _("For example companies and research institutes."),
    Visibility.GROUP.value: _("You name the organisations. You see who has opened it."),
}


def prose(rows: int, **values: Any) -> ProseField:
    values = {"max_length": 4000, **values}
    return ProseField(widget=forms.Textarea(attrs={"rows": rows}), **values)


def ask_for(field: Any) -> None:
    """What a draft may lack: its label says that it is needed before sending."""
    field.needed = _("needed before sending")


def keep_present(field: Any, value: str | None) -> None:
    """A choice that only a coordinator makes stays, instead of becoming the first of the list."""
    if value and value not in dict(field.choices):
        present = Visibility(value)
        field.choices = [(present.value, present.label), *field.choices]


class WhatForm(forms.Form):
    """The first step, from which the draft is made."""

    organisation = forms.ModelChoiceField(
        label=_("Whose challenge is it?"), queryset=Organisation.objects.none()
    )
    title_fi = LineField(
        label=_("What is it about, in a few words?"), min_length=5, max_length=160,
        help_text=_("The heading of the challenge. Name no place and no person."),
    )  # fmt: skip
    background = prose(
        5, label=_("What happens, and who suffers from it?"), required=False,
        help_text=_("Tell it as you would to a colleague. No sites, no weaknesses, no names."),
    )  # fmt: skip
    need = prose(
        5, label=_("What is needed?"), required=False,
        help_text=_("What must the solution do? One demand on each line is the easiest to answer."),
    )  # fmt: skip
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, user: Reader, challenge: Challenge | None = None, **kwargs: Any
    ) -> None:
        given = kwargs.pop("initial", {})
        names = ("title_fi", "background", "need")
        kwargs["initial"] = (
            {name: getattr(challenge, name) for name in names}
            if challenge
            else {"form_key": uuid.uuid4(), **given}
        )
        super().__init__(*args, **kwargs)
        for name in ("background", "need"):
            ask_for(self.fields[name])
        if challenge is not None:
            del self.fields["organisation"], self.fields["form_key"]
        else:
            self._offer_owners(self.fields["organisation"], user)

    def _offer_owners(self, field: Any, user: Reader) -> None:
        field.queryset = organisations_of(user).order_by("sort_name", "pk")
        offered = list(field.queryset[:2])
        if len(offered) == 1:
            field.empty_label, field.initial = None, offered[0].pk

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


def _day(label: str | _StrPromise, **values: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, validators=[sane_day], **values)


class LimitsForm(forms.Form):
    current_practice = prose(
        4, label=_("How do you manage now, and what has been tried?"), required=False
    )
    limits = prose(
        4, label=_("What limits the solution?"), required=False,
        help_text=_("Conditions, rules, money, people: what a company must know first."),
    )  # fmt: skip
    outcome = prose(3, label=_("What would be a good result?"), required=False)
    closes_on = _day(
        _("Until when are proposals taken?"), help_text=_("The day ends for proposals at 16:00.")
    )
    decision_on = _day(_("By when do you decide?"), required=False)
    scopes = forms.MultipleChoiceField(
        label=_("Level of activity"), choices=Scope, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Does the challenge concern your region, all of Finland or other countries?"),
    )  # fmt: skip
    not_to_tell = prose(
        3, label=_("What must not be told?"), required=False,
        help_text=_("Shown beside the challenge. Questions and proposals remind of the same."),
    )  # fmt: skip

    def __init__(self, *args: Any, challenge: Challenge, **kwargs: Any) -> None:
        names = ("current_practice", "limits", "outcome", "decision_on", "scopes", "not_to_tell")
        kwargs["initial"] = {name: getattr(challenge, name) for name in names}
        kwargs["initial"]["closes_on"] = timezone.localdate(challenge.closes_at)
        super().__init__(*args, **kwargs)

    def clean_closes_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["closes_on"]
        if not timezone.localdate() < day <= timezone.localdate() + datetime.timedelta(days=730):
            raise ValidationError(_("Choose a day from tomorrow on, within two years."))
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        closes, decides = values.get("closes_on"), values.get("decision_on")
        if closes and decides and decides < closes:
            self.add_error("decision_on", _("The decision comes after the last day of proposals."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        moment = datetime.datetime.combine(values.pop("closes_on"), CLOSING_HOUR)
        return {**values, "closes_at": timezone.make_aware(moment)}


class ReadersForm(Narrowing):
    readers = forms.ChoiceField(
        label=_("To whom is the challenge shown?"), choices=READERS, widget=forms.RadioSelect
    )
    named_sectors = forms.MultipleChoiceField(
        label=_("Which sectors?"), choices=Sector, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Needed when you show it to chosen sectors: their members read all of it."),
    )  # fmt: skip
    named_organisations = forms.ModelMultipleChoiceField(
        label=_("Which organisations?"), queryset=Organisation.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Needed when you show it to a named group: their people read all of it."),
    )  # fmt: skip
    summary_fi = prose(
        2, label=_("One sentence for everyone"), required=False, max_length=300,
        help_text=_("No places and no names. This stands below the heading."),
    )  # fmt: skip
    has_teaser = forms.BooleanField(
        label=_("Others may see the heading and the sentence"), required=False,
        help_text=_("Then a company that may not read the rest knows that there is something."),
    )  # fmt: skip
    proposer_sectors = forms.MultipleChoiceField(
        label=_("Who may propose?"), choices=Sector, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Every member who can read the challenge, unless you choose sectors here."),
    )  # fmt: skip
    takes_anonymous = forms.BooleanField(
        label=_("One may ask without a name"), required=False,
        help_text=_("You and the coordinator see who asks. Others do not."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: Reader, challenge: Challenge, **kwargs: Any) -> None:
        names = (
            "named_sectors", "summary_fi", "has_teaser", "proposer_sectors", "takes_anonymous"
        )  # fmt: skip
        kwargs["initial"] = {name: getattr(challenge, name) for name in names}
        chosen = [row.pk for row in challenge.named_organisations.all()]
        by_sector = challenge.is_graded and challenge.named_sectors and not chosen
        kwargs["initial"]["readers"] = SECTORS if by_sector else challenge.visibility
        kwargs["initial"]["named_organisations"] = chosen
        super().__init__(*args, **kwargs)
        ask_for(self.fields["summary_fi"])
        keep_present(self.fields["readers"], challenge.visibility)
        rows = Organisation.objects.visible_to(user).standing().members()
        others = with_present(rows.exclude(pk=challenge.organisation_id), chosen)
        field: Any = self.fields["named_organisations"]
        field.queryset = others.order_by("sort_name", "pk")

    @property
    def reader_options(self) -> list[tuple[Any, Any]]:
        """The choices with a sentence on each."""
        return [(each, READERS_TOLD.get(each.data["value"], "")) for each in self["readers"]]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        readers = values.get("readers")
        if readers == SECTORS and not values.get("named_sectors"):
            self.add_error("named_sectors", _("Choose at least one sector."))
        if readers == Visibility.GROUP and not values.get("named_organisations"):
            self.add_error("named_organisations", _("Name at least one organisation."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        """Only the choice that was made names anybody."""
        values = dict(self.cleaned_data)
        readers = values.pop("readers")
        values["visibility"] = Visibility.GROUP.value if readers == SECTORS else readers
        if readers != SECTORS:
            values["named_sectors"] = []
        if readers != Visibility.GROUP:
            values["named_organisations"] = []
        return values


class ThemesForm(forms.Form):
    """What was found in the text, to be kept or dropped, and what the writer adds."""

    terms = forms.ModelMultipleChoiceField(
        label=_("Themes"), queryset=Term.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("By these those who can help find it. Not required."),
    )  # fmt: skip

    def __init__(self, *args: Any, challenge: Challenge, **kwargs: Any) -> None:
        chosen = [term.pk for term in challenge.terms.all()]
        kwargs["initial"] = {"terms": chosen}
        super().__init__(*args, **kwargs)
        field: Any = self.fields["terms"]
        field.queryset = Term.objects.filter(scheme__in=NAMED)
        every = [term for scheme in NAMED for term in vocabulary.terms(scheme)]
        first = sorted(every, key=lambda term: term.pk not in chosen)
        field.choices = [(term.pk, term.label) for term in first]

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

"""Proposing a signal, assessing it, recording a decision in which it was used."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.text.web_addresses import WEB
from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.knowledge.models.signals import MOST_SOURCES, Horizon, Kind
from members.forms.members import LineField
from members.matching import NAMED
from projects.forms.challenges import keep_present, prose
from projects.forms.results import READERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cluster_portal.core.visibility import Reader
    from cluster_portal.knowledge.models import Signal

SCALE = [("", "–"), *((str(step), str(step)) for step in range(1, 6))]


class ProposeForm(forms.Form):
    """One sentence is enough; the coordinator asks for the rest."""

    title_fi = LineField(
        label=_("What did you notice?"), min_length=5, max_length=160,
        help_text=_("In one sentence. Name no site and no person."),
    )  # fmt: skip
    text_fi = prose(
        4, label=_("Where, when, and why does it matter?"), required=False, max_length=2000
    )
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=Kind, widget=forms.RadioSelect, initial=Kind.WEAK
    )
    horizon = forms.ChoiceField(
        label=_("When does it matter?"), choices=Horizon, widget=forms.RadioSelect,
        initial=Horizon.YEAR,
    )  # fmt: skip
    opportunity_fi = prose(
        2, label=_("May it be an opportunity for a company?"), required=False, max_length=600,
        help_text=_("What could be offered? Companies whose capability fits are told."),
    )  # fmt: skip
    source = LineField(label=_("Where can one read of it?"), required=False, max_length=200)
    source_url = forms.URLField(
        label=_("Its address"), required=False, max_length=500, validators=[WEB],
        assume_scheme="https",
    )  # fmt: skip
    visibility = forms.ChoiceField(
        label=_("Who may read it?"), choices=READERS, widget=forms.RadioSelect, initial="members"
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, begun: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        """`begun` are the title and text of what it is started from."""
        told = {f"{name}_fi": text for name, text in (begun or {}).items()}
        kwargs.setdefault("initial", {"form_key": uuid.uuid4(), "visibility": "members",
                                      "kind": Kind.RISK if told else Kind.WEAK,
                                      "horizon": Horizon.YEAR, **told})  # fmt: skip
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("source_url") and not values.get("source") and "source" not in self.errors:
            self.add_error("source", _("Name the source."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        title, url = values.pop("source"), values.pop("source_url")
        return {**values, "sources": [(title, url)] if title else []}


class SignalForm(forms.Form):
    """What a coordinator, or the proposer of what is not published, changes."""

    def __init__(self, *args: Any, signal: Signal, user: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_coordinator = signal.is_managed_by(user)
        self._add_texts(signal)
        if self.is_coordinator:
            self._add_assessment(signal)
        rows = list(signal.sources.all())
        self.count = min(MOST_SOURCES, len(rows) + 2)
        for number in range(1, self.count + 1):
            row = rows[number - 1] if number <= len(rows) else None
            self._add_source(number, row)

    def _add_texts(self, signal: Signal) -> None:
        self.fields["kind"] = forms.ChoiceField(
            label=_("What is it?"), choices=Kind, widget=forms.RadioSelect, initial=signal.kind
        )
        self.fields["horizon"] = forms.ChoiceField(
            label=_("When does it matter?"), choices=Horizon, widget=forms.RadioSelect,
            initial=signal.horizon,
        )  # fmt: skip
        labels = {
            "fi": (_("Heading"), _("Text"), _("Opportunity for companies")),
            "sv": (_("Heading in Swedish"), _("Text in Swedish"),
                   _("Opportunity for companies, in Swedish")),
            "en": (_("Heading in English"), _("Text in English"),
                   _("Opportunity for companies, in English")),
        }  # fmt: skip
        for code in labels if self.is_coordinator else ("fi",):
            title, text, chance = labels[code]
            self.fields[f"title_{code}"] = LineField(
                label=title, max_length=160, required=code == "fi",
                initial=getattr(signal, f"title_{code}"),
            )  # fmt: skip
            self.fields[f"text_{code}"] = prose(
                4, label=text, required=False, max_length=2000,
                initial=getattr(signal, f"text_{code}"),
            )  # fmt: skip
            self.fields[f"opportunity_{code}"] = prose(
                2, label=chance, required=False, max_length=600,
                initial=getattr(signal, f"opportunity_{code}"),
            )  # fmt: skip

    def _add_assessment(self, signal: Signal) -> None:
        for name, label in (("likelihood", _("Likelihood, 1–5")), ("impact", _("Impact, 1–5"))):
            self.fields[name] = forms.TypedChoiceField(
                label=label, choices=SCALE, required=False, coerce=int, empty_value=None,
                initial=getattr(signal, name),
            )  # fmt: skip
        self.fields["region"] = forms.ModelChoiceField(
            label=_("Which region does it concern?"), required=False, initial=signal.region_id,
            queryset=Term.objects.filter(scheme=Scheme.REGION), empty_label=_("The whole country"),
        )  # fmt: skip
        self.fields["terms"] = forms.ModelMultipleChoiceField(
            label=_("Themes"), queryset=Term.objects.filter(scheme__in=NAMED), required=False,
            widget=forms.CheckboxSelectMultiple,
            initial=[term.pk for term in signal.terms.all()],
        )  # fmt: skip
        self.fields["visibility"] = forms.ChoiceField(
            label=_("Who may read it?"), choices=READERS, widget=forms.RadioSelect,
            initial=signal.visibility,
        )  # fmt: skip
        keep_present(self.fields["visibility"], signal.visibility)

    def _add_source(self, number: int, row: Any) -> None:
        self.fields[f"source{number}"] = LineField(
            label=_("Source %(number)s") % {"number": number}, required=False, max_length=200,
            initial=row.title if row else "",
        )  # fmt: skip
        self.fields[f"url{number}"] = forms.URLField(
            label=_("Source %(number)s: address") % {"number": number}, required=False,
            max_length=500, validators=[WEB], assume_scheme="https",
            initial=row.url if row else "",
        )  # fmt: skip

    @property
    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        pairs = [
            (values.pop(f"source{n}"), values.pop(f"url{n}")) for n in range(1, self.count + 1)
        ]
        return {**values, "sources": [pair for pair in pairs if pair[0]]}


class UseForm(forms.Form):
    what = LineField(
        label=_("What was decided, and where?"), max_length=200, min_length=5,
        help_text=_("For example: the warning channel began, steering group 4/2026."),
    )  # fmt: skip
    url = forms.URLField(
        label=_("Link"), required=False, max_length=500, validators=[WEB], assume_scheme="https"
    )
    used_on = forms.DateField(
        label=_("On which day?"), initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

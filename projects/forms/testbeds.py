"""Entering a test environment."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import vocabulary
from cluster_portal.core.narrowing import Narrowing
from cluster_portal.core.text import web_addresses
from cluster_portal.core.visibility import Visibility
from cluster_portal.core.vocabulary import Scheme, Term
from members.forms.members import LineField
from members.matching import NAMED
from members.models import Capability, Organisation
from members.models.capabilities import ServiceLanguage
from members.services.needs import organisations_of
from projects.forms.challenges import ask_for, keep_present, prose
from projects.models.testbeds import PART_OF

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from projects.models import TestEnvironment

READERS = [
    (Visibility.PUBLIC.value, _("Everyone")),
    (Visibility.MEMBERS.value, _("Members of all clusters")),
    (Visibility.CLUSTER.value, _("Members of our own cluster")),
]


class TestbedForm(Narrowing):
    __test__ = False  # no test case, whatever its name looks like

    organisation = forms.ModelChoiceField(
        label=_("Whose test environment is it?"), queryset=Organisation.objects.none()
    )
    title_fi = LineField(label=_("Name"), min_length=3, max_length=120)
    summary_fi = prose(
        2, label=_("In one or two sentences"), max_length=400,
        help_text=_("What is it, and for whom?"),
    )  # fmt: skip
    offers = prose(
        5, label=_("What can be tried?"), required=False,
        help_text=_("Tell nothing of the protection of a site, and no exact place of one."),
    )  # fmt: skip
    users = prose(3, label=_("Who may use it, and how?"), required=False, max_length=1000)
    permits = prose(
        3, label=_("Which permits are needed?"), required=False, max_length=1000,
        help_text=_("For example: safety briefing, flight permit, consent of participants."),
    )  # fmt: skip
    availability = LineField(
        label=_("When is it available?"), max_length=200, required=False,
        help_text=_("For example: on weekdays, booked two weeks before."),
    )  # fmt: skip
    price = LineField(label=_("What does it cost?"), max_length=200, required=False)
    place = LineField(
        label=_("Place"), max_length=120, required=False, help_text=_("The town is enough.")
    )
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Term.objects.filter(scheme=Scheme.REGION), required=False
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of service"), choices=ServiceLanguage, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    link = forms.URLField(
        label=_("Link"), max_length=500, required=False, assume_scheme="https",
        validators=[web_addresses.WEB],
    )  # fmt: skip
    capability = forms.ModelChoiceField(
        label=_("Part of a laboratory, a group or a course of yours"),
        queryset=Capability.objects.none(), required=False, empty_label=_("None of these"),
        help_text=_("It stands on that page, too. Nothing is written twice."),
    )  # fmt: skip
    title_en = LineField(label=_("Name in English"), max_length=120, required=False)
    summary_en = prose(
        2, label=_("In English, in one or two sentences"), required=False, max_length=400
    )
    title_sv = LineField(label=_("Name in Swedish"), max_length=120, required=False)
    summary_sv = prose(
        2, label=_("In Swedish, in one or two sentences"), required=False, max_length=400
    )
    terms = forms.ModelMultipleChoiceField(
        label=_("Themes"), queryset=Term.objects.filter(scheme__in=NAMED), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("By these others find it. Without any they are found in the text."),
    )  # fmt: skip
    visibility = forms.ChoiceField(label=_("Who sees it?"), choices=READERS)
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, user: Reader, testbed: TestEnvironment | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {**_given(testbed), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        ask_for(self.fields["offers"])
        keep_present(self.fields["visibility"], self.initial["visibility"])
        owners = organisations_of(user).order_by("sort_name", "pk")
        self._offer_capabilities(user, testbed, owners)
        self._offer_terms()
        if testbed is not None:
            del self.fields["organisation"], self.fields["form_key"]
            return
        field: Any = self.fields["organisation"]
        field.queryset = owners
        offered = list(owners[:2])
        if len(offered) == 1:
            field.empty_label, field.initial = None, offered[0].pk

    def _offer_capabilities(
        self, user: Reader, testbed: TestEnvironment | None, owners: Any
    ) -> None:
        """Those of the same organisation; of one's organisations while it is not chosen yet."""
        theirs = [testbed.organisation_id] if testbed else owners.values("pk")
        seen = Capability.objects.visible_to(user).filter(
            Q(kind__in=PART_OF), organisation__in=theirs, stage="published"
        )
        field: Any = self.fields["capability"]
        field.queryset = seen.order_by("title_fi", "pk")

    def _offer_terms(self) -> None:
        chosen = self.initial["terms"]
        every = [term for scheme in NAMED for term in vocabulary.terms(scheme)]
        field: Any = self.fields["terms"]
        first = sorted(every, key=lambda term: term.pk not in chosen)
        field.choices = [(term.pk, term.label) for term in first]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        part, owner = values.get("capability"), values.get("organisation")
        if part and owner and part.organisation_id != owner.pk:
            self.add_error("capability", _("Choose one of the same organisation."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


def _given(testbed: TestEnvironment | None) -> dict[str, Any]:
    if testbed is None:
        return {
            "form_key": uuid.uuid4(), "visibility": Visibility.PUBLIC.value,
            "languages": ["fi"], "terms": [],
        }  # fmt: skip
    own = {"organisation", "form_key", "region", "capability", "terms"}
    names = [name for name in TestbedForm.base_fields if name not in own]
    return {
        **{name: getattr(testbed, name) for name in names},
        "region": testbed.region_id, "capability": testbed.capability_id,
        "terms": [term.pk for term in testbed.terms.all()],
    }  # fmt: skip

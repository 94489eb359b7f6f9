"""Proposing an initiative or a cluster to the register."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.text import web_addresses
from cluster_portal.core.visibility import Visibility
from cluster_portal.core.vocabulary import Scheme
from members.forms.members import LineField, ProseField, ThemesField
from members.matching import NAMED
from members.models import Cluster
from members.models.related import Relation
from members.services.related import clusters_of

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

VISIBILITIES = [
    (Visibility.PUBLIC.value, _("Everyone")),
    (Visibility.MEMBERS.value, _("Members of all clusters")),
    (Visibility.CLUSTER.value, _("Members of our own cluster")),
]


class InitiativeForm(forms.Form):
    name_fi = LineField(label=_("Name of the initiative or the cluster"), max_length=200)
    summary_fi = ProseField(
        label=_("What it is about"), max_length=600, widget=forms.Textarea(attrs={"rows": 4})
    )
    relation = forms.ChoiceField(
        label=_("How it relates to our work"), choices=Relation, widget=forms.RadioSelect
    )
    owner = LineField(
        label=_("Who carries it"), max_length=200, help_text=_("An organisation, not a person.")
    )
    link = forms.URLField(
        label=_("Website"), required=False, max_length=200, assume_scheme="https",
        validators=[web_addresses.WEB],
    )  # fmt: skip
    source = LineField(
        label=_("Where this is known from"), max_length=300,
        help_text=_("For example a decision, an announcement or a meeting."),
    )  # fmt: skip
    regions = ThemesField(label=_("Regions"), schemes=(Scheme.REGION,))
    is_lead = forms.BooleanField(
        label=_("Its region carries this theme for the whole country"), required=False
    )
    terms = ThemesField(label=_("Themes"), schemes=NAMED)
    visibility = forms.ChoiceField(
        label=_("Who sees it?"), choices=VISIBILITIES, initial=Visibility.PUBLIC
    )
    home_cluster = forms.ModelChoiceField(
        label=_("To whose register"), queryset=Cluster.objects.none(), empty_label=None
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Reader, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": uuid.uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        field: Any = self.fields["home_cluster"]
        field.queryset = clusters_of(user).order_by("pk")

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

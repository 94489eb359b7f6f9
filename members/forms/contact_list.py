"""What the contact list holds, and as which file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.admin.ticks import TickList
from members.models import Cluster
from members.models.affiliations import Role
from members.models.kinds import Kind, Sector

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cluster_portal.core.visibility import Reader

PRIVATE = "private"
ROLES = [*Role.choices, (PRIVATE, _("Private member"))]


def _ticks(label: str | _StrPromise, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=TickList(label),
        help_text=_("None chosen: all."),
    )  # fmt: skip


class ContactListForm(forms.Form):
    cluster = forms.ModelChoiceField(label=_("Cluster"), queryset=Cluster.objects.none())
    roles = _ticks(_("Role"), ROLES)
    sectors = _ticks(_("Sector"), Sector.choices)
    kinds = _ticks(_("Kind of organisation"), Kind.choices)

    def __init__(self, *args: Any, user: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clusters = Cluster.objects.managed_by(user)
        field: Any = self.fields["cluster"]
        field.queryset = clusters
        if len(clusters) == 1:
            field.initial = clusters[0].pk

    def chosen(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(self.cleaned_data[name]) for name in ("roles", "kinds", "sectors")}

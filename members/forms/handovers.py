"""Input of a handover: the cluster, what was said of each line, who carries it from now on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.members import LineField, ProseField
from members.models import Cluster, Organisation
from members.models.clusters import YEARS
from members.models.handovers import Occasion
from members.services.handovers import NewHost
from members.services.organisations import find_organisation

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from members.models import Handover, HandoverItem


class BeginForm(forms.Form):
    cluster = forms.ModelChoiceField(
        label=_("Cluster"), queryset=Cluster.objects.none(), empty_label=None
    )
    occasion = forms.ChoiceField(
        label=_("Occasion"), choices=Occasion.choices, widget=forms.RadioSelect,
        initial=Occasion.COORDINATOR,
    )  # fmt: skip
    to_whom = LineField(label=_("Who goes on"), max_length=200, required=False)

    def __init__(self, *args: Any, user: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["cluster"]
        field.queryset = Cluster.objects.managed_by(user)


class LinesForm(forms.Form):
    """A tick and a note for each line."""

    def __init__(self, *args: Any, handover: Handover, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items: list[HandoverItem] = list(handover.items.select_related("done_by"))
        for item in self.items:
            self.fields[f"done_{item.pk}"] = forms.BooleanField(
                required=False, initial=item.done_at is not None
            )
            self.fields[f"note_{item.pk}"] = ProseField(
                required=False, max_length=1000, initial=item.note,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    def lines(self) -> list[dict[str, Any]]:
        return [
            {"item": item, "done": self[f"done_{item.pk}"], "note": self[f"note_{item.pk}"]}
            for item in self.items
        ]

    def said(self) -> dict[int, tuple[bool, str]]:
        given = self.cleaned_data
        return {
            item.pk: (given[f"done_{item.pk}"], given[f"note_{item.pk}"]) for item in self.items
        }


class FinishForm(forms.Form):
    """Where another organisation begins to carry the cluster, which one, from when, by what."""

    organisation = LineField(
        label=_("Organisation that carries the cluster from now on"), max_length=200,
        required=False, help_text=_("Its name or Business ID. Empty where the host stays."),
    )  # fmt: skip
    from_year = forms.IntegerField(label=_("From the year"), required=False, validators=YEARS)
    source = LineField(
        label=_("Source"), max_length=300, required=False,
        help_text=_("Where it was decided, for example minutes and their date."),
    )  # fmt: skip

    def clean_organisation(self) -> Organisation | None:
        text = self.cleaned_data["organisation"]
        found = find_organisation(text, Organisation.objects.filter(visibility="public"))
        if text and found is None:
            raise forms.ValidationError(_("No organisation is called so, or several are."))
        return found if text else None

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("organisation"):
            for name in ("from_year", "source"):
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, _("Tell this, too."))
        return values

    def host(self) -> NewHost | None:
        given = self.cleaned_data
        if given["organisation"] is None:
            return None
        return NewHost(given["organisation"], given["from_year"], given["source"])

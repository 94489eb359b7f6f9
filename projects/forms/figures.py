"""What the indicator of a measure counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from cluster_portal.core import counting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from members.models import Cluster


class FigureForm(forms.Form):
    """What the indicator of a measure counts; what it can be narrowed by follows from the source.

    `seen` is the form as somebody chose in it so far, in the address or stored of the measure.
    """

    counts = forms.ChoiceField(label=gettext_lazy("Where the figure comes from"), required=False)

    def __init__(self, seen: Mapping[str, Any], cluster: Cluster) -> None:
        super().__init__(seen)
        self.cluster = cluster
        sources = counting.sources()
        field: Any = self.fields["counts"]
        named = [(key, source.label) for key, source in sources.items()]
        field.choices = [("", gettext_lazy("Typed by hand")), *named]
        self.source = sources.get(seen.get("counts", ""))
        for by in self.source.choices() if self.source else ():
            choices = [("", by.blank), *by.choices(cluster)]
            self.fields[f"by-{by.key}"] = forms.ChoiceField(
                label=by.label, choices=choices, required=False
            )

    @property
    def chosen(self) -> dict[str, str]:
        """By the keys of the choices, those that have been made."""
        values = self.cleaned_data.items()
        return {name[3:]: value for name, value in values if name.startswith("by-") and value}

    def preview(self) -> int | None:
        """What it counts now."""
        if not self.source or not self.is_valid():
            return None
        return counting.figure(self.source.key, self.chosen, self.cluster)

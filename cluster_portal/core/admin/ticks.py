"""Long lists of ticks: the chosen ones in view, the others folded, terms by their scheme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.forms.renderers import get_default_renderer
from django.template.loader import render_to_string

from cluster_portal.core import vocabulary
from cluster_portal.core.vocabulary import Scheme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

FOLDED_FROM = 13


def folded(options: Sequence[BoundWidget], *, by_scheme: bool, words: str = "") -> dict[str, Any]:
    """The values of `components/folded_choices.html`; of what is not chosen, what has the words."""
    wanted = words.casefold().split()
    chosen = [option for option in options if option.data["selected"]]
    others = [
        option
        for option in options
        if not option.data["selected"]
        and all(word in str(option.data["label"]).casefold() for word in wanted)
    ]
    schemes = _schemes() if by_scheme else {}
    groups: dict[str, list[BoundWidget]] = {}
    for option in others:
        groups.setdefault(schemes.get(str(option.data["value"]), ""), []).append(option)
    return {
        "chosen": chosen,
        "groups": [
            {"label": str(Scheme(scheme).label) if scheme else "", "options": found}
            for scheme, found in groups.items()
        ],
        "count": len(options),
        "words": words,
        "has_others": len(chosen) < len(options),
    }


def _schemes() -> dict[str, str]:
    """The scheme of each term, by its primary key as forms write it."""
    return {
        str(pk): scheme
        for scheme in Scheme.values
        for pk, _code, _label in vocabulary.named(scheme)
    }


class TickList(forms.CheckboxSelectMultiple):
    """For the admin, where a widget draws itself; our own pages draw ticks by `field.html`."""

    def __init__(self, label: object = "", *, by_scheme: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.label, self.by_scheme = label, by_scheme

    def render(
        self, name: str, value: object, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        drawn_by = renderer or get_default_renderer()
        parts = self.subwidgets(name, value, attrs)
        options = [BoundWidget(self, part, drawn_by) for part in parts]
        values = {
            "options": options,
            "folded": None,
            "label": self.label,
            "narrow_id": f"id_{name}_narrow",
            "describedby": (attrs or {}).get("aria-describedby", ""),
        }
        if len(options) >= FOLDED_FROM:
            values["folded"] = folded(options, by_scheme=self.by_scheme)
        return render_to_string("admin/ticks.html", values)

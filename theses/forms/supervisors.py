"""Asking supervisors: a number beside each of those who are to be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from theses.forms.works import AskForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import User
    from theses.models import SupervisorProfile

ORDER = "order-"


class OrderForm(AskForm):
    """A number field per candidate, then the words that go with the request."""

    def __init__(self, *args: Any, candidates: Iterable[SupervisorProfile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = list(candidates)
        for profile in self.candidates:
            self.fields[f"{ORDER}{profile.slug}"] = forms.IntegerField(
                label=_("Order of asking"), required=False, min_value=1, max_value=99
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not self.errors and not self.chosen:
            self.add_error(None, _("Give a number to at least one supervisor: 1 is asked first."))
        self._refuse_same()
        return values

    def _refuse_same(self) -> None:
        """Two of one number would be asked in an order that nobody chose."""
        seen: set[int] = set()
        for name in [name for name in self.fields if name.startswith(ORDER)]:
            number = self.cleaned_data.get(name)
            if number and number in seen:
                self.add_error(name, _("Another supervisor has this number already."))
            seen.add(number or 0)

    @property
    def chosen(self) -> list[User]:
        """Those with a number, in its order."""
        numbered = [
            (number, profile.user)
            for profile in self.candidates
            if (number := self.cleaned_data.get(f"{ORDER}{profile.slug}"))
        ]
        return [user for _number, user in sorted(numbered, key=lambda row: row[0])]

    @property
    def numbers(self) -> list[dict[str, Any]]:
        return [
            {"profile": profile, "field": self[f"{ORDER}{profile.slug}"]}
            for profile in self.candidates
        ]

    @property
    def words(self) -> list[Any]:
        return [self["message"], self["days"]]

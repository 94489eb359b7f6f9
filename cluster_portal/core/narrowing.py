"""Long lists of ticks in a form can be searched by words, without JavaScript too.

The list's own button sends the whole form; it is drawn anew with all that was filled in, nothing is
checked or saved, and of what is not ticked yet the list shows what has the words
(`components/folded_choices.html`). With JavaScript the list narrows while one types.
"""

from __future__ import annotations

from django import forms
from django.forms.utils import ErrorDict

BUTTON = "narrow"
MAX_WORDS = 100


class Narrowing(forms.Form):
    @property
    def is_narrowing(self) -> bool:
        return self.is_bound and BUTTON in self.data

    def narrowed_by(self, name: str) -> str:
        """What is looked for in the list of this name."""
        words = self.data.get(f"{name}-words", "") if self.is_narrowing else ""
        return str(words).replace("\0", "")[:MAX_WORDS].strip()

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_narrowing:
            self._errors = ErrorDict()

    def is_valid(self) -> bool:
        return not self.is_narrowing and super().is_valid()

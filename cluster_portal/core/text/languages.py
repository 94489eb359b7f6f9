"""Texts kept in three languages, read in the reader's, in Finnish where theirs is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, override

if TYPE_CHECKING:
    from django.db.models import Model

LANGUAGES = ("fi", "sv", "en")


class InLanguage:
    """`title = InLanguage()` reads `title_fi`, `title_sv` or `title_en` of its object."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, obj: Model, owner: type | None = None) -> Any:
        if obj is None:
            return self
        return text_in(obj, self.name, get_language() or "fi")


def text_in(obj: Model, stem: str, language: str) -> str:
    """The object's text of that name in one language, in Finnish where it has none."""
    return getattr(obj, f"{stem}_{language[:2]}", "") or getattr(obj, f"{stem}_fi")


def every_language(obj: Model, stem: str) -> str:
    """All language versions, a line each: what search is to find, whoever looks."""
    return "\n".join(filter(None, (getattr(obj, f"{stem}_{code}") for code in LANGUAGES)))


def every_translation(text: Any) -> str:
    """A lazy text (the label of a choice) in all languages, a line each, for search."""
    lines = []
    for code in LANGUAGES:
        with override(code):
            lines.append(str(text))
    return "\n".join(lines)


def calendar_word(word: str) -> str:
    """The name of a day or month: small in Finnish and Swedish, with a capital in English."""
    return word if (get_language() or "").startswith("en") else word.lower()

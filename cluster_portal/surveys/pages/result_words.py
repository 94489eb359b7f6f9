"""The words of published tables: what a column counts, which groups stand together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cluster_portal.core import vocabulary
from cluster_portal.core.vocabulary import Scheme
from cluster_portal.surveys.models.questions import Kind
from cluster_portal.surveys.models.tables import Dimension
from cluster_portal.surveys.pages.published import is_answer
from cluster_portal.surveys.services.aggregates import CHOSEN
from members.models.kinds import Sector

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.surveys.pages.published import Column
    from cluster_portal.surveys.questionnaire import Question

MOST_NAMED = 3  # groups or options that are named one by one where they are shown together


def column_words(question: Question, column: Column) -> str:
    if not is_answer(column):
        return _("No answer")
    words = _class_words(question, column) if "from" in column else _key_words(question, column)
    return _("%(answer)s or no answer") % {"answer": words} if column.get("missing") else words


def _key_words(question: Question, column: Column) -> str:
    keys: list[str] = column["keys"]
    if question.kind == Kind.SCALE:
        return _ends(keys, "–")
    if question.kind == Kind.MANY:
        chosen = keys == [CHOSEN]
        return pgettext("option", "Chosen") if chosen else pgettext("option", "Not chosen")
    return _option_words(question, keys)


def _option_words(question: Question, keys: list[str]) -> str:
    texts = [option.text for option in question.options if option.key in keys]
    if question.kind == Kind.MATRIX:
        return _ends(texts, " – ")
    if len(texts) > MOST_NAMED:
        return _("Other options (protected)")
    return str(get_text_list(texts, last_word=_("or")))


def _ends(words: list[str], between: str) -> str:
    """The first and the last of what is shown together in its order."""
    return between.join(dict.fromkeys([words[0], words[-1]]))


def _class_words(question: Question, column: Column) -> str:
    start, end = column["from"], column["to"]
    if question.kind == Kind.DATE:
        return _year_words(start, end)
    unit = "€" if question.kind == Kind.MONEY else question.unit
    if start is None and end is None:
        return pgettext("class of numbers", "All")
    if start is None:
        words = _("under %(number)s") % {"number": _spaced(question, end)}
    elif end is None:
        words = _("at least %(number)s") % {"number": _spaced(question, start)}
    elif int(end) - int(start) == 1 and question.maximum is not None:
        words = start
    else:
        words = _("from %(low)s to under %(high)s") % {
            "low": _spaced(question, start), "high": _spaced(question, end),
        }  # fmt: skip
    return f"{words} {unit}".strip()


def _year_words(start: str | None, end: str | None) -> str:
    if start is None:
        return _("before %(year)s") % {"year": end} if end else pgettext("class of numbers", "All")
    if end is None:
        return _("%(year)s or later") % {"year": start}
    last = str(int(end) - 1)
    return start if last == start else f"{start}–{last}"


def _spaced(question: Question, number: str) -> str:
    return number if _asks_a_year(question) else f"{int(number):,}".replace(",", "\u00a0")


def _asks_a_year(question: Question) -> bool:
    """A number without a unit whose limits are years: 2030 is not written 2 030."""
    low, high = question.minimum, question.maximum
    return not question.unit and low is not None and high is not None and 1900 <= low <= high < 2200


def group_words(dimension: str, codes: Iterable[str]) -> str:
    """The names of sectors or regions that are shown together."""
    names = [_code_words(dimension, code) for code in codes]
    if len(names) <= MOST_NAMED:
        return str(get_text_list(names, last_word=_("and")))
    words = _("%(name)s and %(count)s others (protected)")
    return words % {"name": names[0], "count": len(names) - 1}


def _code_words(dimension: str, code: str) -> str:
    if not code:
        return _("Not told")
    if dimension == Dimension.SECTOR:
        return str(Sector(code).label) if code in Sector.values else code
    return next((label for _pk, key, label in vocabulary.named(Scheme.REGION) if key == code), code)

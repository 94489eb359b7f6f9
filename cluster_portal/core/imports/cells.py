"""The cells of one row of an imported file, read as what they should be."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import get_language, gettext, override

from cluster_portal.core import vocabulary
from cluster_portal.core.imports import municipalities
from cluster_portal.core.imports.spreadsheets import Fault
from cluster_portal.core.numbers import day_of, decimal_of
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.vocabulary import Scheme, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db import models

YES = {"yes", "y", "true", "1", "kyllä", "k", "ja", "x"}
NO = {"no", "n", "false", "0", "ei", "e", "nej", ""}
_MIDNIGHT = re.compile(r"[T ]0?0[:.]00([:.]00)?$", re.ASCII)
_CLOCK = re.compile(r"(?:[T ]|\s+(?:klo|kl\.?|at)\s*)(\d{1,2})[:.](\d\d)(?:[:.]00)?$", re.ASCII)
_check_url = URLValidator(schemes=["http", "https"])


class Cells:
    """The cells of one row by column name. Readers note a fault and return something harmless."""

    def __init__(self, number: int, cells: dict[str, str], row: Sequence[str] = ()) -> None:
        self.number = number
        self.row = row  # all that stand in the file, in their order, with those of no column
        self.faults: list[Fault] = []
        self.remarks: list[Fault] = []
        self._cells = cells

    def __contains__(self, column: str) -> bool:
        """Whether the file has the column at all."""
        return column in self._cells

    def fault(self, column: str, message: str) -> None:
        self.faults.append(Fault(message, self.number, column))

    def remark(self, column: str, message: str) -> None:
        self.remarks.append(Fault(message, self.number, column))

    def plain(self) -> dict[str, str]:
        """All cells as they stand in the file; empty where it has the column alone."""
        return dict(self._cells)

    def raw(self, column: str) -> str:
        return self._cells.get(column, "")

    def text(self, column: str, *, max_length: int, required: bool = False) -> str:
        return self._bounded(column, cleaning.one_line(self.raw(column)), max_length, required)

    def prose(self, column: str, *, max_length: int, required: bool = False) -> str:
        return self._bounded(column, cleaning.prose(self.raw(column)), max_length, required)

    def items(self, column: str) -> list[str]:
        """The parts of a list, separated by `;` or `|`; doubles and empty ones are dropped."""
        parts = (cleaning.one_line(part) for part in self.raw(column).replace("|", ";").split(";"))
        return list(dict.fromkeys(part for part in parts if part))

    def choice(
        self, column: str, choices: type[models.TextChoices], *, required: bool = False
    ) -> str:
        text = self.text(column, max_length=200, required=required)
        return (self._choice(column, choices, text) or "") if text else ""

    def choices(self, column: str, choices: type[models.TextChoices]) -> list[str]:
        found = [self._choice(column, choices, item) for item in self.items(column)]
        return list(dict.fromkeys(value for value in found if value))

    def term(self, column: str, scheme: str) -> Term | None:
        text = self.text(column, max_length=200)
        return self._term(column, text, [scheme]) if text else None

    def terms(self, column: str, *schemes: str) -> list[Term]:
        """Terms of the named schemes; of any but regions, fields and TRL when none is named."""
        wanted = schemes or tuple(
            scheme for scheme in Scheme.values if scheme not in {"region", "education_field", "trl"}
        )
        found = [self._term(column, item, wanted) for item in self.items(column)]
        return list(dict.fromkeys(term for term in found if term))

    def region(self, column: str) -> Term | None:
        """The region that the cell names itself, or that of the municipality it names."""
        text = self.text(column, max_length=80)
        if not text:
            return None
        code = municipalities.region_code(text)
        found = vocabulary.find(Scheme.REGION, code or text)
        if found is None:
            shown = {"value": text}
            self.remark(
                column, gettext("No municipality “%(value)s” is known, so no region.") % shown
            )
        return found

    def yes_no(self, column: str) -> bool:
        word = self.raw(column).strip().casefold()
        if word not in YES | NO:
            self.fault(column, gettext("“%(value)s” is neither yes nor no.") % {"value": word[:40]})
        return word in YES

    def refuse_marked(self, *columns: str) -> None:
        """Texts that bear a classification marking are faults."""
        for column in columns:
            try:
                refuse_marked(self.raw(column))
            except ValidationError as error:
                self.fault(column, error.messages[0])

    def day(self, column: str) -> datetime.date | None:
        """As Finns write it, 31.3.2027, or 2027-03-31; midnight may stand behind it."""
        text = self.raw(column).strip()
        if not text:
            return None
        found = day_of(_MIDNIGHT.sub("", text))
        if found is None:
            shown = {"value": text[:40]}
            self.fault(column, gettext("“%(value)s” is not a day such as 31.3.2027.") % shown)
        return found

    def moment(
        self, column: str, *, required: bool = False, is_end: bool = False
    ) -> datetime.datetime | None:
        """A day, with the time of a clock in Finland behind it (31.3.2027 klo 16.15).

        Without a time it is the first moment of the day, or its last minute as an end: an end at
        midnight is a day that a spreadsheet wrote with a clock.
        """
        text = self.text(column, max_length=40, required=required)
        found = _CLOCK.search(text)
        rest = Cells(self.number, {column: text[: found.start()] if found else text})
        day = rest.day(column)
        self.faults += rest.faults
        try:
            clock = datetime.time(int(found[1]), int(found[2])) if found else datetime.time()
        except ValueError:
            self.fault(column, gettext("“%(value)s” is not a time of day.") % {"value": text[:40]})
            return None
        if is_end and clock == datetime.time():
            clock = datetime.time(23, 59)
        return timezone.make_aware(datetime.datetime.combine(day, clock)) if day else None

    def whole(self, column: str, *, low: int, high: int, default: int) -> int:
        text = self.raw(column).strip()
        if not text:
            return default
        number = decimal_of(text)
        if number is not None and number == int(number) and low <= number <= high:
            return int(number)
        limits = {"low": low, "high": high}
        self.fault(column, gettext("Give a whole number from %(low)d to %(high)d.") % limits)
        return default

    def url(self, column: str, *, max_length: int = 200) -> str:
        text = self.text(column, max_length=max_length)
        if text and "://" not in text:
            text = f"https://{text}"
        try:
            return text if not text or _check_url(text) is None else ""
        except ValidationError:
            self.fault(column, gettext("This is not a web address."))
            return ""

    def _bounded(self, column: str, text: str, max_length: int, required: bool) -> str:  # noqa: FBT001
        if required and not text:
            self.fault(column, gettext("This cell must be filled."))
        if len(text) > max_length:
            self.fault(
                column,
                gettext("The text is too long: at most %(limit)d characters.")
                % {"limit": max_length},
            )
        return text[:max_length]

    def _choice(self, column: str, choices: type[models.TextChoices], text: str) -> str | None:
        value = _choice_words(choices, get_language() or "fi").get(text.casefold())
        if value is None:
            words = {"value": text[:60], "choices": ", ".join(choices.values)}
            self.fault(column, gettext("“%(value)s” is not one of: %(choices)s.") % words)
        return value

    def _term(self, column: str, text: str, schemes: Iterable[str]) -> Term | None:
        for scheme in schemes:
            found = vocabulary.find(scheme, text)
            if found:
                return found
        self.fault(column, gettext("“%(value)s” is not in the vocabulary.") % {"value": text[:60]})
        return None


@lru_cache(maxsize=256)
def _choice_words(choices: type[models.TextChoices], active: str) -> dict[str, str]:
    """Codes and labels in every language and the active one, without case."""
    words = {value.casefold(): value for value in choices.values}
    for language in dict.fromkeys(["fi", "sv", "en", active]):
        with override(language):
            words |= {str(label).casefold(): value for value, label in choices.choices}
    return words

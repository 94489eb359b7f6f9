"""Rows of a file become objects: every fault named by row and column, all written or nothing.

    report = imports.run(data, COLUMNS, take, dry_run=True)

`take(cells)` reads one row through `Cells`, which gathers faults instead of raising, and returns
the `Taken` object. A dry run does everything and rolls it back, so that a preview cannot lie.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, models, transaction
from django.utils.translation import get_language, gettext, ngettext, override
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import municipalities, spreadsheets, texts, vocabulary
from cluster_portal.core.classified import refuse_marked
from cluster_portal.core.errors import Refused
from cluster_portal.core.spreadsheets import Fault, Unreadable
from cluster_portal.core.vocabulary import Scheme, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FORMULA_ERRORS = {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"}
YES = {"yes", "y", "true", "1", "kyllä", "k", "ja", "x"}
NO = {"no", "n", "false", "0", "ei", "e", "nej", ""}
_MIDNIGHT = r"([T ]0?0[:.]00([:.]00)?)?"
_FINNISH_DAY = re.compile(
    rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}}){_MIDNIGHT}", re.ASCII
)
_ISO_DAY = re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d){_MIDNIGHT}", re.ASCII)
_check_url = URLValidator(schemes=["http", "https"])


class Outcome(models.TextChoices):
    CREATED = "created", _("new")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")


@dataclass(frozen=True)
class Columns:
    """Columns that the import knows. `key` must be filled and occur once in the file.

    `headings` gives other words for a column, without case.
    """

    known: tuple[str, ...]
    required: tuple[str, ...]
    key: str = "external_id"
    headings: dict[str, str] = field(default_factory=dict)

    def name(self, heading: str) -> str:
        """The column that a heading names, else the heading itself as one line in lower case."""
        plain = texts.one_line(heading).casefold().rstrip(" *:")
        spaced = plain.replace(" ", "_")
        return self.headings.get(plain, spaced if spaced in self.known else plain)

    def count_known(self, cells: list[str]) -> int:
        return sum(self.name(cell) in self.known for cell in cells)


@dataclass(frozen=True)
class Taken:
    """What became of a row: the object, what happened, and the names of the changed fields."""

    obj: models.Model
    outcome: Outcome
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RowResult:
    row: int
    title: str
    outcome: Outcome
    changes: tuple[str, ...]
    pk: Any


@dataclass
class Report:
    """What an import did, or would do. With any fault, nothing was written.

    `remarks` tell what was left open although the row is taken.
    """

    dry_run: bool = False
    results: list[RowResult] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)

    @property
    def is_written(self) -> bool:
        return not self.dry_run and not self.faults

    def count(self, outcome: Outcome) -> int:
        return sum(result.outcome == outcome for result in self.results)

    def sentences(self) -> list[str]:
        """The report as sentences in the active language: columns ignored, faults or rows, sum."""
        lines = [self._ignored()] if self.unknown_columns else []
        if self.faults:
            lines += [str(fault) for fault in self.faults]
            count = len(self.faults)
            return [
                *lines,
                ngettext(
                    "%(count)d fault. Nothing was written.",
                    "%(count)d faults. Nothing was written.",
                    count,
                )
                % {"count": count},
            ]
        return [*lines, *map(str, self.remarks), self._sum()]

    def _ignored(self) -> str:
        names = ", ".join(self.unknown_columns)
        return gettext("Unknown columns are ignored: %(names)s.") % {"names": names}

    def _sum(self) -> str:
        words = {str(outcome): self.count(outcome) for outcome in Outcome}
        text = gettext("New: %(created)d, changed: %(changed)d, unchanged: %(unchanged)d.") % words
        written = gettext("Dry run: nothing was written.")
        return f"{text} {written}" if self.dry_run else text


class Cells:
    """The cells of one row by column name. Readers note a fault and return something harmless."""

    def __init__(self, number: int, cells: dict[str, str]) -> None:
        self.number = number
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

    def raw(self, column: str) -> str:
        return self._cells.get(column, "")

    def text(self, column: str, *, max_length: int, required: bool = False) -> str:
        return self._bounded(column, texts.one_line(self.raw(column)), max_length, required)

    def prose(self, column: str, *, max_length: int, required: bool = False) -> str:
        return self._bounded(column, texts.prose(self.raw(column)), max_length, required)

    def items(self, column: str) -> list[str]:
        """The parts of a list, separated by `;` or `|`; doubles and empty ones are dropped."""
        parts = (texts.one_line(part) for part in self.raw(column).replace("|", ";").split(";"))
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
        found = _FINNISH_DAY.fullmatch(text) or _ISO_DAY.fullmatch(text)
        try:
            return datetime.date(*(int(found[part]) for part in ("year", "month", "day")))  # type: ignore[index]
        except (TypeError, ValueError):
            shown = {"value": text[:40]}
            self.fault(column, gettext("“%(value)s” is not a day such as 31.3.2027.") % shown)
            return None

    def whole(self, column: str, *, low: int, high: int, default: int) -> int:
        text = self.raw(column).strip()
        if not text:
            return default
        number = _number(text)
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


def _number(text: str) -> Decimal | None:
    """As Finns write it: 1 234,50 or 1.234,50; a point alone is a decimal point (1234.50)."""
    plain = "".join(text.split())
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", plain):
        plain = plain.replace(".", "")
    plain = plain.replace(",", ".")
    return Decimal(plain) if re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", plain) else None


@lru_cache(maxsize=256)
def _choice_words(choices: type[models.TextChoices], active: str) -> dict[str, str]:
    """Codes and labels in every language and the active one, without case."""
    words = {value.casefold(): value for value in choices.values}
    for language in dict.fromkeys(["fi", "sv", "en", active]):
        with override(language):
            words |= {str(label).casefold(): value for value, label in choices.choices}
    return words


def run(
    data: bytes, columns: Columns, take: Callable[[Cells], Taken | None], *, dry_run: bool
) -> Report:
    """Takes every row in one transaction; rolled back on any fault, and by a dry run always."""
    report = Report(dry_run=dry_run)
    try:
        table = spreadsheets.read(data, columns.count_known)
    except Unreadable as unreadable:
        report.faults.append(unreadable.fault)
        return report
    rows = _checked_rows(table, columns, report)
    with transaction.atomic():
        for cells in rows:
            _take_one(cells, take, report)
        if report.faults or dry_run:
            transaction.set_rollback(True)
    report.faults.sort(key=lambda fault: fault.row or 0)
    return report


def _take_one(cells: Cells, take: Callable[[Cells], Taken | None], report: Report) -> None:
    """One row in a savepoint of its own, so that a faulty row does not hide the faults below it."""
    taken = None
    try:
        with transaction.atomic():
            taken = take(cells)
            if cells.faults:
                transaction.set_rollback(True)
    except Refused as refusal:
        cells.fault("", refusal.message)
    except ValidationError as error:
        _note(error, cells)
    except IntegrityError:
        if not cells.faults:
            cells.fault("", gettext("The row contradicts another row or something stored already."))
    report.faults += cells.faults
    report.remarks += cells.remarks
    if taken and not cells.faults:
        result = RowResult(cells.number, str(taken.obj), taken.outcome, taken.changes, taken.obj.pk)
        report.results.append(result)


def _note(error: ValidationError, cells: Cells) -> None:
    named = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for column, messages in named.items():
        for message in messages:
            cells.fault(column if column in cells else "", str(message))


def _checked_rows(table: spreadsheets.Table, columns: Columns, report: Report) -> list[Cells]:
    header = [columns.name(heading) for heading in table.header]
    report.faults += _header_faults(header, columns, table.header_row)
    report.unknown_columns = [name for name in header if name and name not in columns.known]
    if report.faults:
        return []
    if not table.rows:
        report.faults.append(Fault(gettext("The file has no rows below the header.")))
    seen: dict[str, int] = {}
    return [_checked_row(number, cells, header, columns, seen) for number, cells in table.rows]


def _header_faults(header: list[str], columns: Columns, row: int) -> list[Fault]:
    if len(header) > spreadsheets.MAX_COLUMNS:
        return [Fault(gettext("There are too many columns."), row)]
    missing = [name for name in columns.required if name not in header]
    doubled = sorted({name for name in header if name and header.count(name) > 1})
    faults = [
        Fault(gettext("The column %(name)s is missing.") % {"name": name}, row, name)
        for name in missing
    ]
    return faults + [
        Fault(gettext("The column %(name)s occurs twice.") % {"name": name}, row, name)
        for name in doubled
    ]


def _checked_row(
    number: int, values: list[str], header: list[str], columns: Columns, seen: dict[str, int]
) -> Cells:
    cells = Cells(number, dict(zip(header, [*values, *[""] * len(header)], strict=False)))
    if any(values[len(header) :]):
        cells.fault(
            "",
            gettext(
                "The row has more cells than the header. Put texts with separators in quotation "
                "marks, and separate lists by | in a semicolon file."
            ),
        )
    for column in columns.known:
        if texts.has_control(cells.raw(column)):
            cells.fault(column, gettext("The cell holds a control character."))
        if cells.raw(column) in FORMULA_ERRORS:
            cells.fault(column, gettext("The cell holds the error of a formula."))
    _check_key(cells, columns.key, seen)
    return cells


def _check_key(cells: Cells, column: str, seen: dict[str, int]) -> None:
    key = cells.text(column, max_length=80, required=True)
    if key and key in seen:
        words = {"value": key, "row": seen[key]}
        cells.fault(column, gettext("“%(value)s” is already on row %(row)d.") % words)
    seen.setdefault(key, cells.number)


def assign(obj: models.Model, values: dict[str, Any]) -> tuple[str, ...]:
    """Sets what differs and returns the names of the changed fields; saving is the caller's."""
    changed = tuple(name for name, value in values.items() if getattr(obj, name) != value)
    for name in changed:
        setattr(obj, name, values[name])
    return changed

"""Rows of a file become objects: every fault named by row and column, all written or nothing.

    report = imports.run(data, COLUMNS, take, dry_run=True)

`take(cells)` reads one row through `Cells`, which gathers faults instead of raising, and returns
the `Taken` object. It either writes it, and a dry run rolls that back; or it only says what would
be written, and `Whole` writes all rows at once when none has a fault, so that a preview of
thousands locks nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.errors import Refused
from cluster_portal.core.imports import spreadsheets
from cluster_portal.core.imports.cells import Cells
from cluster_portal.core.imports.spreadsheets import Fault, Unreadable
from cluster_portal.core.text import cleaning

if TYPE_CHECKING:
    from collections.abc import Callable

CONTRADICTION = _("The row contradicts another row or something stored already.")
PROGRESS_EVERY = 50
FORMULA_ERRORS = {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"}


class Outcome(models.TextChoices):
    CREATED = "created", _("new")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")


@dataclass(frozen=True)
class Columns:
    """Columns that the import knows. `key`, if any, must be filled and occur once in the file.

    `headings` gives other words for a column, without case, the more exact first: of several in
    one file its cell is taken where filled. `fields` are the columns that a field of the model
    comes from, where they are not called like it.
    """

    known: tuple[str, ...]
    required: tuple[str, ...]
    key: str = "external_id"
    headings: dict[str, str] = field(default_factory=dict)
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def name(self, heading: str) -> str:
        """The column that a heading names, else the heading itself as one line in lower case."""
        plain = self.plain(heading)
        spaced = plain.replace(" ", "_")
        return self.headings.get(plain, spaced if spaced in self.known else plain)

    def plain(self, heading: str) -> str:
        return cleaning.one_line(heading).casefold().rstrip(" *:")

    def by_exactness(self, header: list[str]) -> list[int]:
        """The places of a header's columns, the more exact of those that mean the same first."""
        ranks = {heading: rank for rank, heading in enumerate(self.headings)}
        return sorted(range(len(header)), key=lambda n: ranks.get(self.plain(header[n]), -1))

    def word(self, column: str) -> str:
        """What the reader calls a column: the first of its Finnish headings, else its name."""
        words = (text for text, name in self.headings.items() if name == column)
        is_finnish = (get_language() or "").startswith("fi")
        return next(words, column).capitalize() if is_finnish else column

    def count_known(self, cells: list[str]) -> int:
        return sum(self.name(cell) in self.known for cell in cells)


@dataclass(frozen=True)
class Taken:
    """What became of a row: the object, what happened, and the names of the changed fields.

    `detail` holds what `write` needs beside the object.
    """

    obj: Any
    outcome: Outcome
    changes: tuple[str, ...] = ()
    detail: Any = None


@dataclass(frozen=True)
class Whole:
    """What is done with all rows together.

    `settle` sees them once they have been read; it may say something else of one and remark on its
    cells.
    """

    write: Callable[[list[Taken]], None]
    settle: Callable[[list[Taken]], list[Taken]] | None = None


@dataclass(frozen=True)
class RowResult:
    row: int
    title: str
    outcome: Outcome
    changes: tuple[str, ...]
    pk: Any


@dataclass(frozen=True)
class Choice:
    """One answer to a question that a row asks: what the decision holds, and how it reads."""

    value: str
    label: str


@dataclass(frozen=True)
class Question:
    """A row that the importer must decide on; until then it counts as a fault."""

    row: int
    key: str
    text: str
    choices: tuple[Choice, ...]


@dataclass
class Report:
    """What an import did, or would do. With any fault, nothing was written.

    `remarks` tell what was left open although the row is taken, `notes` what the whole file does;
    `keys` name what it wrote, for a step that follows.
    """

    dry_run: bool = False
    results: list[RowResult] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
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
        return [*lines, *self.notes, *map(str, self.remarks), self._sum()]

    def _ignored(self) -> str:
        names = ", ".join(name.rstrip(".") for name in self.unknown_columns)
        return gettext("Unknown columns are ignored: %(names)s.") % {"names": names}

    def _sum(self) -> str:
        words = {str(outcome): self.count(outcome) for outcome in Outcome}
        text = gettext("New: %(created)d, changed: %(changed)d, unchanged: %(unchanged)d.") % words
        written = gettext("Dry run: nothing was written.")
        return f"{text} {written}" if self.dry_run else text


def run(
    data: bytes,
    columns: Columns,
    take: Callable[[Cells], Taken | None],
    *,
    dry_run: bool,
    whole: Whole | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Takes every row in one transaction; rolled back on any fault, and by a dry run always.

    `progress(done, total)` is told now and then.
    """
    report = Report(dry_run=dry_run)
    try:
        table = spreadsheets.read(data, columns.count_known)
    except Unreadable as unreadable:
        report.faults.append(unreadable.fault)
        return report
    rows, read = _checked_rows(table, columns, report), []
    with transaction.atomic():
        for done, cells in enumerate(rows):
            if progress and done % PROGRESS_EVERY == 0:
                progress(done, len(rows))
            read += _take_one(cells, take, columns, report)
        taken = [each for _number, each in read]
        taken = whole.settle(taken) if whole and whole.settle else taken
        numbers = [number for number, _each in read]
        report.results = [_result(*each) for each in zip(numbers, taken, strict=True)]
        report.remarks = [remark for cells in rows for remark in cells.remarks]
        if whole and taken and report.is_written:
            _write_all(taken, whole.write, report)
        if report.faults or dry_run:
            transaction.set_rollback(True)
    _name_as_in_file(report, table.header, columns)
    return report


def _name_as_in_file(report: Report, header: list[str], columns: Columns) -> None:
    """Columns are called what the file calls them; faults stand in the order of the rows."""
    exact_last = (header[place] for place in reversed(columns.by_exactness(header)))
    headings = {columns.name(heading): heading for heading in exact_last}
    for found in (report.faults, report.remarks):
        found[:] = [replace(each, column=_called(each.column, headings, columns)) for each in found]
        found.sort(key=lambda each: each.row or 0)


def _called(column: str, headings: dict[str, str], columns: Columns) -> str:
    known = column in columns.known
    return cleaning.one_line(headings.get(column) or (columns.word(column) if known else column))


def _write_all(taken: list[Taken], write: Callable[[list[Taken]], None], report: Report) -> None:
    try:
        with transaction.atomic():
            write(taken)
    except Refused as refusal:
        report.faults.append(Fault(refusal.message))
    except IntegrityError:
        report.faults.append(Fault(str(CONTRADICTION)))


def _take_one(
    cells: Cells, take: Callable[[Cells], Taken | None], columns: Columns, report: Report
) -> list[tuple[int, Taken]]:
    """One row in a savepoint of its own, so that a faulty row does not hide the faults below it."""
    taken = None
    try:
        with transaction.atomic():
            taken = take(cells)
            if cells.faults or report.dry_run:  # so that a preview holds no row's lock
                transaction.set_rollback(True)
    except Refused as refusal:
        cells.fault("", refusal.message)
    except ValidationError as error:
        _note(error, cells, columns)
    except IntegrityError:
        if not cells.faults:
            cells.fault("", str(CONTRADICTION))
    report.faults += cells.faults
    return [] if taken is None or cells.faults else [(cells.number, taken)]


def _result(row: int, taken: Taken) -> RowResult:
    return RowResult(row, str(taken.obj), taken.outcome, taken.changes, taken.obj.pk)


def _note(error: ValidationError, cells: Cells, columns: Columns) -> None:
    """By the file's column that the field comes from."""
    named = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, messages in named.items():
        sources = columns.fields.get(name, (name,))
        column = next((each for each in sources if each in cells), "")
        for message in messages:
            cells.fault(column, str(message))


def _checked_rows(table: spreadsheets.Table, columns: Columns, report: Report) -> list[Cells]:
    header = [columns.name(heading) for heading in table.header]
    report.faults += _header_faults(table.header, columns, table.header_row)
    report.unknown_columns = [name for name in header if name and name not in columns.known]
    if report.faults:
        return []
    if not table.rows:
        report.faults.append(Fault(gettext("The file has no rows below the header.")))
    seen: dict[str, int] = {}
    order = columns.by_exactness(table.header)
    rows = (_cells(number, values, header, order, columns) for number, values in table.rows)
    return [_checked_row(cells, len(header), columns, seen) for cells in rows]


def _header_faults(header: list[str], columns: Columns, row: int) -> list[Fault]:
    """Two headings that mean the same column are none, but the same heading twice is."""
    if len(header) > spreadsheets.MAX_COLUMNS:
        return [Fault(gettext("There are too many columns."), row)]
    plain = [columns.plain(heading) for heading in header]
    names = {columns.name(heading) for heading in header}
    missing = [name for name in columns.required if name not in names]
    doubled = sorted({columns.name(text) for text in plain if text and plain.count(text) > 1})
    faults = [
        Fault(gettext("The column %(name)s is missing.") % {"name": columns.word(name)}, row, name)
        for name in missing
    ]
    return faults + [
        Fault(gettext("The column %(name)s occurs twice.") % {"name": name}, row, name)
        for name in doubled
    ]


def _cells(
    number: int, values: list[str], header: list[str], order: list[int], columns: Columns
) -> Cells:
    """Of several cells of one column the first filled one in this order."""
    found = dict.fromkeys(header, "")
    cells = Cells(number, found, values)
    for place in order:
        name, text = header[place], values[place] if place < len(values) else ""
        if not found[name]:
            found[name] = text
        elif name in columns.known:
            remark_other(cells, name, found[name], text)
    return cells


def remark_other(cells: Cells, column: str, taken: str, other: str) -> None:
    """Unless the other cell says the same, or less (2015 beside 1.3.2015)."""
    if other and other.casefold() not in taken.casefold():
        words = {"value": taken[:60], "other": other[:60]}
        cells.remark(
            column,
            gettext("Two columns say this: “%(value)s” is taken, “%(other)s” is left out.") % words,
        )


def _checked_row(cells: Cells, width: int, columns: Columns, seen: dict[str, int]) -> Cells:
    if any(cells.row[width:]):
        cells.fault(
            "",
            gettext(
                "The row has more cells than the header. Put texts with separators in quotation "
                "marks, and separate lists by | in a semicolon file."
            ),
        )
    for column in columns.known:
        if cleaning.has_control(cells.raw(column)):
            cells.fault(column, gettext("The cell holds a control character."))
        if cells.raw(column) in FORMULA_ERRORS:
            cells.fault(column, gettext("The cell holds the error of a formula."))
    if columns.key:
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

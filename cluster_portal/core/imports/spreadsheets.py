"""CSV and XLSX files as rows of text. Values only; whatever is odd is a fault with its place.

CSV is UTF-8, separated by commas, semicolons or tabs. Of an XLSX workbook the first sheet that has
the headings is read, formulas by their last value; its unpacked size is checked from the directory
before anything is unpacked. Rows above the headings, such as a title, are passed over.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import openpyxl
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    # How many headings that the reader knows stand in a row.
    Known = Callable[[list[str]], int]

MAX_BYTES = 8_000_000
MAX_ROWS = 10_000
MAX_COLUMNS = 100
MAX_UNPACKED = 60_000_000
MAX_PARTS = 500
HEADER_WITHIN = 10  # rows from the top of the file
SEPARATORS = ";\t,"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Fault:
    """What is wrong and where: `row` as a spreadsheet numbers it (the header is row 1)."""

    message: str
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        if self.row is None:
            return self.message
        if not self.column:
            return _("Row %(row)d: %(message)s") % {"row": self.row, "message": self.message}
        words = {"row": self.row, "column": self.column, "message": self.message}
        return _("Row %(row)d, column %(column)s: %(message)s") % words


class Unreadable(Exception):
    """The file as a whole cannot be read; `fault` says why."""

    def __init__(self, message: str, row: int | None = None) -> None:
        super().__init__(message)
        self.fault = Fault(message, row)


@dataclass(frozen=True)
class Table:
    """The header's cells, and the filled rows below it by their number in the file."""

    header: list[str]
    rows: list[tuple[int, list[str]]]
    header_row: int = 1


def read(data: bytes, known: Known = len) -> Table:
    """The table whose header has the most headings that `known` counts.

    Raises `Unreadable` for a file that is no table within the bounds.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(
            _("The file is too large: at most %(limit)d megabytes.") % {"limit": MAX_BYTES // 10**6}
        )
    sheets = _xlsx(data) if data.startswith(_ZIP) else iter([_csv(data, known)])
    tables = (_table(lines, known) for lines in sheets)
    found = max((table for table in tables if table), key=lambda t: known(t.header), default=None)
    if found is None:
        raise Unreadable(_("The file is empty: the first row must name the columns."))
    return found


def _table(lines: Iterator[tuple[int, list[str]]], known: Known) -> Table | None:
    """None for a sheet without any cell."""
    rows = []
    for number, cells in lines:
        filled = [cell.strip() for cell in cells]
        if any(filled):
            rows.append((number, filled))
        if len(rows) > MAX_ROWS + HEADER_WITHIN:
            break
    top = range(min(HEADER_WITHIN, len(rows)))
    place = max(top, key=lambda index: known(rows[index][1]), default=None)
    if place is None:
        return None
    header_row, header = rows[place]
    if len(rows) - place - 1 > MAX_ROWS:
        raise Unreadable(_("There are too many rows: at most %(limit)d.") % {"limit": MAX_ROWS})
    return Table(header, rows[place + 1 :], header_row)


def _csv(data: bytes, known: Known) -> Iterator[tuple[int, list[str]]]:
    """A first line such as `sep=;`, which Excel writes and hides, names the separator."""
    text = _decode(data)
    head = text.lstrip("\r\n").splitlines()[:HEADER_WITHIN] or [""]
    told = re.fullmatch(r"sep=(.)\s*", head[0], re.IGNORECASE)
    delimiter = told[1] if told else max(SEPARATORS, key=lambda sign: _fit(head, sign, known))
    lines = _csv_lines(text, delimiter)
    return (line for line in lines if not (told and line[0] == 1))


def _fit(lines: list[str], sign: str, known: Known) -> tuple[int, int]:
    """How many headings the separator makes of a line, and how often it stands in the first."""
    rows = csv.reader([line[:10_000] for line in lines], delimiter=sign)
    try:
        return max((known(row) for row in rows), default=0), lines[0].count(sign)
    except csv.Error:
        return 0, 0


def _csv_lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Unreadable(
                _("A quotation mark is not closed, or a cell is far too long."), number + 1
            ) from None
        number += 1
        yield number, cells


def _decode(data: bytes) -> str:
    if data.startswith(_UTF16) or b"\x00" in data[:4]:
        raise Unreadable(_("The file is in UTF-16. Save it as “CSV UTF-8”."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            _("The file is not in UTF-8, perhaps in Windows-1252. Save it as “CSV UTF-8”."), row
        ) from None


def _xlsx(data: bytes) -> Iterator[Iterator[tuple[int, list[str]]]]:
    """The lines of each visible sheet."""
    _refuse_bomb(data)
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except Exception:  # noqa: BLE001 - openpyxl has no common error for a broken file
        raise _broken() from None
    return (_sheet_lines(sheet) for sheet in sheets)


def _sheet_lines(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    bounds = {"max_row": MAX_ROWS + HEADER_WITHIN + 2, "max_col": MAX_COLUMNS + 1}
    try:
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(**bounds), start=1):
            yield number, _without_tail([_cell_text(cell) for cell in cells])
    except Exception:  # noqa: BLE001 - openpyxl has no common error for a broken file
        raise _broken() from None


def _broken() -> Unreadable:
    return Unreadable(_("The workbook cannot be read. Save it anew as XLSX or CSV."))


def _refuse_bomb(data: bytes) -> None:
    """From the directory alone, before unpacking: too many parts, too much inside, no workbook."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except zipfile.BadZipFile:
        raise _broken() from None
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Unreadable(_("The workbook is too large inside. Save the sheet as CSV."))
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise Unreadable(_("The file is no spreadsheet: use CSV or XLSX."))


def _cell_text(cell: Any) -> str:
    value = cell.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number_text(value, cell.number_format)
    if isinstance(value, datetime.date):
        return value.isoformat().removesuffix("T00:00:00")
    return "" if value is None else str(value)


def _number_text(value: float, number_format: str) -> str:
    """As the sheet shows it: no `.0`, and the leading zeros of a format such as 00."""
    text = str(int(value)) if float(value).is_integer() else repr(value)
    return text.zfill(len(number_format)) if re.fullmatch("0+", number_format or "") else text


def _without_tail(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells

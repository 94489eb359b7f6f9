"""CSV and XLSX files out of the portal that no spreadsheet takes for a program."""

from __future__ import annotations

import csv
import datetime
import io
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
from django.http import HttpResponse
from openpyxl.cell import WriteOnlyCell

if TYPE_CHECKING:
    from collections.abc import Iterable

_STARTS_A_FORMULA = ("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠")  # noqa: RUF001
_STARTS_A_CELL = ("\t", "\r", "\n")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # not in a workbook
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NUMBER = re.compile(r"[+-]?[\d\s()./,-]+")


def safe_cell(value: object) -> str:
    """The text of a cell; what a spreadsheet would compute gets an apostrophe before it.

    Numbers and telephone numbers such as +358 40 123 4567 stay as they are.
    """
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    text = "" if value is None else str(value).replace("\0", "")
    is_formula = text.lstrip().startswith(_STARTS_A_FORMULA) or text.startswith(_STARTS_A_CELL)
    if is_formula and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def day_cell(value: object) -> object:
    """A day as it is written in Finland and read again by the imports."""
    return f"{value.day}.{value.month}.{value.year}" if isinstance(value, datetime.date) else value


def csv_response(name: str, header: Iterable[Any], rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """Semicolons and a byte order mark, as Finnish Excel opens them."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([safe_cell(cell) for cell in header])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def xlsx_response(name: str, header: Iterable[Any], rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """Figures are numbers that can be added up, all else is text, whatever it begins with.

    The headings stay in view.
    """
    book = openpyxl.Workbook(write_only=True)
    sheet: Any = book.create_sheet()
    sheet.freeze_panes = "A2"
    for row in (header, *rows):
        sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _cell(sheet: Any, value: object) -> WriteOnlyCell:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, _CONTROL.sub("", safe_cell(value)))
    cell.data_type = "s"
    return cell

"""CSV files out of the portal that no spreadsheet takes for a program."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

if TYPE_CHECKING:
    from collections.abc import Iterable

_STARTS_A_FORMULA = ("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠")  # noqa: RUF001
_STARTS_A_CELL = ("\t", "\r", "\n")
_NUMBER = re.compile(r"[+-]?[\d\s()./,-]+")


def safe_cell(value: object) -> str:
    """The text of a cell; what a spreadsheet would compute gets an apostrophe before it.

    Numbers and telephone numbers such as +358 40 123 4567 stay as they are.
    """
    text = "" if value is None else str(value).replace("\0", "")
    is_formula = text.lstrip().startswith(_STARTS_A_FORMULA) or text.startswith(_STARTS_A_CELL)
    if is_formula and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def csv_response(name: str, header: Iterable[Any], rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """Semicolons and a byte order mark, as Finnish Excel opens them."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([safe_cell(cell) for cell in header])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response

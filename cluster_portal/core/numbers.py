"""Numbers and days as Finns type them (DOMAIN 5); sums and shares as integers of hundredths.

A crafted request sends any text: nothing here reads more digits than its pattern has.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_SPACES = re.compile(r"[\u0020\u00a0\u2009\u202f]")
_NUMBER = re.compile(
    r"(?P<whole>[0-9]{1,3}(?: [0-9]{3})+|[0-9]{1,11})(?:[.,](?P<part>[0-9]{1,2}))?"
)
_FINNISH_DAY = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})", re.ASCII)
_ISO_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", re.ASCII)
FIRST_DAY, LAST_DAY = datetime.date(1990, 1, 1), datetime.date(2100, 12, 31)
_GROUPED_BY_POINTS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+(?:[.,][0-9]{1,2})?")


def parse_hundredths(text: str) -> int:
    """Cents of a typed sum: `324 049`, `324049,5` and `500.00` are read, `129.619` is not.

    A point or comma before three digits could mean thousands or thousandths, so it is refused.
    """
    plain = _SPACES.sub(" ", text.strip().removesuffix("€").removesuffix("%")).strip()
    found = _NUMBER.fullmatch(plain)
    if found:
        whole = found["whole"].replace(" ", "")
        return int(whole) * 100 + int((found["part"] or "0").ljust(2, "0"))
    if _GROUPED_BY_POINTS.fullmatch(plain):
        raise ValidationError(
            _("It is not clear what the point or comma stands for. Write for example 129 619."),
            code="ambiguous",
        )
    if plain.startswith(("-", "−")):
        raise ValidationError(_("The figure cannot be negative."), code="negative")
    raise ValidationError(
        _("Write a figure with at most two decimals, for example 1 234,50."), code="invalid"
    )


def typed(hundredths: int) -> str:
    """A sum as it is offered for editing; `parse_hundredths` reads it back."""
    whole, part = divmod(hundredths, 100)
    grouped = f"{whole:,}".replace(",", "\u00a0")
    return f"{grouped},{part:02}" if part else grouped


def decimal_of(text: str) -> Decimal | None:
    """`1 234,50` or `1.234,50`; a point alone is a decimal point (`1234.50`). None: no number."""
    plain = "".join(text.split())
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", plain):
        plain = plain.replace(".", "")
    plain = plain.replace("−", "-").replace(",", ".")
    return Decimal(plain) if re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", plain) else None


def whole_of(text: str) -> int | None:
    """A number that a request names: a primary key, a revision. None: no number of a row."""
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else None


def sane_day(day: datetime.date) -> None:
    """A validator: a year of three or five digits would break pictures and sums of days."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(_("Check the year."))


def day_of(text: str) -> datetime.date | None:
    """`31.3.2027` or `2027-03-31`. None: no day."""
    found = _FINNISH_DAY.fullmatch(text.strip()) or _ISO_DAY.fullmatch(text.strip())
    if not found:
        return None
    try:
        return datetime.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None

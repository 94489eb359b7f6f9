"""Sums of money and percentages as people type them (DOMAIN 5), as integers of hundredths."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_SPACES = re.compile(r"[\u0020\u00a0\u2009\u202f]")
_NUMBER = re.compile(
    r"(?P<whole>[0-9]{1,3}(?: [0-9]{3})+|[0-9]{1,11})(?:[.,](?P<part>[0-9]{1,2}))?"
)
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

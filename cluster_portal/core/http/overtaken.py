"""A form whose thing somebody else has saved meanwhile: what is saved now beside what was typed."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core.errors import Overtaken

if TYPE_CHECKING:
    from django.forms import BaseForm, BoundField

SHORT = 200  # letters that stand open; what is longer is folded


def is_overtaken(form: BaseForm) -> bool:
    return form.has_error(NON_FIELD_ERRORS, Overtaken.code)


def saved_meanwhile(form: BaseForm) -> list[dict[str, Any]]:
    """The fields that are saved otherwise than they were typed; empty unless it was overtaken.

    What is saved now is what the form would begin from: its view has read that anew. A form with
    `adds = True` replaces nothing.
    """
    if not is_overtaken(form) or getattr(form, "adds", False):
        return []
    shown = [form[name] for name in form.changed_data if not form[name].is_hidden]
    return [_row(field) for field in shown if not _is_same_text(field)]


def _is_same_text(field: BoundField) -> bool:
    """Browsers end lines in a way of their own."""
    typed, saved = field.data, field.initial
    if not (isinstance(typed, str) and isinstance(saved, str)):
        return False
    return typed.split() == saved.split()


def _row(field: BoundField) -> dict[str, Any]:
    text = _words(field)
    return {"label": field.label, "text": text, "is_long": len(text) > SHORT}


def _words(field: BoundField) -> str:
    value = field.initial
    if getattr(field.field, "choices", None) is not None:
        words = _chosen(field.field, value)
    elif isinstance(value, datetime.date):
        words = date_format(value, "DATETIME_FORMAT" if hasattr(value, "hour") else "DATE_FORMAT")
    elif isinstance(value, bool):
        words = _("Yes") if value else _("No")
    else:
        words = str(value or "")
    return words or _("Empty")


def _chosen(field: Any, value: Any) -> str:
    found = field.prepare_value(value)
    codes = {str(one) for one in (found if isinstance(found, list | tuple | set) else [found])}
    return ", ".join(str(label) for code, label in _flat(field.choices) if str(code) in codes)


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    """The choices, also those of named groups."""
    flat: list[tuple[Any, Any]] = []
    for code, label in choices:
        flat += _flat(label) if isinstance(label, list | tuple) else [(code, label)]
    return flat

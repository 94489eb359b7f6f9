"""A form whose thing somebody else has saved meanwhile: what is saved now beside what was typed."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.validators import EMPTY_VALUES
from django.forms import FileField
from django.http import QueryDict
from django.utils.formats import date_format, localize
from django.utils.timezone import is_aware, localtime
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
    `adds = True` replaces nothing. `rows_of_things` are its formsets that do the same for rows.
    """
    if not is_overtaken(form) or getattr(form, "adds", False):
        return []
    rows = said_of(form)
    for each in getattr(form, "rows_of_things", ()):
        rows += each.saved_otherwise()
    return rows


def said_of(form: BaseForm, *, within: str = "") -> list[dict[str, Any]]:
    """What is saved otherwise than typed, in words. `within` names the row of which the form is."""
    shown = [form[name] for name in form.changed_data if _is_kept(form[name])]
    return [_row(field, within) for field in shown if not _is_same_text(field)]


def see_what_is_saved(form: BaseForm) -> None:
    """The next press may replace what the reader is shown now: it bears the stamp of that."""
    sent = QueryDict(mutable=True)
    sent.update(form.data)
    for name in {"seen", "version"} & set(form.fields):
        field = form.fields[name]
        stamp = field.prepare_value(form.get_initial_for_field(field, name))
        sent[form.add_prefix(name)] = "" if stamp is None else str(stamp)
    form.data = sent
    for each in getattr(form, "rows_of_things", ()):
        each.see_what_is_saved()


def _is_kept(field: BoundField) -> bool:
    """Not so files and what is only said with a saving: nothing is replaced there."""
    is_stored = field.name in field.form.initial
    return is_stored and not (field.is_hidden or isinstance(field.field, FileField))


def _is_same_text(field: BoundField) -> bool:
    """Browsers end lines in a way of their own."""
    typed, saved = field.data, field.initial
    if not (isinstance(typed, str) and isinstance(saved, str)):
        return False
    return typed.split() == saved.split()


def _row(field: BoundField, within: str) -> dict[str, Any]:
    text = _words(field)
    label = f"{within}, {field.label}" if within else field.label
    return {"label": label, "text": text, "is_long": len(text) > SHORT}


def _words(field: BoundField) -> str:
    if getattr(field.field, "choices", None) is not None:
        words = _chosen(field.field, field.initial)
    else:
        words = _in_words(field.field.prepare_value(field.initial))
    return words or _("Empty")


def _in_words(value: object) -> str:
    if isinstance(value, datetime.datetime):
        return date_format(localtime(value) if is_aware(value) else value, "DATETIME_FORMAT")
    if isinstance(value, datetime.date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return "" if value in EMPTY_VALUES else str(localize(value))


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

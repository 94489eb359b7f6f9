"""Two people who edit the same row: what only one of them changed is kept, what both changed is
asked about with both versions in sight (TRUST 41).

The form carries beside each field what its reader saw. On saving, each field has three values:
seen, stored now, and theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.formats import localize
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.forms import BoundField


class MergingForm(forms.ModelForm):
    """Must be given the row as it is now, read under a lock by whoever saves it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and (not self.is_bound or self._tells_what_was_seen()):
            for bound in self._compared():
                bound.field.show_hidden_initial = True
        if self.is_bound:
            self._carry_what_was_seen()

    def _tells_what_was_seen(self) -> bool:
        prefix = self.add_initial_prefix("")
        return any(name.startswith(prefix) for name in self.data)

    def _carry_what_was_seen(self) -> None:
        """A refused form is shown again with what was seen at first. Django looks for that by one
        plain name, which neither parts (`_0`, `_1`) nor an empty choice of many are sent by."""
        shown = [each for each in self._compared() if each.field.show_hidden_initial]
        missing = [each for each in shown if each.html_initial_name not in self.data]
        if missing:
            request_data: Any = self.data
            self.data = request_data.copy()
            for each in missing:
                self.data.setlist(each.html_initial_name, [])  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for bound in self._compared():
            if bound.field.show_hidden_initial and bound.name in cleaned:
                self._merge(bound)
            elif bound.field.show_hidden_initial:
                self._excuse(bound)
        return cleaned

    def _compared(self) -> list[BoundField]:
        """Fields of the row that a reader fills in; a file is replaced knowingly."""
        own = {field.name for field in [*self._meta.model._meta.fields, *_links(self)]}
        found = [self[name] for name in self.fields if name in own]
        return [each for each in found if not (each.is_hidden or _is_fixed(each.field))]

    def _merge(self, bound: BoundField) -> None:
        seen = _sent(self, bound)
        if not _differ(bound.field, bound.initial, seen):
            return  # nobody else has touched it
        if not _differ(bound.field, _read(bound.field, seen), bound.data):
            self.cleaned_data[bound.name] = self._stored(bound)  # they have not
        elif _differ(bound.field, bound.initial, bound.data):
            self._ask(bound)

    def _excuse(self, bound: BoundField) -> None:
        """Refused is what they have only been shown: it was offered to them while it was stored
        (out of their scope), and somebody else has put another in its place meanwhile."""
        seen = _sent(self, bound)
        if _differ(bound.field, bound.initial, seen) and _inputs(seen) == _inputs(bound.data):
            del self.errors[bound.name]
            self.cleaned_data[bound.name] = self._stored(bound)

    def _ask(self, bound: BoundField) -> None:
        """From now on the stored value counts as seen, so that saving once more keeps theirs."""
        theirs = self._shown(bound)
        self.add_error(
            bound.name,
            _("Somebody else has saved here meanwhile: “%(theirs)s”. Save again to keep yours.")
            % {"theirs": theirs or "–"},
        )
        request_data: Any = self.data
        sent = request_data.copy()
        for name, value in _as_sent(bound):
            sent.setlist(name, value)
        self.data = sent

    def _stored(self, bound: BoundField) -> Any:
        """As the row has it now; nothing of the form is in it before all fields are clean."""
        stored = getattr(self.instance, bound.name)
        return stored.all() if hasattr(stored, "all") else stored

    def _shown(self, bound: BoundField) -> str:
        """The stored value in words."""
        stored = self._stored(bound)
        if isinstance(stored, QuerySet):
            return ", ".join(str(each) for each in stored)
        display = getattr(self.instance, f"get_{bound.name}_display", None)
        return str(display() if display else localize(stored) if stored is not None else "")


def _is_fixed(field: forms.Field) -> bool:
    return field.disabled or isinstance(field, forms.FileField)


def _links(form: forms.ModelForm) -> Any:
    return form._meta.model._meta.many_to_many


def _sent(form: forms.ModelForm, bound: BoundField) -> Any:
    """What its reader saw when they opened the form."""
    hidden = bound.field.hidden_widget()
    return hidden.value_from_datadict(form.data, form.files, bound.html_initial_name)


def _read(field: forms.Field, sent: Any) -> Any:
    """What was sent as seen, as a value of the field."""
    try:
        return field.to_python(sent)
    except ValidationError:
        return None


def _differ(field: forms.Field, value: object, sent: Any) -> bool:
    """Browsers end lines by two characters."""
    if isinstance(value, str) and isinstance(sent, str):
        return _plain(value) != _plain(sent)
    if isinstance(value, QuerySet):
        value = list(value)
    return bool(field.has_changed(value, sent))


def _inputs(sent: Any) -> list[str]:
    """What was sent for a field, as text, whether or not it is a value of it."""
    parts = sent if isinstance(sent, (list, tuple)) else [sent]
    return sorted(_plain(_text(part)) for part in parts)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _as_sent(bound: BoundField) -> list[tuple[str, list[str]]]:
    """The names and values by which the hidden inputs of the stored value would be sent."""
    field, name = bound.field, bound.html_initial_name
    value = field.prepare_value(bound.initial)
    if isinstance(field, forms.MultiValueField):
        parts = field.widget.decompress(value)
        return [(f"{name}_{number}", [_text(part)]) for number, part in enumerate(parts)]
    if isinstance(value, (list, tuple, QuerySet)):
        return [(name, [_text(each) for each in value])]
    return [(name, [_text(value)])]


def _text(value: object) -> str:
    if isinstance(value, Model):
        return str(value.pk)
    return "" if value is None else str(value)

"""Writing a letter: to whom, in which words, from whom; and the moment it leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core.admin.scoped import CurrentStays
from cluster_portal.core.errors import Refused
from cluster_portal.core.text import cleaning
from cluster_portal.notifications.models import Letter
from cluster_portal.notifications.models.letters import TEXTS
from cluster_portal.notifications.services import letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from cluster_portal.core.letter_audiences import LetterAudience
    from cluster_portal.core.visibility import Reader


def options_of(audience: LetterAudience, user: Reader) -> list[tuple[str, list[tuple[str, Any]]]]:
    """What may narrow an audience: the heading of each group, and its entries with their labels."""
    return [
        (
            str(one.label),
            [(f"{audience.key}.{one.key}={value}", label) for value, label in one.choices(user)],
        )
        for one in audience.narrowings
    ]


class AudiencePicker(forms.CheckboxSelectMultiple):
    """A tick for each audience, and below it those that narrow it."""

    user: Reader

    def render(
        self, name: str, value: object, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        picked = value if isinstance(value, (list, tuple)) else []
        rows = [self._row(each, picked) for each in letters.audiences().values()]
        reminders = [row for row in rows if row["is_reminder"]]
        values = {
            "name": name,
            "rows": [row for row in rows if not row["is_reminder"]],
            "reminders": reminders,
            "is_reminder": any(row["is_picked"] for row in reminders),
        }
        return render_to_string("admin/notifications/audiences.html", values)

    def _row(self, audience: LetterAudience, picked: Sequence[str]) -> dict[str, Any]:
        groups = [
            {
                "label": label,
                "options": [(entry, words, entry in picked) for entry, words in options],
                "is_open": any(entry in picked for entry, _words in options),
            }
            for label, options in options_of(audience, self.user)
        ]
        return {
            "key": audience.key,
            "label": audience.label,
            "is_picked": audience.key in picked or any(group["is_open"] for group in groups),
            "is_reminder": audience.ready is not None,
            "groups": groups,
        }


class AudienceField(forms.MultipleChoiceField):
    """An entry that narrows an audience picks the audience too; some need such an entry."""

    def clean(self, value: object) -> list[str]:
        picked = super().clean(value)
        keys = {entry.partition(".")[0] for entry in picked}
        for each in letters.audiences().values():
            if each.key in keys and each.of_one:
                self._check_one_is_picked(each, picked)
        return sorted({*picked, *keys})

    @staticmethod
    def _check_one_is_picked(audience: LetterAudience, picked: Sequence[str]) -> None:
        if not any(entry.startswith(f"{audience.key}.{audience.of_one}=") for entry in picked):
            raise ValidationError(_("Choose of what: %(audience)s.") % {"audience": audience.label})


class LetterForm(CurrentStays):
    user: Reader
    audience = AudienceField(
        label=gettext_lazy("To whom"),
        widget=AudiencePicker,
        help_text=gettext_lazy(
            "Each reader gets the letter once, also in several groups or organisations."
        ),
        error_messages={"required": gettext_lazy("Choose to whom the letter goes.")},
    )

    class Meta:
        model = Letter
        fields = ("cluster", "audience", *TEXTS, "sender_name", "reply_to")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "audience" not in self.fields:  # a letter that is no draft is only read
            return
        field: Any = self.fields["audience"]
        field.widget.user = self.user
        field.choices = [
            entry
            for each in letters.audiences().values()
            for entry in [
                (each.key, each.label),
                *(one for _label, options in options_of(each, self.user) for one in options),
            ]
        ]
        for name in ("sender_name", "reply_to"):
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in TEXTS:
            if isinstance(cleaned.get(name), str):
                tidy = cleaning.one_line if name.startswith("subject") else cleaning.prose
                cleaned[name] = tidy(cleaned[name])
        if cleaned.get("sender_name"):
            cleaned["sender_name"] = cleaning.one_line(cleaned["sender_name"])
        for language in ("sv", "en"):
            self._check_whole(cleaned, language)
        for name in ("subject_fi", "body_fi"):
            if name in cleaned and not cleaned[name]:
                self.add_error(name, _("Write something that can be read."))
        return cleaned

    def _check_whole(self, cleaned: dict[str, Any], language: str) -> None:
        subject, body = f"subject_{language}", f"body_{language}"
        if subject in cleaned and body in cleaned and bool(cleaned[subject]) != bool(cleaned[body]):
            missing = body if cleaned[subject] else subject
            self.add_error(missing, _("Write both the subject and the text, or neither."))


class SendForm(forms.Form):
    """`seen` is the version that was looked at."""

    at = forms.DateTimeField(
        label=gettext_lazy("Moment of sending"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("Leave it empty and the letter leaves at once."),
    )
    seen = forms.CharField(max_length=60, widget=forms.HiddenInput)

    def clean_at(self) -> Any:
        at = self.cleaned_data["at"]
        try:
            if at is not None:
                letters.check_moment(at)
        except Refused as refusal:
            raise ValidationError(refusal.message) from None
        return at

"""What a funder asks and decides, as the project's own people tell it; and amendments."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.forms.challenges import prose
from projects.forms.content import HundredthsField
from projects.forms.parts import day, title
from projects.models.partnerships import MAX_CENTS
from projects.services.applications import Told

if TYPE_CHECKING:
    import datetime

DATED = {
    "submit": gettext_lazy("Submitted on"),
    "grant": gettext_lazy("Decided on"),
    "reject": gettext_lazy("Decided on"),
}  # fmt: skip


class CompletionForm(forms.Form):
    what = prose(
        4, label=gettext_lazy("What does the funder ask?"), max_length=2000,
        help_text=gettext_lazy("For example, which costs must be explained."),
    )  # fmt: skip
    asked_on = day(gettext_lazy("Asked on"))
    due_on = day(
        gettext_lazy("Last day to answer"),
        help_text=gettext_lazy("The editors are reminded 7, 3 and 1 days before it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"asked_on": timezone.localdate()}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        asked, due = values.get("asked_on"), values.get("due_on")
        if asked and due and due < asked:
            self.add_error("due_on", _("The last day is not before the day of asking."))
        return values


class MoveForm(forms.Form):
    """A step of an application: its day, the sum of a grant, the reason of leaving it."""

    day = day(gettext_lazy("Day"), required=False)
    granted_cents = HundredthsField(label=gettext_lazy("Sum granted, €"), required=False)
    reason = prose(3, label=gettext_lazy("Reason"), max_length=2000, required=False)

    def __init__(self, *args: Any, action: str, **kwargs: Any) -> None:
        kwargs["auto_id"] = f"{action}-%s"  # several stand on one page
        super().__init__(*args, **kwargs)
        if action != "grant":
            del self.fields["granted_cents"]
        if action != "withdraw":
            del self.fields["reason"]
        if action in DATED:
            self.fields["day"].label = DATED[action]
            self.initial["day"] = timezone.localdate()
        else:
            del self.fields["day"]

    def clean_granted_cents(self) -> int | None:
        cents: int = self.cleaned_data["granted_cents"] or 0
        if not 0 <= cents <= MAX_CENTS:
            raise ValidationError(_("Write a sum between 0 and 100 billion euros."))
        return cents or None

    @property
    def told(self) -> Told:
        return Told(**self.cleaned_data)


class AmendForm(forms.Form):
    what = title(
        gettext_lazy("What changes?"), limit=200,
        help_text=gettext_lazy("For example: six months more, or a new partner."),
    )  # fmt: skip
    why = prose(4, label=gettext_lazy("Why?"), max_length=2000)
    asked_on = day(gettext_lazy("Asked on"))
    public_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"asked_on": timezone.localdate(), "public_id": uuid.uuid4()}
        super().__init__(*args, **kwargs)


class DecideForm(forms.Form):
    day = day(gettext_lazy("Decided on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"day": timezone.localdate()}
        super().__init__(*args, **kwargs)

    @property
    def decided_on(self) -> datetime.date:
        found: datetime.date = self.cleaned_data["day"]
        return found

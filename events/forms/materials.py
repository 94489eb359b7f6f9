"""An item of the programme; a material or a recording of an event."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.files import FilesField
from cluster_portal.core.text import web_addresses
from events.forms.proposals import moment_field
from events.models.agenda import MaterialKind, ReadBy, Shown
from members.forms.members import LineField, ProseField

if TYPE_CHECKING:
    from cluster_portal.core.files import Upload
    from events.models import AgendaItem, Event

ITEM = (
    "starts_at",
    "ends_at",
    "title",
    "room",
    "stream",
    "speaker",
    "speaker_agreed",
    "abstract",
    "capacity",
)
FILE_HELP = _("One file of at most 5 MB: pdf, docx, odt, txt, png or jpg. It is checked first.")


class AgendaForm(forms.Form):
    starts_at = moment_field(_("Begins"))
    ends_at = moment_field(_("Ends"), required=False)
    title = LineField(label=_("Title"), max_length=200)
    room = LineField(label=_("Room"), max_length=100, required=False)
    stream = LineField(
        label=_("Parallel stream"), max_length=60, required=False,
        help_text=_("Its name, when several things happen at the same time."),
    )  # fmt: skip
    speaker = LineField(
        label=_("Speakers"), max_length=200, required=False, help_text=_("Name and organisation.")
    )
    speaker_agreed = forms.BooleanField(
        label=_("The speakers have agreed that their names are shown"), required=False,
        help_text=_("Till then the page says that the speaker is told later."),
    )  # fmt: skip
    abstract = ProseField(
        label=_("Abstract"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    capacity = forms.IntegerField(
        label=_("Places in the room"), required=False, min_value=1, max_value=100_000,
        help_text=_("Only where participants choose between parallel streams."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, event: Event, item: AgendaItem | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = (
            {name: getattr(item, name) for name in ITEM} if item else {"starts_at": event.starts_at}
        )
        super().__init__(*args, **kwargs)
        self.event = event

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        starts, ends = values.get("starts_at"), values.get("ends_at")
        if starts and not self.event.starts_at <= starts <= self.event.ends_at:
            self.add_error("starts_at", _("The programme is within the time of the event."))
        if starts and ends and not starts < ends <= self.event.ends_at:
            self.add_error("ends_at", _("It ends after it begins, and before the event ends."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class MaterialForm(forms.Form):
    title = LineField(label=_("Title"), min_length=3, max_length=150)
    kind = forms.ChoiceField(label=_("Kind"), choices=MaterialKind, widget=forms.RadioSelect)
    file = FilesField(limit=1, label=_("File"), help_text=FILE_HELP, required=False)
    link = forms.URLField(
        label=_("Link"), max_length=200, required=False, assume_scheme="https",
        validators=[web_addresses.HTTPS], help_text=_("For a recording, instead of a file."),
    )  # fmt: skip
    read_by = forms.ChoiceField(label=_("Who reads it?"), choices=ReadBy, widget=forms.RadioSelect)
    shown = forms.ChoiceField(label=_("When is it shown?"), choices=Shown, widget=forms.RadioSelect)
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        shown = Shown.AT_ONCE if event.is_over else Shown.AFTERWARDS
        kwargs["initial"] = {
            "form_key": uuid.uuid4(), "kind": MaterialKind.MATERIAL, "shown": shown,
            "read_by": ReadBy.EVERYONE,
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["file"].needed = fields["link"].needed = _("a file or a link")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.errors and bool(values.get("file")) == bool(values.get("link")):
            self.add_error("file", _("Give a file or a link, not both."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "file"}

    @property
    def upload(self) -> Upload | None:
        given = self.cleaned_data.get("file")
        return given[0] if given else None

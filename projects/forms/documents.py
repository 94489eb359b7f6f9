"""A document of a project, and its next version."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.files import FilesField
from members.forms.members import LineField
from projects.models.workspace import ReadBy
from projects.services.documents import Sent

if TYPE_CHECKING:
    from projects.models import ProjectDocument

FILE_HELP = _("One file of at most 5 MB: pdf, docx, odt, txt, png or jpg. It is checked first.")


class _WithFile(forms.Form):
    file = FilesField(limit=1, label=_("File"), help_text=FILE_HELP)
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"form_key": uuid.uuid4()})
        super().__init__(*args, **kwargs)

    @property
    def sent(self) -> Sent:
        values = self.cleaned_data
        return Sent(values["file"][0], values["form_key"], values.get("note", ""))


class DocumentForm(_WithFile):
    title = LineField(label=_("Title of the document"), min_length=3, max_length=150)
    read_by = forms.ChoiceField(
        label=_("Who reads it?"), choices=ReadBy, initial=ReadBy.PARTNERS,
        widget=forms.RadioSelect,
        help_text=_("Nobody reads a document of a project that they do not see."),
    )  # fmt: skip
    field_order = ["title", "file", "read_by"]


class VersionForm(_WithFile):
    note = LineField(
        label=_("What has changed?"), max_length=200, required=False,
        help_text=_("The earlier versions stay."),
    )  # fmt: skip


class DocumentFactsForm(forms.Form):
    title = LineField(label=_("Title of the document"), min_length=3, max_length=150)
    read_by = forms.ChoiceField(label=_("Who reads it?"), choices=ReadBy, widget=forms.RadioSelect)
    seen = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, document: ProjectDocument, **kwargs: Any) -> None:
        reading = document.read_by
        kwargs["initial"] = {"title": document.title, "read_by": reading, "seen": reading}
        super().__init__(*args, **kwargs)

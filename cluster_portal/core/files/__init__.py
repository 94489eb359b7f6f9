"""Files that people send: few kinds, known by their content, stored under names of our own.

`FilesField` reads a form's uploads into `Upload`s; `store` keeps one below no public address;
`answer` gives one out as an attachment that a browser neither guesses at nor runs (TRUST 42–49).
What no row knows any more is removed by `sweep`.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import FileResponse
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster_portal.core.files import kinds
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import marking_in, refuse_marked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.core.files.uploadedfile import UploadedFile

MAX_SIZE = 5 * 1024 * 1024
MAX_FILES = 3
LONGEST_NAME = 100
# What a system or a header reads as something else than a letter of a name.
_UNFIT = re.compile(r'[\\/:*?"<>|;%\u2028\u2029]+')
# "a.html" in "a.html.pdf": a system that hides endings would show it as something else.
_INNER_ENDING = re.compile(r"\.(?=\s*[A-Za-z][A-Za-z0-9]{0,7}(?:[.\s_-]|$))")
FRESH = timedelta(hours=24)
CHUNK = 500


class FileMissing(Exception):
    """The row is there, the file is not."""


@dataclass(frozen=True)
class Upload:
    """A file that has passed: a fit name, its ending, and what is to be stored."""

    name: str
    ending: str
    content: bytes


def clean_name(name: str) -> str:
    """A name fit to be shown and saved: one visible line, no folders, one ending, not too long."""
    plain = cleaning.one_line(PurePath(name.replace("\\", "/")).name)
    stem, dot, ending = _UNFIT.sub("-", plain).rstrip(". ").rpartition(".")
    stem = _INNER_ENDING.sub("-", stem).strip(". ")
    ending = ending.strip().lower()
    if not dot or not stem:
        return ending if not dot else ".".join([_("file"), ending])
    return f"{stem[:LONGEST_NAME].strip()}.{ending[:10]}"


def check(sent: UploadedFile) -> Upload:
    """The upload as it is stored; `ValidationError` says what is wrong and what would do."""
    name = clean_name(sent.name or "")
    ending = name.rpartition(".")[2] if "." in name else ""
    values = {"name": name, "kinds": ", ".join(kinds.KINDS)}
    if ending not in kinds.KINDS:
        raise ValidationError(
            _("“%(name)s” cannot be taken. These kinds of file will do: %(kinds)s.") % values
        )
    if (sent.size or 0) > MAX_SIZE:
        limit = filesizeformat(MAX_SIZE)
        message = _("“%(name)s” is too large: at most %(limit)s a file.")
        raise ValidationError(message % {**values, "limit": limit})
    content = sent.read()
    refuse_marked(name)
    kind = kinds.KINDS[ending]
    try:
        content = kind.examine(content)
        text = kind.text_of(content)
    except kinds.Unfit:
        message = _(
            "“%(name)s” is not a whole %(ending)s file. "
            "Save it anew, or as another kind: %(kinds)s."
        )
        raise ValidationError(message % {**values, "ending": ending.upper()}) from None
    _refuse_marking(name, text)
    return Upload(name, ending, content)


def _refuse_marking(name: str, text: str) -> None:
    marking = marking_in(text)
    if marking:
        message = _(
            "“%(name)s” bears the classification marking “%(marking)s”. "
            "Security-classified or other secret information must not be stored here."
        )
        raise ValidationError(message % {"name": name, "marking": marking}, code="classified")


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; cleaned to a list of `Upload`s."""

    widget = FilesInput

    def __init__(self, *, limit: int = MAX_FILES, **kwargs: Any) -> None:
        self.limit = limit
        endings = ",".join(f".{ending}" for ending in kinds.KINDS)
        super().__init__(widget=FilesInput(attrs={"accept": endings}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data]
        sent = [each for each in given if each]
        if self.required and not sent:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(sent) > self.limit:
            message = ngettext(
                "At most %(count)s file can be added.",
                "At most %(count)s files can be added.",
                self.limit,
            )
            raise ValidationError(message % {"count": self.limit})
        return _checked(sent)


def _checked(sent: Iterable[UploadedFile]) -> list[Upload]:
    """All faults at once, so that nobody has to send the files three times."""
    fit: list[Upload] = []
    faults: list[ValidationError] = []
    for each in sent:
        try:
            fit.append(check(each))
        except ValidationError as fault:
            faults.append(fault)
    if faults:
        raise ValidationError(faults)
    return fit


def store(upload: Upload, folder: str) -> str:
    """Keeps the content under a name of our own making; returns that name."""
    name = f"{folder}/{uuid.uuid4().hex}.{upload.ending}"
    return default_storage.save(name, ContentFile(upload.content))


def answer(stored: str, name: str) -> FileResponse:
    """The file as an attachment that no browser opens by itself; `FileMissing` when it is gone."""
    try:
        content = default_storage.open(stored, "rb")
    except OSError:
        raise FileMissing(stored) from None
    kind = kinds.KINDS.get(stored.rpartition(".")[2])
    response = FileResponse(
        content,
        as_attachment=True,
        filename=clean_name(name),
        content_type=kind.media_type if kind else "application/octet-stream",
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def discard(stored: str) -> None:
    """Removes a stored file; one that is gone already is no fault."""
    if stored:
        default_storage.delete(stored)


def sweep(folder: str, known: Callable[[list[str]], set[str]]) -> int:
    """Removes files older than a day that no row knows: of killed uploads and erased people.

    `known` gets a chunk of stored names and returns those that a row still holds.
    """
    try:
        names = [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
    except OSError:
        return 0
    old = timezone.now() - FRESH
    removed = 0
    for start in range(0, len(names), CHUNK):
        chunk = names[start : start + CHUNK]
        held = known(chunk)
        for name in chunk:
            if name not in held and default_storage.get_modified_time(name) < old:
                default_storage.delete(name)
                removed += 1
    return removed

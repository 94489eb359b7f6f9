"""What a project leaves behind: its operating model, its transfer list, and the archive of it."""

from __future__ import annotations

import zipfile
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Overtaken, Refused
from cluster_portal.core.files import clean_name
from projects.models import Project, ProjectLegacy, TransferItem
from projects.services.decision_drafts import NONE_YET
from projects.services.entries import refuse_late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from members.models import User
    from projects.models import DocumentVersion, ResultFile

    Stored = ResultFile | DocumentVersion

# Of files in one archive, for account holders and for visitors; the index names what is beyond.
MAX_BYTES, VISITORS_BYTES = 100 * 1024 * 1024, 20 * 1024 * 1024
CHUNK = 64 * 1024
MOST_TRANSFERS = 100


def _locked(project: Project, by: User) -> Project:
    rows = Project.objects.select_for_update(of=("self",), no_key=True)
    project = rows.get(pk=project.pk)
    if not project.is_editable_by(by):
        raise Refused(_("You cannot do this."))
    return project


@transaction.atomic
def save_legacy(
    project: Project, values: dict[str, Any], *, by: User, seen: str = ""
) -> ProjectLegacy:
    """`seen` is the `stamp` of what the editor saw, or `NONE_YET`: another's change is not lost."""
    project = _locked(project, by)
    legacy = ProjectLegacy.objects.filter(project=project).first()
    if legacy is not None and seen != legacy.stamp:
        if seen == NONE_YET and all(getattr(legacy, name) == values[name] for name in values):
            return legacy  # the same first form came twice
        raise Overtaken
    legacy = legacy or ProjectLegacy(project=project)
    for name, value in values.items():
        setattr(legacy, name, value)
    legacy.save()
    audit.record(project, "operating model written", by=by)
    return legacy


@transaction.atomic
def save_transfer(
    project: Project,
    values: dict[str, Any],
    *,
    by: User,
    item: TransferItem | None = None,
    seen: str = "",
) -> TransferItem:
    """A new one, or a change to `item`; the same form adds one thing. `seen` is the `stamp` of
    what the editor saw: another's change is not lost."""
    project = _locked(project, by)
    if item is None:
        known = made_by(TransferItem, values["form_key"], project=project)
        return known or _store(_another(project), values, by)
    row = project.transfers.get(pk=item.pk)
    refuse_late(row, seen)
    return _store(row, values, by)


def _another(project: Project) -> TransferItem:
    if project.transfers.count() >= MOST_TRANSFERS:
        raise Refused(_("The list is full: at most %(count)s things.") % {"count": MOST_TRANSFERS})
    return TransferItem(project=project)


def _store(row: TransferItem, values: dict[str, Any], by: User) -> TransferItem:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    audit.record(row.project, "transfer list changed", by=by, details={"what": row.pk})
    return row


def name_in_archive(file: ResultFile | DocumentVersion) -> str:
    return f"{file.pk}-{clean_name(file.name)}"


def archive(pages: dict[str, str], files: Iterable[tuple[str, Stored]]) -> Iterator[bytes]:
    """A ZIP file, made on disk: pages by their path, then files by their folder."""
    with TemporaryFile() as made:
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
            for path, page in pages.items():
                packed.writestr(path, page)
            for folder, file in files:
                try:
                    with default_storage.open(str(file.file), "rb") as content:
                        packed.writestr(f"{folder}/{name_in_archive(file)}", content.read())
                except OSError:  # named in the index, and gone
                    continue
        made.seek(0)
        while chunk := made.read(CHUNK):
            yield chunk


def fitting(
    files: Iterable[Stored], *, is_visitor: bool = False
) -> tuple[list[Stored], list[Stored]]:
    """Those that fit into one archive, in their order, and those that are left out."""
    inside: list[Stored] = []
    outside: list[Stored] = []
    size, most = 0, VISITORS_BYTES if is_visitor else MAX_BYTES
    for file in files:
        fits = size + file.size <= most
        (inside if fits else outside).append(file)
        size += file.size if fits else 0
    return inside, outside

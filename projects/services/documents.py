"""Documents of a project: added by whoever works in it, a new version beside the old ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, files
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Overtaken, Refused
from projects.models import DocumentVersion, Project, ProjectDocument
from projects.models.workspace import ReadBy, works_in

if TYPE_CHECKING:
    from uuid import UUID

    from cluster_portal.core.files import Upload
    from members.models import User

FOLDER = "documents"
MOST_DOCUMENTS, MOST_VERSIONS = 100, 50


@dataclass(frozen=True)
class Sent:
    """A file that has passed the checks; `form_key` makes sending it twice one version."""

    upload: Upload
    form_key: UUID
    note: str = ""


@transaction.atomic
def add_document(
    project: Project, sent: Sent, *, title: str, read_by: str, by: User
) -> ProjectDocument:
    project = _locked(project, by)
    known = made_by(ProjectDocument, sent.form_key, project=project, author=by)
    if known is not None:
        return known
    if project.documents.count() >= MOST_DOCUMENTS:
        raise Refused(_("A project has at most %(count)s documents.") % {"count": MOST_DOCUMENTS})
    document = ProjectDocument.objects.create(
        project=project, form_key=sent.form_key, title=title, read_by=read_by, author=by
    )
    _keep(document, sent, number=1, by=by)
    audit.record(document, "document added", by=by)
    return document


@transaction.atomic
def add_version(document: ProjectDocument, sent: Sent, *, by: User) -> DocumentVersion:
    """The project's lock gives two senders two numbers."""
    project = _locked(document.project, by)
    document = _editable(document, by)
    known = made_by(DocumentVersion, sent.form_key, document=document, sender=by)
    if known is not None:
        return known
    last = document.versions.aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_VERSIONS:
        raise Refused(_("The document has as many versions as can be kept. Add a new document."))
    document.updated_at = timezone.now()
    document.save(update_fields=["updated_at"])
    version = _keep(document, sent, number=last + 1, by=by)
    audit.record(document, "document version added", by=by, details={"number": version.number})
    document.project = project
    return version


def _keep(document: ProjectDocument, sent: Sent, *, number: int, by: User) -> DocumentVersion:
    """What a rollback leaves behind in the folder, the sweep takes."""
    return DocumentVersion.objects.create(
        document=document, form_key=sent.form_key, number=number, name=sent.upload.name,
        file=files.store(sent.upload, FOLDER), size=len(sent.upload.content), note=sent.note,
        sender=by,
    )  # fmt: skip


@transaction.atomic
def edit_document(
    document: ProjectDocument, *, title: str, read_by: str, by: User, seen: str
) -> ProjectDocument:
    """`seen` is who read it when the editor opened the form: it is not opened again unawares."""
    _locked(document.project, by)
    document = _editable(document, by)
    if seen != document.read_by:
        raise Overtaken
    if (document.title, document.read_by) == (title, read_by):
        return document
    readers = audit.change(read_by=(document.read_by, read_by))
    document.title, document.read_by = title, read_by
    document.save(update_fields=["title", "read_by"])
    audit.record(document, "document edited", by=by, details=readers)
    return document


@transaction.atomic
def remove_document(document: ProjectDocument, *, by: User) -> None:
    """With all of its versions, whose files go once this is certain."""
    project = _locked(document.project, by)
    document = _editable(document, by)
    stored = list(document.versions.values_list("file", flat=True))
    audit.record(project, "document removed", by=by, details={"document": document.pk})
    document.delete()
    for name in stored:
        transaction.on_commit(partial(files.discard, name))


def record_reading(version: DocumentVersion, *, by: User) -> None:
    """What is not for everyone is read on the record."""
    if version.document.read_by != ReadBy.PUBLIC and version.sender_id != by.pk:
        audit.record(version.document, "file read", by=by, details={"number": version.number})


def _locked(project: Project, by: User) -> Project:
    project = Project.objects.select_for_update(of=("self",), no_key=True).get(pk=project.pk)
    if not works_in(project, by):
        raise Refused(_("You no longer work in this project."))
    return project


def _editable(document: ProjectDocument, by: User) -> ProjectDocument:
    found = ProjectDocument.objects.editable_by(by).filter(pk=document.pk).first()
    if found is None:
        raise Refused(_("The document is changed by who added it, or by the project’s editors."))
    return found


def sweep_files() -> int:
    def known(names: list[str]) -> set[str]:
        return set(DocumentVersion.objects.filter(file__in=names).values_list("file", flat=True))

    return files.sweep(FOLDER, known)

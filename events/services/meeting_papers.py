"""Papers of a meeting: added by who looks after it, a new version beside the old ones."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cluster_portal.core import audit, files
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Refused
from events.models import Meeting, MeetingPaper, PaperVersion
from events.models.bodies import PapersBy
from events.services.meetings import lock_to_edit

if TYPE_CHECKING:
    from uuid import UUID

    from cluster_portal.core.files import Upload
    from members.models import User

FOLDER = "meetings"
MOST_PAPERS, MOST_VERSIONS = 60, 50


@transaction.atomic
def add_paper(
    meeting: Meeting, values: dict[str, Any], upload: Upload, *, form_key: UUID, by: User
) -> MeetingPaper:
    meeting = lock_to_edit(meeting, by)
    known = made_by(PaperVersion, form_key, sender=by)
    if known is not None:
        return known.paper
    if meeting.papers.count() >= MOST_PAPERS:
        raise Refused(_("A meeting has at most %(count)s papers.") % {"count": MOST_PAPERS})
    paper = MeetingPaper.objects.create(meeting=meeting, **values)
    _store(paper, upload, 1, form_key, by)
    audit.record(meeting, "paper added", by=by, details={"paper": paper.pk})
    return paper


@transaction.atomic
def add_version(paper: MeetingPaper, upload: Upload, *, form_key: UUID, by: User) -> PaperVersion:
    """The meeting's lock gives two senders two numbers."""
    meeting = lock_to_edit(paper.meeting, by)
    known = made_by(PaperVersion, form_key, paper=paper)
    if known is not None:
        return known
    last = paper.versions.aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_VERSIONS:
        raise Refused(_("The document has as many versions as can be kept. Add a new document."))
    version = _store(paper, upload, last + 1, form_key, by)
    audit.record(meeting, "paper version added", by=by, details={"number": version.number})
    return version


def _store(
    paper: MeetingPaper, upload: Upload, number: int, form_key: UUID, by: User
) -> PaperVersion:
    return PaperVersion.objects.create(
        paper=paper, form_key=form_key, number=number, name=upload.name, sender=by,
        file=files.store(upload, FOLDER), size=len(upload.content),
    )  # fmt: skip


@transaction.atomic
def remove_paper(paper: MeetingPaper, *, by: User) -> None:
    """Of approved minutes the papers stay."""
    meeting = lock_to_edit(paper.meeting, by)
    if meeting.is_approved:
        raise Refused(_("The minutes are approved, so their papers stay."))
    stored = list(paper.versions.values_list("file", flat=True))
    audit.record(meeting, "paper removed", by=by, details={"paper": paper.pk})
    paper.delete()
    for name in stored:
        transaction.on_commit(partial(files.discard, name))


def record_reading(version: PaperVersion, *, by: User) -> None:
    if version.paper.read_by != PapersBy.PUBLIC and version.sender_id != by.pk:
        audit.record(version.paper.meeting, "file read", by=by, details={"number": version.number})


def sweep_files() -> int:
    def known(names: list[str]) -> set[str]:
        return set(PaperVersion.objects.filter(file__in=names).values_list("file", flat=True))

    return files.sweep(FOLDER, known)

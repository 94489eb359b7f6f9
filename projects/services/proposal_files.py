"""Files of a proposal: kept with it, taken back by who may change it, swept when it is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit, files
from cluster_portal.core.errors import Refused
from projects.models import ProposalFile
from projects.services.challenges import locked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.files import Upload
    from members.models import User
    from projects.models import Proposal

FOLDER = "proposals"


def keep_files(proposal: Proposal, sent: Iterable[Upload]) -> None:
    """Under the lock of who saves the proposal; what a rollback leaves behind, the sweep takes."""
    sent = list(sent)
    if sent and proposal.files.count() + len(sent) > files.MAX_FILES:
        raise Refused(
            _("A proposal has at most %(count)s files. Remove one first.")
            % {"count": files.MAX_FILES}
        )
    for upload in sent:
        ProposalFile.objects.create(
            proposal=proposal,
            name=upload.name,
            file=files.store(upload, FOLDER),
            size=len(upload.content),
        )


@transaction.atomic
def remove_file(file: ProposalFile, *, by: User) -> None:
    """Under the challenge's lock, so that nothing of what was sent changes after the deadline."""
    locked(file.proposal.challenge)
    if not ProposalFile.objects.editable_by(by).contains(file):
        raise Refused(_("The proposal can no longer be changed."))
    audit.record(file.proposal, "file removed", by=by, details={"file": file.pk})
    file.delete()
    transaction.on_commit(lambda: files.discard(file.file.name or ""))


def sweep_files() -> int:
    def known(names: list[str]) -> set[str]:
        return set(ProposalFile.objects.filter(file__in=names).values_list("file", flat=True))

    return files.sweep(FOLDER, known)

"""Reading and removing the files of a proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core import audit, files
from cluster_portal.core.http import refusal_as_message
from cluster_portal.core.visibility import audience
from projects.models import ProposalFile
from projects.services.proposal_files import remove_file

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import FileResponse, HttpRequest, HttpResponse


@require_safe
def proposal_file(request: HttpRequest, public_id: UUID) -> HttpResponse | FileResponse:
    rows = ProposalFile.objects.visible_to(request.user).select_related("proposal__challenge")
    file = get_object_or_404(rows, public_id=public_id)
    reader: Any = request.user
    if file.proposal.organisation_id not in audience(reader).organisations:
        audit.record(file.proposal, "file read", by=reader, details={"file": file.pk})
    try:
        return files.answer(str(file.file), file.name)
    except files.FileMissing:
        return render(request, "projects/proposal_file_missing.html", {"file": file}, status=404)


@require_POST
def proposal_file_remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    rows = ProposalFile.objects.editable_by(request.user).select_related("proposal__challenge")
    file = get_object_or_404(rows, public_id=public_id)
    user: Any = request.user
    with refusal_as_message(request):
        remove_file(file, by=user)
        messages.success(request, _("The file has been removed."))
    return redirect(file.proposal)

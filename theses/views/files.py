"""Files of an application: given out to its readers, taken back by its student."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core import audit, files
from cluster_portal.core.http import refusal_as_message
from theses.models import ApplicationFile
from theses.services import applications

if TYPE_CHECKING:
    from django.http import FileResponse, HttpRequest, HttpResponse


@require_safe
def application_file(request: HttpRequest, public_id: Any) -> HttpResponse | FileResponse:
    rows = ApplicationFile.objects.visible_to(request.user).select_related("application")
    file = get_object_or_404(rows, public_id=public_id)
    reader: Any = request.user
    if reader.pk != file.application.student_id:
        audit.record(file.application, "file read", by=reader, details={"file": file.pk})
    try:
        return files.answer(str(file.file), file.name)
    except files.FileMissing:
        return render(request, "theses/application_file_missing.html", {"file": file}, status=404)


@require_POST
def application_file_remove(request: HttpRequest, public_id: Any) -> HttpResponse:
    rows = ApplicationFile.objects.editable_by(request.user).select_related("application__topic")
    file = get_object_or_404(rows, public_id=public_id)
    user: Any = request.user
    with refusal_as_message(request):
        applications.remove_file(file, by=user)
        messages.success(request, _("The file has been removed."))
    return redirect(file.application)

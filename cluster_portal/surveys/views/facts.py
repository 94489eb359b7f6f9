"""What becomes of an answer, as its organisation decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cluster_portal.core.http import refusal_as_message
from cluster_portal.core.numbers import whole_of
from cluster_portal.surveys.models import Response
from cluster_portal.surveys.services import facts

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_POST
def records(request: HttpRequest, public_id: UUID) -> HttpResponse:
    response = get_object_or_404(Response.objects.visible_to(request.user), public_id=public_id)
    sections = request.POST.getlist("section")
    with refusal_as_message(request):
        if request.POST.get("do") == "refuse":
            made = facts.refuse_facts(response, sections, by=request.user)
            said = ngettext("%(n)s was not recorded.", "%(n)s were not recorded.", len(made))
        else:
            read = whole_of(request.POST.get("revision", ""))
            revision = -1 if read is None else read
            made = facts.confirm_facts(response, sections, by=request.user, revision=revision)
            said = ngettext("%(n)s was recorded.", "%(n)s were recorded.", len(made))
        messages.success(request, said % {"n": len(made)})
    return redirect(f"{response.get_absolute_url()}#records")

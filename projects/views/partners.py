"""Partner search, and turning down a member that is suggested for a role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core import feeds
from cluster_portal.core.http import refusal_as_message
from projects.models import Project, RoleSuggestion
from projects.pages import partners
from projects.services.role_matching import dismiss

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_safe
def partner_list(request: HttpRequest) -> HttpResponse:
    return partners.PARTNERS.response(request)


@login_not_required
@require_safe
def partner_feed(request: HttpRequest) -> HttpResponse:
    return feeds.atom(partners.PARTNERS, request)


@require_POST
def suggestion_dismiss(request: HttpRequest, slug: str) -> HttpResponse:
    """Pressed twice, or of a role that has been filled meanwhile, it changes nothing."""
    user: Any = request.user
    idea = get_object_or_404(Project.objects.editable_by(user), slug=slug)
    key = request.POST.get("suggestion", "")
    if not key.isdecimal() or not key.isascii() or len(key) > 18:
        raise Http404
    suggestion = get_object_or_404(RoleSuggestion, pk=int(key), role__project=idea)
    with refusal_as_message(request):
        dismiss(suggestion, by=user)
        messages.success(request, _("It is not suggested for this role again."))
    return redirect(f"{idea.get_absolute_url()}#suggestions-title")

"""Related initiatives: the list, one of them, proposing, publishing, and where we overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.http import has_done, refusal_as_message
from members.forms.related import InitiativeForm
from members.models import RelatedCluster
from members.services import related
from projects.pages import initiatives

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_safe
def initiative_list(request: HttpRequest) -> HttpResponse:
    return initiatives.INITIATIVES.response(request)


@login_not_required
@require_safe
def initiative_detail(request: HttpRequest, slug: str) -> HttpResponse:
    rows = RelatedCluster.objects.visible_to(request.user).with_shown()
    initiative = get_object_or_404(rows, slug=slug)
    values = initiatives.values(initiative, request.user)
    return render(request, "projects/initiative_detail.html", values)


@login_not_required
@require_safe
def initiative_overlap(request: HttpRequest) -> HttpResponse:
    return render(request, "projects/initiative_overlap.html", initiatives.overlap(request.user))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def initiative_propose(request: HttpRequest) -> HttpResponse:
    """A visitor, and who is no member, reads who proposes and how to become one."""
    name = _("Propose an initiative")
    context: dict[str, Any] = {"name": name, "trail": initiatives.trail(name)}
    if not initiatives.may_propose(request.user):
        return render(request, "projects/initiative_why.html", context)
    form = InitiativeForm(request.POST or None, user=request.user)
    made: list[RelatedCluster] = []
    if has_done(
        request, form, lambda: made.append(related.propose(form.values, by=request.user)),
        _("Thank you. A coordinator reads it; you are told when it is published."),
    ):  # fmt: skip
        return redirect(made[0])
    status = 422 if form.errors else 200
    context["form"] = form
    return render(request, "projects/initiative_form.html", context, status=status)


@require_POST
def initiative_move(request: HttpRequest, slug: str, action: str) -> HttpResponse:
    initiative = get_object_or_404(RelatedCluster.objects.editable_by(request.user), slug=slug)
    with refusal_as_message(request):
        reason = request.POST.get("reason", "")
        moved = related.move(initiative, action, by=request.user, reason=reason)
        stage = {"stage": moved.get_stage_display()}
        messages.success(request, _("The state is now “%(stage)s”.") % stage)
    return redirect(initiative)

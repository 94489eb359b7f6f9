"""Challenges: the list, a challenge's page, publishing and deciding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core.http import refusal_as_message
from projects.models import Challenge
from projects.models.challenges import MOVES
from projects.pages import challenges
from projects.pages.lists import CHALLENGES
from projects.services import openings
from projects.services.challenges import move_challenge

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE_MOVES = MOVES.without("solve", "give_up")  # decided on the page of the proposals


@login_not_required
@require_safe
def challenge_list(request: HttpRequest) -> HttpResponse:
    return CHALLENGES.response(request)


@login_not_required
@require_safe
def challenge_detail(request: HttpRequest, slug: str) -> HttpResponse:
    user = request.user
    visible = Challenge.objects.visible_to(user).select_related("home_cluster", "contact")
    editable = Challenge.objects.editable_by(user).filter(pk=OuterRef("pk"))
    rows = challenges.with_owner(visible, user).annotate(is_editor=Exists(editable))
    challenge = rows.prefetch_related("terms", "proposals").filter(slug=slug).first()
    if challenge is None:
        teaser = challenges.teaser(slug, user)
        return render(request, "projects/challenge_teaser.html", teaser)
    challenge.remember_editor(user, is_editor=challenge.is_editor)
    context = challenges.values(challenge, user=user)
    openings.note_opening(challenge, user)
    context["moves"] = PAGE_MOVES.open_to(challenge, user)
    return render(request, "projects/challenge_detail.html", context)


@require_POST
def challenge_move(request: HttpRequest, slug: str, action: str) -> HttpResponse:
    challenge = get_object_or_404(Challenge.objects.editable_by(request.user), slug=slug)
    with refusal_as_message(request):
        reason = request.POST.get("reason", "")
        moved = move_challenge(challenge, action, by=request.user, reason=reason)
        stage = {"stage": moved.get_stage_display()}
        messages.success(request, _("The state is now “%(stage)s”.") % stage)
    return redirect(challenge)

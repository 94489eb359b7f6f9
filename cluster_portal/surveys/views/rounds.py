"""Rounds: the list, a round's page, its coverage; an interviewer's talks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core.http import page_of, refusal_as_message
from cluster_portal.surveys.forms.rounds import DayForm
from cluster_portal.surveys.models import Response, Round
from cluster_portal.surveys.models.responses import speaks_for
from cluster_portal.surveys.models.rounds import Mode, Stage
from cluster_portal.surveys.pages import coverage, interviews, rounds
from cluster_portal.surveys.services import invitations

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    return rounds.ROUNDS.response(request)


@login_not_required
@require_safe
def round_detail(request: HttpRequest, slug: str) -> HttpResponse:
    survey_round = get_object_or_404(rounds.complete(request.user), slug=slug)
    context = rounds.values(survey_round, request.user)
    return render(request, "surveys/round.html", context)


@require_safe
def round_coverage(request: HttpRequest, slug: str) -> HttpResponse:
    mine = Round.objects.editable_by(request.user).select_related("home_cluster", "version")
    survey_round = get_object_or_404(mine, slug=slug)
    wanted = request.GET.get("state", "")
    page = page_of(request, coverage.rows_of(survey_round, wanted), 50)
    context = {**coverage.page(survey_round, wanted), "page": page,
               "lines": coverage.lines(page.object_list)}  # fmt: skip
    return render(request, "surveys/coverage.html", context)


@require_safe
def round_room(request: HttpRequest, slug: str) -> HttpResponse:
    """The link of an anonymous round, large enough for a room."""
    mine = Round.objects.editable_by(request.user).filter(mode=Mode.ANONYMOUS)
    survey_round = get_object_or_404(mine.exclude(stage=Stage.DRAFT), slug=slug)
    return render(request, "surveys/room.html", coverage.room_link(survey_round))


@require_safe
def interview_list(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    return render(request, "surveys/interviews.html", interviews.values(user))


def _talk(request: HttpRequest, public_id: UUID) -> Response:
    return get_object_or_404(Response.objects.visible_to(request.user), public_id=public_id)


@require_POST
def interview_agree(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """By the interviewer, from the list of talks, or by who is asked, from the answer's page."""
    response, form = _talk(request, public_id), DayForm(request.POST)
    user: Any = request.user
    back = redirect(response) if speaks_for(response, user) else redirect("surveys:interviews")
    if not form.is_valid():
        messages.error(request, _("Choose a day first."))
        return back
    with refusal_as_message(request):
        invitations.agree(response, form.cleaned_data["day"], by=user)
        messages.success(request, _("The day is agreed. The other side gets a message."))
    return back


@require_POST
def interview_hold(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Held today; then the answers are written down."""
    response = _talk(request, public_id)
    user: Any = request.user
    with refusal_as_message(request):
        invitations.hold(response, by=user)
        messages.success(request, _("The talk is marked as held. Write down the answers."))
        return redirect(response)
    return redirect("surveys:interviews")

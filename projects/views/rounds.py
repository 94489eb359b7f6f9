"""Parts in goals, comments on a draft, reviews, the follow-up report and its file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core import exports
from cluster_portal.core.http import has_done, refusal_as_message
from projects.forms.rounds import CommentForm, ReviewForm
from projects.models import GoalPart, Programme, Review
from projects.pages import ownership, programmes, stakeholders
from projects.pages import rounds as page
from projects.services import rounds
from projects.services.ownership import answer_part

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from cluster_portal.core.visibility import Reader


@require_safe
def goal_part(request: HttpRequest, public_id: UUID) -> HttpResponse:
    rows = GoalPart.objects.editable_by(request.user)
    part = get_object_or_404(
        rows.select_related("goal__programme__home_cluster", "organisation"), public_id=public_id
    )
    later = ownership.in_force(part)
    if later.pk != part.pk:
        return redirect(later)
    return render(request, "projects/goal_part.html", ownership.values(part, request.user))


@require_POST
def goal_part_move(request: HttpRequest, public_id: UUID, action: str) -> HttpResponse:
    part = get_object_or_404(GoalPart.objects.editable_by(request.user), public_id=public_id)
    user: Any = request.user
    with refusal_as_message(request):
        reason = request.POST.get("reason", "")[:600]
        moved = answer_part(part, action, by=user, reason=reason)
        messages.success(request, _("Thank you. The answer is: %(stage)s.") % {
            "stage": moved.get_stage_display().lower()
        })  # fmt: skip
    return redirect(part)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_comment(request: HttpRequest, cluster: str, version: int) -> HttpResponse:
    programme = _programme(request, cluster, version)
    user: Any = request.user
    if not programme.takes_comments:
        messages.info(request, _("The comment round is over."))
        return redirect(programme)
    form = CommentForm(request.POST or None, programme=programme)
    said = _("Thank you. Your comment is recorded, and you can write another one.")
    if has_done(request, form, partial(_comment, programme, form, user), said):
        return redirect(f"{programme.get_absolute_url()}#comments")
    context = {
        "programme": programme, "form": form, "comments": page.comments(programme, request.user),
        "trail": _trail(programme, _("Comment")),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "projects/programme_comment.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def review_hold(request: HttpRequest, public_id: UUID) -> HttpResponse:
    rows = Review.objects.editable_by(request.user).select_related("programme__home_cluster")
    review = get_object_or_404(rows, public_id=public_id)
    user: Any = request.user
    form = ReviewForm(request.POST or None)
    said = _("The review is recorded.")
    if has_done(request, form, partial(_hold, review, form, user), said):
        return redirect(review)
    blocks = programmes.goal_blocks(review.programme, request.user)
    context = {
        "review": review, "programme": review.programme, "form": form,
        "stats": programmes.stats(blocks), "trail": _trail(review.programme, _("Review")),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "projects/review_hold.html", context, status=status)


@login_not_required
@require_safe
def programme_report(request: HttpRequest, cluster: str, version: int) -> HttpResponse:
    programme = _programme(request, cluster, version)
    blocks = programmes.goal_blocks(programme, request.user)
    context = {
        "programme": programme, "blocks": blocks, "stats": programmes.stats(blocks),
        "clock": page.clock(programme),
        "trail": _trail(programme, _("Follow-up report")),
    }  # fmt: skip
    return render(request, "projects/programme_report.html", context)


@login_not_required
@require_safe
def programme_continuity(request: HttpRequest, cluster: str, version: int) -> HttpResponse:
    programme = _programme(request, cluster, version)
    context = {
        **page.continuity(programme, request.user), "programme": programme,
        "trail": _trail(programme, _("Influence and continuity")),
    }  # fmt: skip
    return render(request, "projects/programme_continuity.html", context)


@login_not_required
@require_safe
def programme_stakeholders(request: HttpRequest, cluster: str, version: int) -> HttpResponse:
    programme = _programme(request, cluster, version)
    context = {
        **stakeholders.values(programme, request.user), "programme": programme,
        "trail": _trail(programme, _("Stakeholders who were heard")),
    }  # fmt: skip
    return render(request, "projects/programme_stakeholders.html", context)


@login_not_required
@require_safe
def programme_csv(request: HttpRequest, cluster: str, version: int) -> HttpResponse:
    programme = _programme(request, cluster, version)
    blocks = programmes.goal_blocks(programme, request.user)
    name = f"programme-{cluster}-{version}"
    return exports.csv_response(name, page.report_head(), page.report_rows(blocks))


def _comment(programme: Programme, form: CommentForm, user: Reader) -> None:
    rounds.comment(programme, by=user, **form.cleaned_data)


def _hold(review: Review, form: ReviewForm, user: Reader) -> None:
    rounds.hold_review(review, form.cleaned_data["words"], by=user)


def _trail(programme: Programme, name: str) -> list[dict[str, Any]]:
    return [
        {"name": _("Action programme"), "url": programme.get_absolute_url()},
        {"name": name},
    ]


@require_POST
def comment_round_open(request: HttpRequest, cluster: str, version: int) -> HttpResponse:
    rows = Programme.objects.editable_by(request.user)
    programme = get_object_or_404(rows, home_cluster__slug=cluster, version=version)
    user: Any = request.user
    with refusal_as_message(request):
        count = rounds.open_round(programme, by=user)
        messages.success(request, _("Told to %(count)d people.") % {"count": count})
    return redirect(programme)


def _programme(request: HttpRequest, cluster: str, version: int) -> Programme:
    rows = Programme.objects.visible_to(request.user).select_related("home_cluster", "organisation")
    found = rows.filter(home_cluster__slug=cluster, version=version).first()
    if found is None:
        raise Http404
    return found

"""Situation reviews and evaluations of pilots: reading, writing, approving, sending."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core import feeds
from cluster_portal.core.http import has_done, refusal_as_message
from cluster_portal.knowledge.forms.situation import EvaluationForm, ReviewForm
from cluster_portal.knowledge.models import Evaluation, SituationReview, periods
from cluster_portal.knowledge.models.periods import Interval
from cluster_portal.knowledge.models.reviews import Stage
from cluster_portal.knowledge.pages import reviews as page
from cluster_portal.knowledge.pages.situation import trail
from cluster_portal.knowledge.services import situation as services
from members.models import Cluster, Organisation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_safe
def review_list(request: HttpRequest) -> HttpResponse:
    return page.REVIEWS.response(request)


@login_not_required
@require_safe
def review_feed(request: HttpRequest) -> HttpResponse:
    return feeds.atom(page.REVIEWS, request)


@login_not_required
@require_safe
def review_detail(request: HttpRequest, slug: str) -> HttpResponse:
    review = get_object_or_404(page.of_reader(request.user), slug=slug)
    return render(request, "knowledge/review_detail.html", page.values(review, request.user))


@require_POST
def review_new(request: HttpRequest) -> HttpResponse:
    """The review of a quarter: the one that there is, or a new draft."""
    rows = Cluster.objects.managed_by(request.user)
    cluster = get_object_or_404(rows, slug=request.POST.get("cluster", ""))
    given = periods.read(request.POST.get("period", ""), Interval.QUARTER)
    user: Any = request.user
    if given is None:
        messages.error(request, _("Write the quarter as Q3/2026."))
        return redirect("situation:reviews")
    with refusal_as_message(request):
        review = services.begin_review(cluster, given, by=user)
        name = "review_edit" if review.stage == Stage.DRAFT else "review"
        return redirect(f"situation:{name}", review.slug)
    return redirect("situation:reviews")


@require_http_methods(["GET", "HEAD", "POST"])
def review_edit(request: HttpRequest, slug: str) -> HttpResponse:
    rows = SituationReview.objects.editable_by(request.user)
    review = get_object_or_404(rows.select_related("home_cluster__region"), slug=slug)
    if review.stage != Stage.DRAFT:
        return redirect(review)
    form = ReviewForm(request.POST or None, review=review)
    user: Any = request.user
    seen = request.POST.get("seen", "")
    if has_done(
        request, form,
        lambda: services.edit_review(review, form.texts, form.assessed, by=user, seen=seen),
        _("The review is saved."),
    ):  # fmt: skip
        return redirect(review)
    above = (page.REVIEWS_TITLE, reverse("situation:reviews"))
    context = {
        "form": form, "review": review, "heading": review.title, "current": "situation",
        "trail": trail(above, (review.title, review.get_absolute_url()), _("Edit")),
    }  # fmt: skip
    return _form(request, "knowledge/review_edit.html", context)


def _form(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return render(request, template, context, status=status)


@require_POST
def review_move(request: HttpRequest, slug: str, action: str) -> HttpResponse:
    rows = SituationReview.objects.editable_by(request.user)
    review = get_object_or_404(rows, slug=slug)
    user: Any = request.user
    with refusal_as_message(request):
        reason = request.POST.get("reason", "")
        moved = services.move_review(review, action, by=user, reason=reason)
        stage = {"stage": moved.get_stage_display()}
        messages.success(request, _("The state is now “%(stage)s”.") % stage)
    return redirect(review)


@require_POST
def review_agree(request: HttpRequest, slug: str) -> HttpResponse:
    review = get_object_or_404(SituationReview.objects.visible_to(request.user), slug=slug)
    wanted = request.POST.get("organisation", "")[:100]
    rows = Organisation.objects.visible_to(request.user)
    organisation = get_object_or_404(rows, slug=wanted)
    user: Any = request.user
    with refusal_as_message(request):
        services.agree(
            review, organisation, agrees=request.POST.get("agrees") == "yes",
            otherwise=request.POST.get("otherwise", ""), by=user,
        )  # fmt: skip
        messages.success(request, _("Your organisation’s opinion is kept."))
    return redirect(review)


@require_POST
def review_letter(request: HttpRequest, slug: str) -> HttpResponse:
    """A draft of a letter, opened where letters are written: to whom, a test, its moment."""
    rows = SituationReview.objects.editable_by(request.user)
    review = get_object_or_404(rows, slug=slug)
    user: Any = request.user
    with refusal_as_message(request):
        letter = services.write_letter(review, by=user)
        return redirect("admin:notifications_letter_change", letter.pk)
    return redirect(review)


@login_not_required
@require_safe
def evaluation_list(request: HttpRequest) -> HttpResponse:
    return page.EVALUATIONS.response(request)


@login_not_required
@require_safe
def evaluation_feed(request: HttpRequest) -> HttpResponse:
    return feeds.atom(page.EVALUATIONS, request)


@login_not_required
@require_safe
def evaluation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Evaluation.objects.visible_to(request.user).select_related("pilot", "home_cluster")
    evaluation = get_object_or_404(rows, slug=slug)
    values = page.evaluation_values(evaluation, request.user)
    return render(request, "knowledge/evaluation_detail.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_new(request: HttpRequest) -> HttpResponse:
    if not Cluster.objects.managed_by(request.user).exists():
        raise Http404
    today = timezone.localdate()
    return _evaluation(request, Evaluation(began_on=today, ended_on=today), _("Tell of a pilot"))


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_edit(request: HttpRequest, slug: str) -> HttpResponse:
    rows = (
        Evaluation.objects.managed_by(request.user)
        if request.user.is_authenticated
        else (Evaluation.objects.none())
    )
    return _evaluation(request, get_object_or_404(rows, slug=slug), _("Edit the evaluation"))


def _evaluation(request: HttpRequest, evaluation: Evaluation, heading: str) -> HttpResponse:
    form = EvaluationForm(request.POST or None, instance=evaluation, user=request.user)
    user: Any = request.user
    made: list[Evaluation] = []
    seen = request.POST.get("seen", "")
    if has_done(
        request, form,
        lambda: made.append(
            services.save_evaluation(evaluation, form.values, by=user, seen=seen)
        ),
        _("The evaluation is saved."),
    ):  # fmt: skip
        return redirect(made[0])
    above = (page.EVALUATIONS_TITLE, reverse("situation:evaluations"))
    context = {
        "form": form, "heading": heading, "current": "situation",
        "trail": trail(above, heading), "seen": evaluation.stamp if evaluation.pk else "",
    }  # fmt: skip
    return _form(request, "knowledge/situation_form.html", context)

"""Results: the list, a result's page, its steps, its files, where it was used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core import feeds, files
from cluster_portal.core.http import has_done, refusal_as_message
from projects.forms.results import FollowUpForm, UseForm
from projects.models import Recommendation, Result, ResultFile, ResultUse
from projects.models.results import Stage
from projects.pages import results as page
from projects.services import results as services
from projects.services.result_telling import remove_file

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import FileResponse, HttpRequest, HttpResponse


@login_not_required
@require_safe
def result_list(request: HttpRequest) -> HttpResponse:
    return page.RESULTS.response(request)


@login_not_required
@require_safe
def result_feed(request: HttpRequest) -> HttpResponse:
    return feeds.atom(page.RESULTS, request)


@login_not_required
@require_safe
def result_detail(request: HttpRequest, slug: str) -> HttpResponse:
    result = get_object_or_404(page.of_reader(request.user), slug=slug)
    return render(request, "projects/result_detail.html", page.values(result, request.user))


@require_POST
def result_move(request: HttpRequest, slug: str, action: str) -> HttpResponse:
    result = get_object_or_404(Result.objects.editable_by(request.user), slug=slug)
    user: Any = request.user
    with refusal_as_message(request):
        reason = request.POST.get("reason", "")
        moved = services.move_result(result, action, by=user, reason=reason)
        stage = {"stage": moved.get_stage_display()}
        messages.success(request, _("The state is now “%(stage)s”.") % stage)
    return redirect(result)


@login_not_required
@require_safe
def result_file(request: HttpRequest, public_id: UUID) -> HttpResponse | FileResponse:
    rows = ResultFile.objects.visible_to(request.user).select_related("result")
    file = get_object_or_404(rows, public_id=public_id)
    try:
        return files.answer(str(file.file), file.name)
    except files.FileMissing:
        messages.error(request, _("The file is missing. Ask its owner to send it anew."))
        return redirect(file.result)


@require_POST
def result_file_remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    rows = ResultFile.objects.editable_by(request.user).select_related("result")
    file = get_object_or_404(rows, public_id=public_id)
    user: Any = request.user
    with refusal_as_message(request):
        remove_file(file, by=user)
        messages.success(request, _("The file is removed."))
    return redirect("projects:result_tell", file.result.slug, "sources")


@require_http_methods(["GET", "HEAD", "POST"])
def result_follow_up(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    rows = Recommendation.objects.editable_by(request.user).filter(
        result__slug=slug, result__stage=Stage.PUBLISHED
    )
    point = get_object_or_404(rows.select_related("result"), position=position)
    form = FollowUpForm(request.POST or None, point=point)
    user: Any = request.user
    seen = request.POST.get("seen", "")
    if has_done(
        request, form, lambda: services.follow_up(point, form.cleaned_data, by=user, seen=seen),
        _("Saved."),
    ):  # fmt: skip
        return redirect(point)
    context = {
        "form": form, "heading": _("What has come of the recommendation?"), "lead": point.title,
        "trail": page.trail(point.result, _("Follow-up")), "back": point.get_absolute_url(),
        "stamp": point.stamp,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "projects/result_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def result_use(request: HttpRequest, slug: str) -> HttpResponse:
    """Any member tells where it was used."""
    rows = Result.objects.visible_to(request.user).out()
    result = get_object_or_404(rows, slug=slug)
    if not page.may_tell_use(request.user):
        messages.info(request, _("Members of the clusters can tell where a result was used."))
        return redirect(result)
    form = UseForm(request.POST or None, result=result)
    user: Any = request.user
    if has_done(
        request, form, lambda: services.tell_use(result, form.values, by=user),
        _("Thank you. Those who made it hear of it."),
    ):  # fmt: skip
        return redirect(f"{result.get_absolute_url()}#uses")
    context = {
        "form": form, "heading": _("Where did you use this?"), "lead": result.title,
        "trail": page.trail(result, _("Use in a decision")), "back": result.get_absolute_url(),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "projects/result_form.html", context, status=status)


@require_POST
def result_use_move(request: HttpRequest, public_id: UUID, action: str) -> HttpResponse:
    rows = ResultUse.objects.editable_by(request.user).select_related("result")
    use = get_object_or_404(rows, public_id=public_id)
    user: Any = request.user
    with refusal_as_message(request):
        answered = services.answer_use(use, action, by=user, reason=request.POST.get("reason", ""))
        stage = {"stage": answered.get_stage_display()}
        messages.success(request, _("The state is now “%(stage)s”.") % stage)
    return redirect(use)

"""Applications of a project for funding, what funders ask, and amendments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cluster_portal.core.http import has_done, refusal_as_message
from projects.forms.applications import AmendForm, CompletionForm, DecideForm, MoveForm
from projects.forms.partnerships import ApplicationForm, BeginForm
from projects.models import Amendment, Application, Project
from projects.pages import amendments as amendment_page
from projects.pages import partnerships as page
from projects.services import amendments, applications

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_POST
def application_begin(request: HttpRequest, slug: str) -> HttpResponse:
    idea = get_object_or_404(Project.objects.editable_by(request.user), slug=slug)
    user: Any = request.user
    form = BeginForm(request.POST, user=user, project=idea)
    call = form.cleaned_data["call"] if form.is_valid() else None
    with refusal_as_message(request):
        return redirect(applications.begin_application(idea, by=user, call=call))
    return redirect(idea)


@require_http_methods(["GET", "HEAD", "POST"])
def application(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponse:
    rows = Application.objects.visible_to(request.user).filter(project__slug=slug)
    found = rows.select_related("project", "call").filter(public_id=public_id).first()
    if found is None:
        return _closed(request, slug)
    context = page.application_values(found, request.user)
    form: Any = None
    if context["may_edit"]:
        form = ApplicationForm(request.POST or None, application=found)
        user: Any = request.user
        seen = request.POST.get("seen", "")
        if has_done(
            request, form,
            lambda: applications.edit_application(found, form.cleaned_data, by=user, seen=seen),
            _("Kept."),
        ):  # fmt: skip
            return redirect(found)
    status = 422 if form and form.errors else 200
    return render(request, "projects/application.html", {**context, "form": form}, status=status)


def _closed(request: HttpRequest, slug: str) -> HttpResponse:
    """To the project, whether there is such an application or not."""
    project = get_object_or_404(Project.objects.visible_to(request.user), slug=slug)
    messages.info(
        request, _("Applications are open to the project’s editors and its partners of today.")
    )
    return redirect(project)


def _editable(request: HttpRequest, slug: str, public_id: UUID) -> Application:
    rows = Application.objects.editable_by(request.user).filter(project__slug=slug)
    return get_object_or_404(rows.select_related("project"), public_id=public_id)


@require_POST
def application_move(request: HttpRequest, slug: str, public_id: UUID, action: str) -> HttpResponse:
    found = _editable(request, slug, public_id)
    user: Any = request.user
    form = MoveForm(request.POST, action=action)
    if not form.is_valid():
        messages.error(request, " ".join(str(e) for each in form.errors.values() for e in each))
        return redirect(found)
    with refusal_as_message(request):
        moved = applications.move_application(found, action, by=user, told=form.told)
        stage = {"stage": moved.get_stage_display()}
        messages.success(request, _("The state is now “%(stage)s”.") % stage)
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
def completion_ask(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponse:
    """What the funder asks, and by when."""
    found = _editable(request, slug, public_id)
    user: Any = request.user
    form: Any = CompletionForm(request.POST or None)
    if has_done(
        request, form, lambda: applications.ask_completion(found, form.cleaned_data, by=user),
        _("Written down. The editors are reminded before the last day."),
    ):  # fmt: skip
        return redirect(found)
    context = {**page.completion_values(found), "form": form}
    status = 422 if form.errors else 200
    return render(request, "projects/part_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_ask(request: HttpRequest, slug: str) -> HttpResponse:
    project = get_object_or_404(Project.objects.editable_by(request.user), slug=slug)
    user: Any = request.user
    form: Any = AmendForm(request.POST or None)
    if has_done(
        request, form, lambda: amendments.ask_amendment(project, form.cleaned_data, by=user),
        _("Written down. Mark the decision when it comes."),
    ):  # fmt: skip
        return redirect(project)
    context = {**amendment_page.ask_values(project), "form": form}
    status = 422 if form.errors else 200
    return render(request, "projects/part_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_decide(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponse:
    """`then` is the decision."""
    rows = Amendment.objects.editable_by(request.user).filter(project__slug=slug)
    row = get_object_or_404(rows.select_related("project"), public_id=public_id)
    user: Any = request.user
    form: Any = DecideForm(request.POST or None)
    then = request.POST.get("then", "")
    if has_done(
        request, form,
        lambda: amendments.decide_amendment(row, then, by=user, day=form.decided_on),
        _("Written down."),
    ):  # fmt: skip
        return redirect(row.project)
    context = {**amendment_page.decide_values(row, user), "form": form}
    status = 422 if form.errors else 200
    return render(request, "projects/amendment_decide.html", context, status=status)

"""Partners of an idea: inviting, answering, leaving; co-editors; applications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.http import has_done, refusal_as_message
from projects.forms.partnerships import ApplicationForm, BeginForm, EditorForm, InviteForm
from projects.models import Application, Partnership, Project, ProjectEditor
from projects.pages import idea_form
from projects.pages import partnerships as page
from projects.services import applications, co_editors, partnerships

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def idea_invite(request: HttpRequest, slug: str) -> HttpResponse:
    idea = get_object_or_404(Project.objects.editable_by(request.user), slug=slug)
    user: Any = request.user
    given = page.given_to_invite(idea, request.GET, user)
    form: Any = InviteForm(request.POST or None, user=user, project=idea, initial=given)
    if has_done(
        request, form,
        lambda: partnerships.invite_to(
            idea, form.cleaned_data["organisation"], by=user, role=form.cleaned_data["role"],
            ask=form.ask,
        ),
        _("The invitation is sent."),
    ):  # fmt: skip
        return redirect(idea)
    context = {"form": form, "project": idea, "trail": idea_form.of_idea(idea, _("Invite"))}
    status = 422 if form.errors else 200
    return render(request, "projects/idea_invite.html", context, status=status)


def _partnership(request: HttpRequest, slug: str, public_id: UUID) -> Partnership:
    rows = Partnership.objects.visible_to(request.user).filter(project__slug=slug)
    rows = rows.select_related("project", "organisation", "wanted_role")
    return get_object_or_404(rows, public_id=public_id)


@require_safe
def partnership(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponse:
    row = _partnership(request, slug, public_id)
    return render(request, "projects/partnership.html", page.values(row, request.user))


@require_POST
def partnership_move(request: HttpRequest, slug: str, public_id: UUID, action: str) -> HttpResponse:
    """Answers, or removes the row; a row that is gone meanwhile leads back with a word."""
    row = _partnership(request, slug, public_id)
    user: Any = request.user
    with refusal_as_message(request):
        if action == "remove":
            partnerships.remove(row, by=user)
            messages.success(request, _("Removed."))
        else:
            reason = request.POST.get("reason", "")
            partnerships.answer(row, action, by=user, reason=reason)
            messages.success(request, _("Answered. The other side has been told."))
    seen = Project.objects.visible_to(user).filter(pk=row.project_id)
    return redirect(row.project) if seen.exists() else redirect("home:desk")


@require_http_methods(["GET", "HEAD", "POST"])
def idea_editors(request: HttpRequest, slug: str) -> HttpResponse:
    idea = get_object_or_404(Project.objects.editable_by(request.user), slug=slug)
    user: Any = request.user
    form: Any = EditorForm(request.POST or None)
    if has_done(
        request, form,
        lambda: co_editors.ask_editor(idea, form.cleaned_data["address"], by=user),
        _("If somebody with an account holds the address, they have been asked."),
    ):  # fmt: skip
        return redirect("projects:idea_editors", slug)
    context = {**page.editor_values(idea), "form": form}
    status = 422 if form.errors else 200
    return render(request, "projects/idea_editors.html", context, status=status)


@require_POST
def editor_answer(request: HttpRequest, slug: str, answer: str) -> HttpResponse:
    idea = get_object_or_404(Project.objects.visible_to(request.user), slug=slug)
    user: Any = request.user
    with refusal_as_message(request):
        co_editors.answer_editor(idea, yes=answer == "yes", by=user)
        messages.success(request, _("Answered. The other side has been told."))
    seen = Project.objects.visible_to(user).filter(pk=idea.pk)
    return redirect(idea) if seen.exists() else redirect("home:desk")


@require_POST
def editor_remove(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponse:
    rows = ProjectEditor.objects.visible_to(request.user).filter(project__slug=slug)
    editor = get_object_or_404(rows.select_related("project"), public_id=public_id)
    user: Any = request.user
    with refusal_as_message(request):
        co_editors.remove_editor(editor, by=user)
        messages.success(request, _("Removed."))
    if Project.objects.editable_by(user).filter(pk=editor.project_id).exists():
        return redirect("projects:idea_editors", slug)
    return redirect("home:desk")


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
    found = get_object_or_404(rows.select_related("project", "call"), public_id=public_id)
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


@require_POST
def application_move(request: HttpRequest, slug: str, public_id: UUID, action: str) -> HttpResponse:
    rows = Application.objects.editable_by(request.user).filter(project__slug=slug)
    found = get_object_or_404(rows.select_related("project"), public_id=public_id)
    user: Any = request.user
    with refusal_as_message(request):
        moved = applications.move_application(found, action, by=user)
        stage = {"stage": moved.get_stage_display()}
        messages.success(request, _("The state is now “%(stage)s”.") % stage)
    return redirect(found)

"""Partners of an idea or a project: inviting, answering, leaving, the lead; co-editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.http import has_done, refusal_as_message
from projects.forms.partnerships import EditorForm, InviteForm, PartnerForm
from projects.models import Partnership, Project, ProjectEditor
from projects.pages import idea_form
from projects.pages import partnerships as page
from projects.services import co_editors, partner_roles, partnerships

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from members.models import User


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
    if not Partnership.objects.visible_to(request.user).filter(public_id=public_id).exists():
        return _gone(request, slug)
    row = _partnership(request, slug, public_id)
    user: Any = request.user
    reason = request.POST.get("reason", "")
    with refusal_as_message(request):
        if action == "remove":
            messages.success(request, _removed(row, by=user, reason=reason))
        elif action == "lead":
            partner_roles.change_lead(row, by=user)
            messages.success(request, _("The lead has changed. Both have been told."))
        else:
            partnerships.answer(row, action, by=user, reason=reason)
            messages.success(request, _("Answered. The other side has been told."))
    seen = Project.objects.visible_to(user).filter(pk=row.project_id)
    return redirect(row.project) if seen.exists() else redirect("home:desk")


def _removed(row: Partnership, *, by: User, reason: str) -> str:
    is_theirs = partnerships.may_leave(row, by)
    partnerships.remove(row, by=by, reason=reason)
    return _("You are out of it. The others have been told.") if is_theirs else _("Removed.")


def _gone(request: HttpRequest, slug: str) -> HttpResponse:
    """A partner that was removed while the page was open: back to the project with a word."""
    project = get_object_or_404(Project.objects.visible_to(request.user), slug=slug)
    messages.error(request, _("This has been taken back meanwhile."))
    return redirect(project)


@require_safe
def project_partners(request: HttpRequest, slug: str) -> HttpResponse:
    project = get_object_or_404(Project.objects.editable_by(request.user), slug=slug)
    return render(request, "projects/part_list.html", page.partner_values(project, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def partner_edit(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Role and task of a partner."""
    project = get_object_or_404(Project.objects.editable_by(request.user), slug=slug)
    rows = Partnership.objects.editable_by(request.user).select_related("organisation")
    row = rows.filter(project=project, public_id=public_id).first()
    if row is None:
        return _gone(request, slug)
    row.project = project
    user: Any = request.user
    form: Any = PartnerForm(request.POST or None, partnership=row)
    seen = request.POST.get("seen", "")
    if has_done(
        request, form,
        lambda: partner_roles.edit_partner(row, form.cleaned_data, by=user, seen=seen),
        _("Saved."),
    ):  # fmt: skip
        return redirect("projects:project_partners", slug)
    context = {**page.partner_form_values(row), "form": form}
    status = 422 if form.errors else 200
    return render(request, "projects/part_form.html", context, status=status)


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

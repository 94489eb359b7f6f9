"""Projects: the list, a project's page, the steps of its life."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core.http import refusal_as_message
from members.models import Organisation
from projects.models import Budget, Project
from projects.models.projects import OPEN_TO_PARTNERS
from projects.pages import ideas, papers, projects
from projects.pages.lists import PROJECTS
from projects.services.projects import move_project

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from cluster_portal.core.visibility import Reader


@login_not_required
@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    return PROJECTS.response(request)


def _with_organisations(user: Reader) -> QuerySet[Project]:
    """A project's page names its organisations only to those who see them."""
    seen = Organisation.objects.visible_to(user)
    return (
        Project.objects.visible_to(user)
        .annotate(
            owner_seen=Exists(seen.filter(pk=OuterRef("organisation"))),
            funder_seen=Exists(seen.filter(pk=OuterRef("funder"))),
            is_editor=Exists(Project.objects.editable_by(user).filter(pk=OuterRef("pk"))),
            **projects.columns(user),
            **papers.columns(user),
        )
        .select_related("home_cluster", "organisation", "funder", "author")
    )


def _shown(user: Reader, slug: str) -> Project:
    project = get_object_or_404(_with_organisations(user), slug=slug)
    project.remember_editor(user, is_editor=project.is_editor)  # type: ignore[attr-defined]
    return project


@login_not_required
@require_safe
def project_detail(request: HttpRequest, slug: str) -> HttpResponse:
    user = request.user
    project = _shown(user, slug)
    budget = Budget.objects.visible_to(user).with_lines().filter(project=project).first()
    if project.stage in OPEN_TO_PARTNERS:
        context = ideas.values(project, budget=budget, user=user)
        context["papers"] = papers.panel(project)
        return render(request, "projects/idea_detail.html", context)
    partners = ideas.partners_of(project, user)
    context = projects.values(project, budget=budget, partners=partners, user=user)
    context |= {**projects.inside(project, user), "mine": ideas.mine_of(partners, user)}
    context["papers"] = papers.panel(project)
    return render(request, "projects/project_detail.html", context)


@require_POST
def project_move(request: HttpRequest, slug: str, action: str) -> HttpResponse:
    project = get_object_or_404(Project.objects.editable_by(request.user), slug=slug)
    with refusal_as_message(request):
        reason = request.POST.get("reason", "")
        moved = move_project(project, action, by=request.user, reason=reason)
        stage = {"stage": moved.get_stage_display()}
        messages.success(request, _("The stage is now “%(stage)s”.") % stage)
    return redirect(project)

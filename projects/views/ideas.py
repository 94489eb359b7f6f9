"""Writing an idea, supporting it, offering to take part in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cluster_portal.core import origin
from cluster_portal.core.http import has_done, refusal_as_message
from projects.forms.ideas import RolesForm, ThoughtForm
from projects.forms.partnerships import JoinForm
from projects.models import Project
from projects.pages import idea_form as page
from projects.pages.partnerships import role_given
from projects.services import ideas, partnerships, supports

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_propose(request: HttpRequest) -> HttpResponse:
    """A visitor reads what it is for."""
    user: Any = request.user
    if not user.is_authenticated:
        context = {"trail": page.trail(_("Propose an idea")), "current": "projects"}
        return render(request, "projects/idea_why.html", context)
    begun = page.begun_from(request.GET, user)
    initial = page.first_words(begun, origin.begun(request.GET, user))
    form: Any = ThoughtForm(request.POST or None, user=user, initial=initial)
    made: list[Project] = []
    if has_done(
        request, form, lambda: made.append(ideas.propose_idea(form.values, by=user, begun=begun))
    ):
        origin.tie_to_seed(request.GET, made[0], user)
        return _onward(request, made[0], "thought")
    values = page.values("thought", None, user) | {"source": page.source(begun)}
    return _step(request, form, values)


@require_http_methods(["GET", "HEAD", "POST"])
def idea_edit(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    idea = get_object_or_404(Project.objects.editable_by(request.user).ideas(), slug=slug)
    if step not in page.STEPS:
        raise Http404
    form: Any = page.form_of(step, idea, request.user, request.POST or None)
    if has_done(request, form, lambda: _keep(request, idea, form)):
        return _onward(request, idea, step)
    return _step(request, form, page.values(step, idea, request.user))


def _keep(request: HttpRequest, idea: Project, form: Any) -> None:
    user: Any = request.user
    seen = request.POST.get("seen", "")
    if isinstance(form, RolesForm):
        ideas.set_roles(idea, form.roles, by=user, seen=seen)
    else:
        ideas.edit_idea(idea, form.values, by=user, seen=seen)


def _step(request: HttpRequest, form: BaseForm, values: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "projects/idea_write.html", {**values, "form": form}, status=status)


def _onward(request: HttpRequest, idea: Project, step: str) -> HttpResponse:
    """To the next step, or away: the draft is kept."""
    then = request.POST.get("then", "")
    if then == "publish":
        return _publish(request, idea)
    if then == "later" or step == "check":
        messages.success(request, _("Kept."))
        return redirect(idea)
    if then == "more":
        return redirect(page.address(idea, step))
    return redirect(page.address(idea, page.after(step)))


def _publish(request: HttpRequest, idea: Project) -> HttpResponse:
    user: Any = request.user
    with refusal_as_message(request):
        published = ideas.publish_idea(idea, by=user)
        messages.success(request, _published_words(published))
        return redirect(idea)
    return redirect(page.address(idea, "check"))


def _published_words(idea: Project) -> str:
    if idea.is_draft:
        return _("The idea waits for a coordinator. You are told when it is published.")
    return _("The idea is published. Look for partners next.")


@require_POST
def idea_delete(request: HttpRequest, slug: str) -> HttpResponse:
    idea = get_object_or_404(Project.objects.editable_by(request.user).ideas(), slug=slug)
    user: Any = request.user
    with refusal_as_message(request):
        ideas.delete_draft(idea, by=user)
        messages.success(request, _("The draft is deleted."))
        return redirect("projects:list")
    return redirect(idea)


@require_POST
def idea_public(request: HttpRequest, slug: str, answer: str) -> HttpResponse:
    """A coordinator's answer to whether everyone may read it."""
    user: Any = request.user
    idea = get_object_or_404(Project.objects.visible_to(user), slug=slug)
    if not idea.is_managed_by(user):
        raise Http404
    with refusal_as_message(request):
        ideas.answer_public(idea, yes=answer == "yes", by=user)
        messages.success(request, _("Answered. Its editors have been told."))
    return redirect(idea)


@require_POST
def support(request: HttpRequest, slug: str) -> HttpResponse:
    idea = get_object_or_404(Project.objects.visible_to(request.user), slug=slug)
    user: Any = request.user
    with refusal_as_message(request):
        supports.support(idea, yes=request.POST.get("then") != "undo", by=user)
    return redirect(idea)


@require_http_methods(["GET", "HEAD", "POST"])
def idea_join(request: HttpRequest, slug: str) -> HttpResponse:
    """“We are in”, for an organisation of the reader."""
    idea = get_object_or_404(Project.objects.visible_to(request.user), slug=slug)
    user: Any = request.user
    form: Any = JoinForm(
        request.POST or None, user=user, project=idea,
        initial={"role": role_given(idea, request.GET)},
    )  # fmt: skip
    if not form.offered and request.method != "POST":
        said = _("A member organisation that is not in yet can offer to take part.")
        messages.info(request, said)
        return redirect(idea)
    said = _("Your offer is sent. The idea’s editors answer it.")
    if has_done(
        request, form, lambda: partnerships.offer(idea, by=user, **form.cleaned_data), said
    ):
        return redirect(idea)
    context = {"form": form, "project": idea, "trail": page.of_idea(idea, _("We are in"))}
    status = 422 if form.errors else 200
    return render(request, "projects/idea_join.html", context, status=status)

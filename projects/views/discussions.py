"""The discussions of a project: reading, beginning, writing, changing, removing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.http import has_done, page_of, refusal_as_message
from projects.forms.discussions import ChangeForm, DiscussionForm, MessageForm
from projects.models import Discussion, DiscussionMessage
from projects.models.workspace import workplaces
from projects.pages import discussions as page
from projects.pages.budget import trail
from projects.services import discussions as services

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_safe
def discussion_list(request: HttpRequest, slug: str) -> HttpResponse:
    project = get_object_or_404(workplaces(request.user), slug=slug)
    return render(request, "projects/discussions.html", page.list_values(project, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def discussion_begin(request: HttpRequest, slug: str) -> HttpResponse:
    project = get_object_or_404(workplaces(request.user), slug=slug)
    form = DiscussionForm(request.POST or None)
    user: Any = request.user
    if has_done(request, form, lambda: services.begin(project, **form.cleaned_data, by=user),
                _("The discussion is begun. The partners hear of it.")):  # fmt: skip
        return redirect("projects:discussions", slug)
    heading = _("Begin a discussion")
    context = {
        "form": form, "heading": heading, "lead": project.title, "back": page.address(project),
        "send": _("Send"), "told": _("Only those who work in the project read this."),
        "trail": trail(project, {"name": _("Discussion"), "url": page.address(project)},
                       {"name": heading}),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "projects/paper_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def discussion_detail(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponse:
    rows = Discussion.objects.visible_to(request.user).filter(project__slug=slug)
    discussion = get_object_or_404(rows.select_related("project"), public_id=public_id)
    form = MessageForm(request.POST or None)
    user: Any = request.user
    if has_done(request, form,
                lambda: services.write(discussion, **form.cleaned_data, by=user)):  # fmt: skip
        address = discussion.get_absolute_url()
        return redirect(f"{address}?page={page.last_page(discussion)}#write")
    written = discussion.messages.select_related("author").order_by("sent_at", "pk")
    shown = page_of(request, written, page.ON_PAGE)
    context = page.values(discussion, shown, form, user)
    status = 422 if form.errors else 200
    return render(request, "projects/discussion.html", context, status=status)


def _message(request: HttpRequest, public_id: UUID, rows: Any) -> DiscussionMessage:
    found = rows(request.user).select_related("discussion__project")
    return get_object_or_404(found, public_id=public_id)


@require_safe
def message(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The page of the discussion on which the message stands."""
    found = _message(request, public_id, DiscussionMessage.objects.visible_to)
    return redirect(page.place_of(found))


@require_http_methods(["GET", "HEAD", "POST"])
def message_change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    message = _message(request, public_id, DiscussionMessage.objects.editable_by)
    form = ChangeForm(request.POST or None, initial={"text": message.text})
    user: Any = request.user
    if has_done(request, form,
                lambda: services.change(message, form.cleaned_data["text"], by=user),
                _("Saved.")):  # fmt: skip
        return redirect(message)
    discussion = message.discussion
    context = {
        "form": form, "heading": _("Change the message"), "lead": discussion.title,
        "back": message.get_absolute_url(),
        "trail": trail(discussion.project,
                       {"name": discussion.title, "url": discussion.get_absolute_url()},
                       {"name": _("Change the message")}),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "projects/paper_form.html", context, status=status)


@require_POST
def message_remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    message = _message(request, public_id, DiscussionMessage.objects.visible_to)
    user: Any = request.user
    with refusal_as_message(request):
        services.remove(message, by=user)
        messages.success(request, _("The message is removed."))
    return redirect(message)

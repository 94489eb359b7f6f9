"""Inside a course: groups, what they hand in, the risk register of the exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core import files
from cluster_portal.core.http import has_done, refusal_as_message
from events.forms.courses import GroupForm, OutputCommentForm, OutputForm, RiskForm
from events.models import Course, CourseGroup, GroupOutput, RiskEntry
from events.pages import courses as page
from events.services import course_groups as services
from events.views.bodies import form_page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import FileResponse, HttpRequest, HttpResponse


def _inside(request: HttpRequest, slug: str) -> Course:
    return get_object_or_404(Course.objects.inside(request.user), slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def group_add(request: HttpRequest, slug: str) -> HttpResponse:
    course = _inside(request, slug)
    user: Any = request.user
    form = GroupForm(request.POST or None)

    def add() -> None:
        told = form.cleaned_data
        services.make_group(course, told["name"], form_key=told["form_key"], by=user)

    if has_done(request, form, add, _("The group is made.")):
        return redirect(course)
    name = _("Make a group")
    return form_page(request, form, name, page.trail(course, name), above=course)


def _group(request: HttpRequest, public_id: UUID) -> CourseGroup:
    rows = CourseGroup.objects.visible_to(request.user).select_related("course")
    return get_object_or_404(rows, public_id=public_id)


@require_POST
def group_join(request: HttpRequest, public_id: UUID) -> HttpResponse:
    group = _group(request, public_id)
    user: Any = request.user
    with refusal_as_message(request):
        services.join_group(group, by=user)
        messages.success(request, _("You are in the group %(name)s.") % {"name": group.name})
    return redirect(group.course)


@require_http_methods(["GET", "HEAD", "POST"])
def output_add(request: HttpRequest, public_id: UUID) -> HttpResponse:
    group = _group(request, public_id)
    user: Any = request.user
    form = OutputForm(request.POST or None, request.FILES or None)
    made: list[GroupOutput] = []

    def add() -> None:
        key = form.cleaned_data["form_key"]
        made.append(services.hand_in(group, form.values, form.upload, form_key=key, by=user))

    if has_done(request, form, add, _("Handed in.")):
        return redirect(made[0])
    name = _("Hand in an output")
    return form_page(
        request, form, name, page.trail(group.course, name), above=group.course,
        told=group.course.group_task,
    )  # fmt: skip


def _output(request: HttpRequest, public_id: UUID) -> GroupOutput:
    rows = GroupOutput.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("course", "group", "sender"), public_id=public_id)


@require_safe
def output_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    output = _output(request, public_id)
    user: Any = request.user
    can_remove = output.sender_id == user.pk or output.course.is_editable_by(user)
    context = {
        "output": output, "course": output.course, "can_remove": can_remove,
        "can_comment": output.course.is_editable_by(user),
        "trail": page.trail(output.course, output.title),
    }  # fmt: skip
    return render(request, "events/course_output.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def output_comment(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """By the trainers of the course."""
    rows = GroupOutput.objects.editable_by(request.user).select_related("course", "group")
    output = get_object_or_404(rows, public_id=public_id)
    user: Any = request.user
    form = OutputCommentForm(request.POST or None, output=output)

    def comment() -> None:
        told = form.cleaned_data
        services.comment_output(output, told["text"], seen=told["seen"], by=user)

    if has_done(request, form, comment, _("The comment is at the output. The group is told.")):
        return redirect(output)
    name = _("Comment on the output")
    return form_page(
        request, form, name, page.trail(output.course, output, name), above=output,
        told=output.group.name,
    )  # fmt: skip


@require_safe
def output_file(request: HttpRequest, public_id: UUID) -> HttpResponse | FileResponse:
    output = _output(request, public_id)
    if not output.file:
        raise Http404
    try:
        return files.answer(output.file, output.name)
    except files.FileMissing:
        messages.error(request, _("The file is missing. Ask its owner to send it anew."))
        return redirect(output)


@require_POST
def output_remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    output = _output(request, public_id)
    user: Any = request.user
    with refusal_as_message(request):
        services.remove_output(output, by=user)
        messages.success(request, _("Removed."))
    return redirect(output.course)


@require_safe
def course_register(request: HttpRequest, slug: str) -> HttpResponse:
    course = _inside(request, slug)
    if not course.has_register:
        raise Http404
    return render(request, "events/course_register.html", page.register(course, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def risk_add(request: HttpRequest, slug: str) -> HttpResponse:
    course = _inside(request, slug)
    user: Any = request.user
    form = RiskForm(request.POST or None)

    def add() -> None:
        key = form.cleaned_data["form_key"]
        services.add_risk(course, form.values, form_key=key, by=user)

    if has_done(request, form, add, _("The risk is in the register.")):
        return redirect("events:course_register", course.slug)
    name = _("Add a risk")
    return form_page(request, form, name, page.trail(course, name), above=course)


def _risk(request: HttpRequest, public_id: UUID) -> RiskEntry:
    rows = RiskEntry.objects.visible_to(request.user).select_related("course")
    return get_object_or_404(rows, public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def risk_edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    risk = _risk(request, public_id)
    user: Any = request.user
    form = RiskForm(request.POST or None, risk=risk)
    if has_done(
        request, form,
        lambda: services.edit_risk(risk, form.values, version=form.seen_version, by=user),
        _("Saved."),
    ):  # fmt: skip
        return redirect(risk)
    trail = page.trail(risk.course, _("Edit the risk"))
    return form_page(request, form, _("Edit the risk"), trail, above=risk)


@require_POST
def risk_remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    risk = _risk(request, public_id)
    user: Any = request.user
    with refusal_as_message(request):
        services.remove_risk(risk, by=user)
        messages.success(request, _("Removed."))
    return redirect("events:course_register", risk.course.slug)

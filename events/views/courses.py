"""Courses: the list, one of them, and what its trainer does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.http import has_done, refusal_as_message
from events.forms.courses import CourseForm, PartForm, ReadingForm
from events.models import Course, CourseCertificate
from events.pages import course_certificates
from events.pages import courses as page
from events.services import courses as services
from events.views.bodies import form_page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest


@login_not_required
@require_safe
def course_list(request: HttpRequest) -> HttpResponse:
    return page.COURSES.response(request)


@require_safe
def courses_to_publish(request: HttpRequest) -> HttpResponse:
    """For the coordinators' queue."""
    return redirect(f"{reverse('events:courses')}?state=proposed")


def _shown(request: HttpRequest, slug: str) -> Course:
    rows = Course.objects.visible_to(request.user).select_related(
        "organisation", "home_cluster", "requires"
    )
    return get_object_or_404(rows, slug=slug)


@login_not_required
@require_safe
def course_detail(request: HttpRequest, slug: str) -> HttpResponse:
    context = page.values(_shown(request, slug), request.user)
    return render(request, "events/course_detail.html", context)


def _editable(request: HttpRequest, slug: str) -> Course:
    return get_object_or_404(Course.objects.editable_by(request.user), slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def course_make(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not page.may_make(user):
        raise Http404
    form = CourseForm(request.POST or None, user=user)
    made: list[Course] = []
    if has_done(
        request, form, lambda: made.append(services.make_course(form.values, by=user)),
        _("The draft is kept. Add the events that are its parts."),
    ):  # fmt: skip
        return redirect(made[0])
    return form_page(request, form, _("Plan a course"), page.trail(_("Plan a course")))


@require_http_methods(["GET", "HEAD", "POST"])
def course_edit(request: HttpRequest, slug: str) -> HttpResponse:
    course = _editable(request, slug)
    user: Any = request.user
    form = CourseForm(request.POST or None, user=user, course=course)
    seen = request.POST.get("seen", "")
    if has_done(
        request, form, lambda: services.edit_course(course, form.values, by=user, seen=seen),
        _("Saved."),
    ):  # fmt: skip
        return redirect(course)
    trail = page.trail(course, _("Edit"))
    return form_page(request, form, _("Edit the course"), trail, above=course, seen=course.stamp)


@require_POST
def course_move(request: HttpRequest, slug: str, action: str) -> HttpResponse:
    course = _editable(request, slug)
    user: Any = request.user
    with refusal_as_message(request):
        moved = services.move_course(
            course, action, by=user, reason=request.POST.get("reason", "")
        )  # fmt: skip
        stage = {"stage": moved.get_stage_display()}
        messages.success(request, _("The state is now “%(stage)s”.") % stage)
    return redirect(course)


@require_http_methods(["GET", "HEAD", "POST"])
def part_add(request: HttpRequest, slug: str) -> HttpResponse:
    course = _editable(request, slug)
    user: Any = request.user
    form = PartForm(request.POST or None, user=user)

    def add() -> None:
        told = form.cleaned_data
        services.add_part(course, told["event"], is_required=told["is_required"], by=user)

    if has_done(request, form, add, _("The part is added.")):
        return redirect(course)
    name = _("Add a part")
    plan = {"title": _("Plan an event"), "url": reverse("events:propose")}
    return form_page(request, form, name, page.trail(course, name), above=course, offer=plan)


@require_POST
def part_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    course = _editable(request, slug)
    part = get_object_or_404(course.parts.select_related("course"), pk=pk)
    user: Any = request.user
    with refusal_as_message(request):
        services.remove_part(part, by=user)
        messages.success(request, _("Removed."))
    return redirect(course)


@require_http_methods(["GET", "HEAD", "POST"])
def reading_add(request: HttpRequest, slug: str) -> HttpResponse:
    course = _editable(request, slug)
    user: Any = request.user
    form = ReadingForm(request.POST or None)

    def add() -> None:
        key = form.cleaned_data["form_key"]
        services.add_reading(course, form.values, form_key=key, by=user)

    if has_done(request, form, add, _("The line is on the reading list.")):
        return redirect(course)
    name = _("Add to the reading list")
    return form_page(request, form, name, page.trail(course, name), above=course)


@require_POST
def reading_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    course = _editable(request, slug)
    reading = get_object_or_404(course.readings.select_related("course"), pk=pk)
    user: Any = request.user
    with refusal_as_message(request):
        services.remove_reading(reading, by=user)
        messages.success(request, _("Removed."))
    return redirect(course)


@require_POST
def course_enrol(request: HttpRequest, slug: str) -> HttpResponse:
    """A place in every part at once; on to the form of a part that asks something first."""
    course = _shown(request, slug)
    user: Any = request.user
    with refusal_as_message(request):
        found = services.enrol(course, by=user)
        _tell_enrolment(request, found)
        if found.asking:
            return redirect("events:register", slug=found.asking[0].slug)
    return redirect(course)


def _tell_enrolment(request: HttpRequest, found: services.Enrolment) -> None:
    if found.done or not (found.asking or found.refused):
        told = ngettext(
            "You have registered for %(count)d part. The confirmation comes by mail.",
            "You have registered for %(count)d parts. The confirmations come by mail.", found.done,
        )  # fmt: skip
        messages.success(request, told % {"count": found.done})
    for event in found.asking:
        asks = _("“%(title)s” asks something first: register for it with its own form.")
        messages.info(request, asks % {"title": event.title})
    for event, why in found.refused:
        refused = _("You were not registered for “%(title)s”: %(why)s")
        messages.warning(request, refused % {"title": event.title, "why": why})


@require_POST
def course_certify(request: HttpRequest, slug: str) -> HttpResponse:
    course = _editable(request, slug)
    user: Any = request.user
    with refusal_as_message(request):
        count = services.certify(course, by=user)
        told = ngettext(
            "%(count)d certificate was given.", "%(count)d certificates were given.", count
        )
        messages.success(request, told % {"count": count})
    return redirect(course)


@require_safe
def course_certificate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """For its holder and the trainers."""
    rows = CourseCertificate.objects.visible_to(request.user).select_related(
        "course__organisation", "course__home_cluster"
    )
    return _pdf(get_object_or_404(rows, public_id=public_id))


@login_not_required
@never_cache
@require_safe
def certificate_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """By the link of the letter, for a guest too."""
    certificate = course_certificates.of_link(token)
    if certificate is None:
        raise Http404
    return _pdf(certificate)


def _pdf(certificate: CourseCertificate) -> HttpResponse:
    name = f"{certificate.course.slug}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    content = course_certificates.as_pdf(certificate)
    return HttpResponse(content, content_type="application/pdf", headers=headers)

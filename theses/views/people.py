"""Students who opened themselves, and supervisors: lists, pages, invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from theses.forms.profiles import InvitationForm
from theses.models import StudentProfile, SupervisorProfile, Topic
from theses.models.approaches import Kind
from theses.pages import profile_pages
from theses.pages.people_lists import STUDENTS, SUPERVISORS
from theses.services import approaches

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def _me(request: HttpRequest) -> Any:
    return request.user


@require_safe
def student_list(request: HttpRequest) -> HttpResponse:
    return STUDENTS.response(request)


@login_not_required
@require_safe
def supervisor_list(request: HttpRequest) -> HttpResponse:
    return SUPERVISORS.response(request)


def _student(request: HttpRequest, public_id: Any) -> StudentProfile:
    rows = StudentProfile.objects.visible_to(request.user).select_related("user", "school")
    return get_object_or_404(rows, public_id=public_id)


def _supervisor(request: HttpRequest, slug: str) -> SupervisorProfile:
    rows = SupervisorProfile.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("user", "institution"), slug=slug)


@require_safe
def student_detail(request: HttpRequest, public_id: Any) -> HttpResponse:
    profile = _student(request, public_id)
    if profile.user_id != _me(request).pk:
        audit.record(profile, "read", by=_me(request))
    context = profile_pages.student(profile, _me(request))
    return render(request, "theses/student_page.html", context)


@login_not_required
@require_safe
def supervisor_detail(request: HttpRequest, slug: str) -> HttpResponse:
    context = profile_pages.supervisor(_supervisor(request, slug), _me(request))
    return render(request, "theses/supervisor_page.html", context)


@require_POST
def student_invite(request: HttpRequest, public_id: Any) -> HttpResponse:
    profile = _student(request, public_id)
    form = _sent(request, Kind.INVITE_STUDENT, profile.user)
    if form is None:
        return redirect(profile)
    context = profile_pages.student(profile, _me(request), form)
    return render(request, "theses/student_page.html", context, status=422)


@require_POST
def supervisor_invite(request: HttpRequest, slug: str) -> HttpResponse:
    profile = _supervisor(request, slug)
    form = _sent(request, Kind.INVITE_SUPERVISOR, profile.user)
    if form is None:
        return redirect(profile)
    context = profile_pages.supervisor(profile, _me(request), form)
    return render(request, "theses/supervisor_page.html", context, status=422)


def _sent(request: HttpRequest, kind: Kind, to: Any) -> InvitationForm | None:
    """None when the invitation has gone; else the form with what is wrong."""
    mine = Topic.objects.editable_by(request.user)
    form = InvitationForm(request.POST, topics=profile_pages.invitable(mine, kind))
    if not form.is_valid():
        return form
    topic, message = form.cleaned_data["topic"], form.cleaned_data["message"]
    try:
        approaches.send(topic, kind, by=_me(request), to=to, message=message)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return form
    messages.success(request, _("The invitation has been sent."))
    return None

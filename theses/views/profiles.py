"""My own profiles, as a student and as a supervisor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.http import has_done, refusal_as_message, safe_next
from members.models import Organisation
from theses.forms.approaches import DismissForm, RestoreForm
from theses.forms.profiles import (
    InvitationForm,
    StudentProfileForm,
    SupervisorProfileForm,
    institutions_of,
)
from theses.models import Dismissal, StudentProfile, SupervisorProfile, Topic
from theses.models.approaches import Kind
from theses.models.profiles import Openness
from theses.pages import profile_pages, suggestion_page
from theses.pages.profile_pages import STUDENTS, SUPERVISORS
from theses.services import approaches, profiles, suggestions

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


def _mine(request: HttpRequest) -> StudentProfile:
    return get_object_or_404(StudentProfile.objects.editable_by(request.user))


@require_safe
def my_profiles(request: HttpRequest) -> HttpResponse:
    return render(request, "theses/profile_page.html", profile_pages.mine(request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def student_edit(request: HttpRequest) -> HttpResponse:
    profile = StudentProfile.objects.editable_by(request.user).first()
    form = StudentProfileForm(request.POST or None, user=request.user, profile=profile)
    if request.method == "POST" and form.is_valid():
        profiles.save_student(request.user, form.values, form.links, by=request.user)
        messages.success(request, _("Saved. You decide below who sees the profile."))
        return redirect("theses:profile")
    context = profile_pages.form_page(form, _("My profile as a student"))
    return render(request, "theses/profile_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def supervisor_edit(request: HttpRequest) -> HttpResponse:
    if not institutions_of(request.user).exists():
        context = profile_pages.form_page(None, _("My profile as a supervisor"))
        return render(request, "theses/profile_form.html", context)
    profile = SupervisorProfile.objects.editable_by(request.user).first()
    form = SupervisorProfileForm(request.POST or None, user=request.user, profile=profile)
    if has_done(
        request,
        form,
        lambda: profiles.save_supervisor(request.user, form.draft, by=request.user),
        _("Saved."),
    ):
        return redirect("theses:profile")
    context = profile_pages.form_page(form, _("My profile as a supervisor"))
    return render(request, "theses/profile_form.html", context, status=422 if form.errors else 200)


@require_POST
def profile_open(request: HttpRequest) -> HttpResponse:
    openness = request.POST.get("openness", "")
    if openness in Openness.values:
        profiles.open_student(_mine(request), openness, by=request.user)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Choose who sees the profile."))
    return redirect("theses:profile")


@require_POST
def profile_let_in(request: HttpRequest) -> HttpResponse:
    rows = Organisation.objects.visible_to(request.user)
    organisation = rows.filter(slug=request.POST.get("organisation", "")[:120]).first()
    if organisation is None:
        messages.error(request, _("Choose an organisation."))
        return redirect("theses:profile")
    with refusal_as_message(request):
        profiles.let_in(_mine(request), organisation, by=request.user)
        messages.success(request, _("%(name)s now sees your profile.") % {"name": organisation})
    return redirect("theses:profile")


@require_POST
def profile_shut_out(request: HttpRequest) -> HttpResponse:
    profile = _mine(request)
    rows = profile.opened_to.filter(slug=request.POST.get("organisation", "")[:120])
    profiles.shut_out(profile, get_object_or_404(rows), by=request.user)
    messages.success(request, _("Saved."))
    return redirect("theses:profile")


@require_POST
def profile_delete(request: HttpRequest, role: str) -> HttpResponse:
    with refusal_as_message(request):
        if role == "student":
            profiles.delete_student(_mine(request), by=request.user)
        else:
            rows = SupervisorProfile.objects.editable_by(request.user)
            profiles.delete_supervisor(get_object_or_404(rows), by=request.user)
        messages.success(request, _("The profile has been deleted."))
    return redirect("theses:profile")


@require_safe
def student_list(request: HttpRequest) -> HttpResponse:
    return STUDENTS.response(request)


@login_not_required
@require_safe
def supervisor_list(request: HttpRequest) -> HttpResponse:
    return SUPERVISORS.response(request)


def _student(request: HttpRequest, public_id: UUID) -> StudentProfile:
    rows = StudentProfile.objects.visible_to(request.user).select_related("user", "school")
    return get_object_or_404(rows, public_id=public_id)


def _supervisor(request: HttpRequest, slug: str) -> SupervisorProfile:
    rows = SupervisorProfile.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("user", "institution"), slug=slug)


@require_safe
def student_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    profile = _student(request, public_id)
    if profile.user_id != request.user.pk:
        audit.record(profile, "read", by=request.user)
    context = profile_pages.student(profile, request.user)
    return render(request, "theses/student_page.html", context)


@login_not_required
@require_safe
def supervisor_detail(request: HttpRequest, slug: str) -> HttpResponse:
    context = profile_pages.supervisor(_supervisor(request, slug), request.user)
    return render(request, "theses/supervisor_page.html", context)


@require_POST
def student_invite(request: HttpRequest, public_id: UUID) -> HttpResponse:
    profile = _student(request, public_id)
    form = _sent(request, Kind.INVITE_STUDENT, profile.user)
    if form is None:
        return redirect(profile)
    context = profile_pages.student(profile, request.user, form)
    return render(request, "theses/student_page.html", context, status=422)


@require_POST
def supervisor_invite(request: HttpRequest, slug: str) -> HttpResponse:
    profile = _supervisor(request, slug)
    form = _sent(request, Kind.INVITE_SUPERVISOR, profile.user)
    if form is None:
        return redirect(profile)
    context = profile_pages.supervisor(profile, request.user, form)
    return render(request, "theses/supervisor_page.html", context, status=422)


def _sent(request: HttpRequest, kind: Kind, to: Any) -> InvitationForm | None:
    """None when the invitation has gone; else the form with what is wrong."""
    mine = Topic.objects.editable_by(request.user)
    form = InvitationForm(request.POST, topics=profile_pages.invitable(mine, kind))
    if not form.is_valid():
        return form
    topic, message = form.cleaned_data["topic"], form.cleaned_data["message"]
    try:
        approaches.send(topic, kind, by=request.user, to=to, message=message)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return form
    messages.success(request, _("The invitation has been sent."))
    return None


DISMISSED = "theses_dismissed"  # in the session: the last one, so that it can be taken back


def _shown(request: HttpRequest, noun: str, context: dict[str, Any]) -> HttpResponse:
    """The page, or its part alone for htmx."""
    is_part = getattr(request, "htmx", False)
    template = f"theses/_{noun}_suggestions.html" if is_part else f"theses/{noun}_suggestions.html"
    response = render(request, template, {**context, "undo": _undo(request)})
    patch_vary_headers(response, ["HX-Request"])
    return response


def _undo(request: HttpRequest) -> Dismissal | None:
    """What was dismissed just now; offered once."""
    last = request.session.pop(DISMISSED, None)
    if last is None:
        return None
    rows = Dismissal.objects.editable_by(request.user).of_those_shown_to(request.user)
    return rows.with_titles().filter(pk=last).first()


@require_safe
def suggestion_list(request: HttpRequest) -> HttpResponse:
    short = bool(getattr(request, "htmx", False))
    context = suggestion_page.mine(request.user, short=short)
    if not short:
        context["dismissed"] = suggestion_page.dismissed_rows(request.user)
    return _shown(request, "my", context)


@require_safe
def topic_suggestions(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Topic.objects.editable_by(request.user).prefetch_related("terms", "education_fields")
    topic = get_object_or_404(rows, slug=slug)
    context = suggestion_page.of_topic(topic, request.user)
    if not getattr(request, "htmx", False):
        context["dismissed"] = suggestion_page.dismissed_people(topic, request.user)
    return _shown(request, "topic", context)


@require_POST
def suggestion_dismiss(request: HttpRequest) -> HttpResponse:
    form = DismissForm(request.POST, user=request.user)
    if not form.is_valid():
        return HttpResponseBadRequest()
    chosen = form.cleaned_data
    people = {name: chosen[name] for name in ("student", "supervisor")}
    made = suggestions.dismiss(chosen["topic"], by=request.user, **people)
    request.session[DISMISSED] = made.pk
    return redirect(safe_next(request, reverse("theses:suggestions")))


@require_POST
def suggestion_restore(request: HttpRequest) -> HttpResponse:
    form = RestoreForm(request.POST, user=request.user)
    if not form.is_valid():
        return HttpResponseBadRequest()
    suggestions.undo_dismissal(form.cleaned_data["dismissal"])
    messages.success(request, _("This can be suggested to you again."))
    return redirect(safe_next(request, reverse("theses:suggestions")))

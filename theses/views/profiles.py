"""My own profiles, as a student and as a supervisor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.errors import Refused
from cluster_portal.core.http import refusal_as_message
from members.models import Organisation
from theses.forms.profiles import StudentProfileForm, SupervisorProfileForm, institutions_of
from theses.models import StudentProfile, SupervisorProfile
from theses.models.profiles import Openness
from theses.pages import profile_pages
from theses.services import profiles

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def _me(request: HttpRequest) -> Any:
    """The signed-in user: these pages are closed to visitors."""
    return request.user


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
        profiles.save_student(_me(request), form.values, form.links, by=_me(request))
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
    if request.method == "POST" and form.is_valid() and _save_supervisor(request, form):
        return redirect("theses:profile")
    context = profile_pages.form_page(form, _("My profile as a supervisor"))
    return render(request, "theses/profile_form.html", context, status=422 if form.errors else 200)


def _save_supervisor(request: HttpRequest, form: SupervisorProfileForm) -> bool:
    """A refusal becomes an error of the form, so that the texts stay."""
    try:
        profiles.save_supervisor(_me(request), form.draft, by=_me(request))
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    messages.success(request, _("Saved."))
    return True


@require_POST
def profile_open(request: HttpRequest) -> HttpResponse:
    openness = request.POST.get("openness", "")
    if openness in Openness.values:
        profiles.open_student(_mine(request), openness, by=_me(request))
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
        profiles.let_in(_mine(request), organisation, by=_me(request))
        messages.success(request, _("%(name)s now sees your profile.") % {"name": organisation})
    return redirect("theses:profile")


@require_POST
def profile_shut_out(request: HttpRequest) -> HttpResponse:
    profile = _mine(request)
    rows = profile.opened_to.filter(slug=request.POST.get("organisation", "")[:120])
    profiles.shut_out(profile, get_object_or_404(rows), by=_me(request))
    messages.success(request, _("Saved."))
    return redirect("theses:profile")


@require_POST
def profile_delete(request: HttpRequest, role: str) -> HttpResponse:
    with refusal_as_message(request):
        if role == "student":
            profiles.delete_student(_mine(request), by=_me(request))
        else:
            rows = SupervisorProfile.objects.editable_by(request.user)
            profiles.delete_supervisor(get_object_or_404(rows), by=_me(request))
        messages.success(request, _("The profile has been deleted."))
    return redirect("theses:profile")

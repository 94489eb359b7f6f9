"""An organisation's page is kept alive by its contact: facts, logo, confirmation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.errors import Refused
from cluster_portal.core.files import FileMissing, pictures
from cluster_portal.core.http import refusal_as_message
from members.forms.profiles import LogoForm, OrganisationEditForm, VersionForm
from members.models import Organisation
from members.pages import profiles as pages
from members.services import organisations, profiles

if TYPE_CHECKING:
    from django.http import FileResponse, HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_edit(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.editable_by(request.user), slug=slug)
    form = OrganisationEditForm(request.POST or None, initial=pages.values_of(organisation))
    context = {}
    if request.method == "POST" and form.is_valid():
        context["conflict"] = pages.conflict(organisation, form)
        if not context["conflict"] and _is_saved(request, organisation, form):
            return redirect(organisation)
    context |= pages.editing(organisation, form, request.user)
    status = 409 if context.get("conflict") else 422 if form.errors else 200
    return render(request, "members/organisation_form.html", context, status=status)


def _is_saved(request: HttpRequest, organisation: Organisation, form: OrganisationEditForm) -> bool:
    try:
        organisations.edit_organisation(
            organisation, form.values(), by=request.user, terms=form.cleaned_data["terms"],
            seen_version=form.cleaned_data["version"],
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    messages.success(request, _("The facts of the organisation have been saved."))
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_logo_edit(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.editable_by(request.user), slug=slug)
    form = LogoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusal_as_message(request):
            profiles.set_logo(organisation, form.cleaned_data["logo"], by=request.user)
            messages.success(request, _("The logo has been saved."))
        return redirect(organisation)
    status = 422 if form.errors else 200
    context = pages.logo(organisation, form)
    return render(request, "members/organisation_logo.html", context, status=status)


@require_POST
def organisation_logo_remove(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.editable_by(request.user), slug=slug)
    with refusal_as_message(request):
        profiles.set_logo(organisation, None, by=request.user)
        messages.success(request, _("The logo has been removed. The emblem is shown again."))
    return redirect(organisation)


@login_not_required
@require_safe
def organisation_logo(request: HttpRequest, slug: str) -> FileResponse:
    """The picture itself, for whoever may see the organisation."""
    rows = Organisation.objects.visible_to(request.user).exclude(logo="")
    organisation = get_object_or_404(rows, slug=slug)
    try:
        return pictures.shown(organisation.logo)
    except FileMissing:
        raise Http404 from None


@require_POST
def organisation_confirm(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.editable_by(request.user), slug=slug)
    form = VersionForm(request.POST)
    with refusal_as_message(request):
        if not form.is_valid():
            raise Refused(_("Open the page again."))
        version = form.cleaned_data["version"]
        profiles.confirm_facts(organisation, by=request.user, seen_version=version)
        messages.success(request, _("Thank you. The facts are confirmed from today."))
    return redirect(organisation)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_confirm_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the facts and changes nothing; the signed token of the letter is the permission."""
    try:
        organisation, user = profiles.read_link(token)
    except Refused as refusal:
        refused = {"refusal": refusal.message}
        return render(request, "members/organisation_confirm.html", refused, status=404)
    form = VersionForm(request.POST or None)
    context: dict[str, Any] = {"organisation": organisation, "facts": pages.told(organisation)}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            profiles.confirm_facts(organisation, by=user, seen_version=version)
            context["is_done"] = True
        except Refused as refusal:
            context["fault"] = refusal.message
    context["version"] = organisation.updated_at.isoformat()
    return render(request, "members/organisation_confirm.html", context)

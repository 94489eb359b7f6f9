"""The people of an organisation, and invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core.errors import Refused
from cluster_portal.core.http import refusal_as_message
from members.forms.members import InvitationForm, RoleForm
from members.models import Affiliation, Organisation
from members.pages import people as pages
from members.services import affiliations, invitations

if TYPE_CHECKING:
    from uuid import UUID

STEPS: dict[str, Any] = {
    "confirm": affiliations.confirm,
    "decline": affiliations.decline,
    "end": affiliations.end,
    "restore": affiliations.restore,
    "settle": affiliations.settle,
}


@require_safe
def people_list(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.peopled_by(request.user), slug=slug)
    context = pages.people(organisation, request.user)
    form = InvitationForm(is_insider=context["is_insider"])
    return render(request, "members/people.html", {**context, "form": form})


@require_POST
def person_invite(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.editable_by(request.user), slug=slug)
    context = pages.people(organisation, request.user)
    form = InvitationForm(request.POST, is_insider=context["is_insider"])
    if not form.is_valid():
        return render(request, "members/people.html", {**context, "form": form})
    with refusal_as_message(request):
        invitations.invite(organisation, **form.cleaned_data, by=request.user)
        messages.success(request, _("The invitation is on its way."))
    return redirect("members:people", slug)


@require_POST
def affiliation_step(request: HttpRequest, public_id: UUID, action: str) -> HttpResponse:
    rows = Affiliation.objects.visible_to(request.user).select_related("organisation")
    affiliation = get_object_or_404(rows, public_id=public_id)
    if action not in STEPS:
        raise Http404
    with refusal_as_message(request):
        STEPS[action](affiliation, by=request.user)
        messages.success(request, _("Done."))
    keeps = Organisation.objects.peopled_by(request.user).contains(affiliation.organisation)
    return redirect(
        "members:people" if keeps else "members:organisation", affiliation.organisation.slug
    )


@require_POST
def affiliation_role(request: HttpRequest, public_id: UUID) -> HttpResponse:
    rows = Affiliation.objects.editable_by(request.user).select_related("organisation")
    affiliation = get_object_or_404(rows, public_id=public_id)
    form = RoleForm(request.POST, is_insider=False)
    with refusal_as_message(request):
        if form.is_valid():
            affiliations.change_role(affiliation, **form.cleaned_data, by=request.user)
            messages.success(request, _("The role has been changed."))
        else:
            messages.error(request, " ".join(str(each[0]) for each in form.errors.values()))
    return redirect("members:people", affiliation.organisation.slug)


@require_safe
def removal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """For the former contact themselves, from the letter about it."""
    rows = Affiliation.objects.visible_to(request.user).filter(user=request.user.pk)
    affiliation = get_object_or_404(rows.select_related("organisation"), public_id=public_id)
    return render(request, "members/removal.html", pages.removal(affiliation, request.user))


@require_POST
def affiliation_request(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    with refusal_as_message(request):
        affiliations.request(organisation, by=request.user)
        messages.success(
            request, _("Your request has been sent. The contact person decides on it.")
        )
    return redirect(organisation)


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what the invitation is to; only POST accepts it."""
    try:
        invited = invitations.read(token)
        if request.method == "POST":
            affiliation = invitations.accept(token, by=request.user)
            messages.success(request, _("Welcome. You now belong to the organisation."))
            return redirect(affiliation.organisation)
    except Refused as refusal:
        return render(request, "members/invitation.html", {"refusal": refusal.message})
    trail = [{"name": _("Invitation")}]
    return render(request, "members/invitation.html", {"invitation": invited, "trail": trail})

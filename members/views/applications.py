"""Joining: the choice, the form, the status page and the applicant's own steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core.errors import Refused
from cluster_portal.core.http import refusal_as_message
from members import application_pages as pages
from members.forms import AnswerForm, OrganisationApplicationForm, PersonApplicationForm
from members.models import Cluster, Membership
from members.models.memberships import Stage
from members.services import applications

if TYPE_CHECKING:
    from uuid import UUID

FORMS: dict[str, Any] = {
    "organisation": OrganisationApplicationForm,
    "person": PersonApplicationForm,
}


@login_not_required
@require_safe
def join(request: HttpRequest) -> HttpResponse:
    context = {
        "trail": [{"name": _("Join")}],
        "clusters": Cluster.objects.visible_to(request.user),
        "mine": Membership.objects.visible_to(request.user).filter(applicant_id=request.user.pk)
        if request.user.is_authenticated
        else [],
        "sign_up_next": urlencode({"next": reverse("members:join")}),
    }
    return render(request, "members/join.html", context)


def application_new(request: HttpRequest, kind: str) -> HttpResponse:
    return _form_page(request, kind, None)


def application_edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    drafts = Membership.objects.editable_by(request.user).filter(stage=Stage.DRAFT)
    draft = get_object_or_404(drafts.select_related("organisation"), public_id=public_id)
    return _form_page(request, "person" if draft.person_id else "organisation", draft)


def _form_page(request: HttpRequest, kind: str, draft: Membership | None) -> HttpResponse:
    if kind not in FORMS:
        raise Http404
    is_draft = "save" in request.POST
    form = pages.form_of(FORMS[kind], request, draft, is_draft=is_draft)
    if request.method == "POST" and form.is_valid():
        try:
            return _saved(request, form, draft, is_draft=is_draft)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    context = {"form": form, "kind": kind, "draft": draft, **pages.form_frame(kind, form)}
    return render(request, "members/application_form.html", context)


def _saved(
    request: HttpRequest, form: Any, draft: Membership | None, *, is_draft: bool
) -> HttpResponse:
    """Saves, and sends unless only a draft is wanted; a refused sending keeps the draft."""
    saved = applications.save_draft(form.applied(), by=request.user, draft=draft)
    if is_draft:
        messages.success(request, _("The draft is saved. You can go on later."))
        return redirect("members:application_edit", saved.public_id)
    try:
        sent = applications.submit(saved, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("members:application_edit", saved.public_id)
    if sent.organisation_id != saved.organisation_id:
        messages.info(request, _("The organisation was known already and is used as it is."))
    messages.success(request, _("Thank you, your application has been received."))
    return redirect(sent)


@require_safe
def application_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    rows = Membership.objects.visible_to(request.user)
    rows = rows.select_related("cluster", "organisation__region", "person", "applicant")
    application = get_object_or_404(rows, public_id=public_id)
    context = pages.status(application, request.user)
    return render(request, "members/application_detail.html", {**context, "form": AnswerForm()})


@require_POST
def application_reply(request: HttpRequest, public_id: UUID) -> HttpResponse:
    rows = Membership.objects.visible_to(request.user)
    rows = rows.select_related("cluster", "organisation__region", "person", "applicant")
    application = get_object_or_404(rows, public_id=public_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        context = pages.status(application, request.user)
        return render(request, "members/application_detail.html", {**context, "form": form})
    with refusal_as_message(request):
        applications.reply(application, by=request.user, answer=form.cleaned_data["reason"])
        messages.success(request, _("Your answer has been sent."))
    return redirect(application)


@require_POST
def application_withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    rows = Membership.objects.visible_to(request.user)
    application = get_object_or_404(rows, public_id=public_id)
    with refusal_as_message(request):
        applications.withdraw(application, by=request.user)
        messages.success(request, _("The application has been withdrawn."))
    return redirect(application)

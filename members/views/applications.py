"""Joining: the choice, the form, the status page and the applicant's own steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.http import refusal_as_message, with_next
from members.forms.members import AnswerForm, NewOrganisationForm
from members.models import Cluster, Membership, Organisation
from members.models.memberships import Stage, applies
from members.pages import applications as pages
from members.pages import joining
from members.services import applications, memberships
from members.services.applications import Applied

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_safe
def join(request: HttpRequest) -> HttpResponse:
    context = {
        "trail": [{"name": _("Join")}],
        "clusters": Cluster.objects.visible_to(request.user),
        "mine": Membership.objects.visible_to(request.user).filter(applicant_id=request.user.pk)
        if request.user.is_authenticated
        else [],
        "organisation_url": _way(request, "organisation"),
        "person_url": _way(request, "person"),
        "sign_up_next": urlencode({"next": reverse("members:join")}),
    }
    return render(request, "members/join.html", context)


def _way(request: HttpRequest, kind: str) -> str:
    """The form of the kind; for a visitor through signing up, which comes first."""
    form = reverse(f"members:application_{kind}")
    return form if request.user.is_authenticated else with_next(reverse("account_signup"), form)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_find(request: HttpRequest) -> HttpResponse:
    """The first step: search, then choose; or go on to describe a new one."""
    if request.method == "POST":
        return _chosen(request)
    context = joining.finding(request.user, request.GET.get("q", ""))
    only_rows = request.htmx  # type: ignore[attr-defined]
    page = "members/_organisation_choices.html" if only_rows else "members/application_find.html"
    response = render(request, page, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _chosen(request: HttpRequest) -> HttpResponse:
    open_ones = Organisation.objects.visible_to(request.user).applicable()
    organisation = get_object_or_404(open_ones, slug=request.POST.get("organisation", ""))
    clusters = Cluster.objects.visible_to(request.user).open_to(organisation)
    cluster = joining.likely_cluster(clusters, organisation.region_id)
    if cluster is None:  # since the list was shown; the list says now how it is
        return redirect(f"{request.path}?{urlencode({'q': organisation.title})}")
    applied = Applied(cluster, {}, organisation=organisation)
    draft = applications.save_draft(applied, by=request.user)
    return redirect("members:application_edit", draft.public_id)


def organisation_new(request: HttpRequest) -> HttpResponse:
    return _facts_page(request, None)


def organisation_facts(request: HttpRequest, public_id: UUID) -> HttpResponse:
    draft = get_object_or_404(
        _drafts(request).filter(organisation__visibility="private"), public_id=public_id
    )
    return _facts_page(request, draft)


def _drafts(request: HttpRequest) -> Any:
    drafts = Membership.objects.editable_by(request.user).filter(stage=Stage.DRAFT)
    return drafts.select_related("organisation", "cluster")


def _facts_page(request: HttpRequest, draft: Membership | None) -> HttpResponse:
    initial = pages.facts_of(draft) if draft else {"name": request.GET.get("name", "")[:200]}
    data = request.POST if request.method == "POST" else None
    form = NewOrganisationForm(data, initial=initial, user=request.user)
    if request.method == "POST" and form.is_valid():
        clusters = Cluster.objects.visible_to(request.user)
        region = form.cleaned_data["region"]
        likely = joining.likely_cluster(clusters, region.pk if region else None)
        says = {"says_another": form.cleaned_data["says_another"]}
        applied = Applied(draft.cluster if draft else likely, says, details=form.details())
        try:
            saved = applications.save_draft(applied, by=request.user, draft=draft)
            return redirect("members:application_edit", saved.public_id)
        except Refused as refusal:
            form.add_error("name", refusal.message)
    context = {"form": form, **pages.facts_frame(form)}
    return render(request, "members/application_organisation.html", context)


def application_person(request: HttpRequest) -> HttpResponse:
    return _form_page(request, None)


def application_edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The form of a draft; what has been sent meanwhile, by a second press, is shown."""
    mine = Membership.objects.visible_to(request.user).exclude(stage=Stage.DRAFT)
    sent = mine.filter(public_id=public_id).first()
    if sent is not None and applies(sent, request.user):
        return redirect(sent)
    return _form_page(request, get_object_or_404(_drafts(request), public_id=public_id))


def _form_page(request: HttpRequest, draft: Membership | None) -> HttpResponse:
    is_draft = "save" in request.POST
    form = pages.form_of(request, draft, is_draft=is_draft)
    if request.method == "POST" and form.is_valid():
        try:
            return _saved(request, form, draft, is_draft=is_draft)
        except Refused as refusal:
            form.add_error("cluster", refusal.message)
    context = {"form": form, "draft": draft, **pages.form_frame(form, draft)}
    return render(request, "members/application_form.html", context)


def _saved(
    request: HttpRequest, form: Any, draft: Membership | None, *, is_draft: bool
) -> HttpResponse:
    """Saves, and sends unless only a draft is wanted; what a refusal leaves is on the page."""
    if is_draft:
        saved = applications.save_draft(form.applied(), by=request.user, draft=draft)
        messages.success(request, _("The draft is saved. You can go on later."))
        return redirect("members:application_edit", saved.public_id)
    saved = applications.save_draft(form.applied(), by=request.user, draft=draft)
    sent = applications.submit(saved, by=request.user)
    if sent.organisation_id != saved.organisation_id:
        messages.info(request, _("The organisation was known already and is used as it is."))
    messages.success(request, _("Thank you, your application has been received."))
    return redirect(sent)


@require_safe
def application_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    rows = Membership.objects.visible_to(request.user)
    rows = rows.select_related("cluster", "organisation__region", "person", "applicant")
    application = get_object_or_404(rows, public_id=public_id)
    reader: Any = request.user
    if reader.pk not in (application.applicant_id, application.person_id):
        audit.record(application, "read", by=reader)
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


@require_POST
def application_agree(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The contact says whether the membership that a coordinator recorded is right."""
    rows = Membership.objects.visible_to(request.user)
    membership = get_object_or_404(rows, public_id=public_id)
    answers = {"agree": memberships.agree, "disagree": memberships.disagree}
    answer = answers.get(request.POST.get("answer", ""))
    if answer is None:
        raise Http404
    with refusal_as_message(request):
        answer(membership, by=request.user)
        messages.success(request, _("Thank you, your answer has been recorded."))
    return redirect(membership)

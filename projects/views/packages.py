"""A project's package at its end, business outcomes, and funding as charts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from cluster_portal.core.http import has_done, refusal_as_message
from cluster_portal.core.http.one_at_a_time import one_at_a_time
from members.views.sign_in_attempts import client_network, too_many
from projects.forms.outcomes import LegacyForm, OutcomeForm, TransferForm
from projects.models import BusinessOutcome, Project, ProjectLegacy, TransferItem
from projects.pages import outcomes as outcome_page
from projects.pages import packages as page
from projects.pages.results import trail
from projects.services.decision_drafts import NONE_YET
from projects.services.documents import record_reading
from projects.services.outcomes import remove_outcome, tell_outcome
from projects.services.packages import save_legacy, save_transfer
from projects.services.result_telling import may_tell

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse, HttpResponseBase


VISITORS_AT_ONCE = 4  # from one network, of a school for example


@login_not_required
@require_safe
def package(request: HttpRequest, slug: str) -> HttpResponse:
    project = get_object_or_404(Project.objects.visible_to(request.user), slug=slug)
    return render(request, "projects/package.html", page.values(project, request.user))


@login_not_required
@require_GET  # of a HEAD nothing would be read, and so nothing be over
def package_zip(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One at a time for each person, since making it costs disk and time; visitors of one network
    share a few."""
    project = get_object_or_404(Project.objects.visible_to(request.user), slug=slug)
    who = str(request.user.pk or client_network(request))
    slots = 1 if request.user.is_authenticated else VISITORS_AT_ONCE
    content = one_at_a_time(f"package {who}", page.packed(project, request.user), slots=slots)
    if content is None:
        return too_many(request)
    if request.user.is_authenticated:
        for paper in page.documents(project, request.user):
            record_reading(paper, by=request.user)
    response = StreamingHttpResponse(content, content_type="application/zip")
    name = content_disposition_header(as_attachment=True, filename=page.file_name(project))
    response.headers["Content-Disposition"] = name or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def package_edit(request: HttpRequest, slug: str) -> HttpResponse:
    project = get_object_or_404(Project.objects.editable_by(request.user), slug=slug)
    rows = ProjectLegacy.objects.editable_by(request.user).filter(project=project)
    legacy: Any = rows.first() or ProjectLegacy()
    form = LegacyForm(request.POST or None, legacy=legacy)
    user: Any = request.user
    seen = request.POST.get("seen", "")
    if has_done(
        request, form, lambda: save_legacy(project, form.cleaned_data, by=user, seen=seen),
        _("Saved."),
    ):  # fmt: skip
        return redirect(page.address(project))
    heading = _("What does the project leave behind?")
    stamp = legacy.stamp if legacy.pk else NONE_YET
    return _form(request, form, project, heading, stamp)


@require_http_methods(["GET", "HEAD", "POST"])
def transfer_add(request: HttpRequest, slug: str) -> HttpResponse:
    project = get_object_or_404(Project.objects.editable_by(request.user), slug=slug)
    return _transfer(request, project, None)


@require_http_methods(["GET", "HEAD", "POST"])
def transfer_edit(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponse:
    rows = TransferItem.objects.editable_by(request.user).filter(project__slug=slug)
    item: Any = get_object_or_404(rows.select_related("project"), public_id=public_id)
    return _transfer(request, item.project, item)


def _transfer(request: HttpRequest, project: Project, item: TransferItem | None) -> HttpResponse:
    user: Any = request.user
    form = TransferForm(request.POST or None, user=user, item=item)
    seen = request.POST.get("seen", "")
    if has_done(
        request, form,
        lambda: save_transfer(project, form.cleaned_data, by=user, item=item, seen=seen),
        _("Saved."),
    ):  # fmt: skip
        return redirect(page.address(project))
    stamp = item.stamp if item else ""
    return _form(request, form, project, _("What has to live on?"), stamp)


def _form(
    request: HttpRequest, form: BaseForm, project: Project, heading: str, stamp: str = ""
) -> HttpResponse:
    context = {
        "form": form, "heading": heading, "lead": project.title, "stamp": stamp,
        "trail": page.trail(project, heading), "back": page.address(project),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "projects/result_form.html", context, status=status)


@login_not_required
@require_safe
def outcomes(request: HttpRequest) -> HttpResponse:
    return render(request, "projects/outcomes.html", outcome_page.outcome_values(request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def outcome_tell(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not may_tell(user):
        messages.info(request, _("Members of the clusters can tell business outcomes."))
        return redirect("projects:outcomes")
    form = OutcomeForm(request.POST or None, user=user)
    if has_done(
        request, form, lambda: tell_outcome(form.cleaned_data, by=user),
        _("Thank you. It counts in the sums once its year is over."),
    ):  # fmt: skip
        return redirect("projects:outcomes")
    heading = _("Tell a business outcome")
    context = {
        "form": form, "heading": heading, "trail": trail(heading),
        "lead": _("Others see sums of at least five organisations, never yours alone."),
        "back": outcome_page.address(),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "projects/result_form.html", context, status=status)


@require_POST
def outcome_remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    rows = BusinessOutcome.objects.editable_by(request.user)
    outcome = get_object_or_404(rows, public_id=public_id)
    user: Any = request.user
    with refusal_as_message(request):
        remove_outcome(outcome, by=user)
        messages.success(request, _("The outcome is removed."))
    return redirect("projects:outcomes")


@login_not_required
@require_safe
def funding(request: HttpRequest) -> HttpResponse:
    return render(request, "projects/funding.html", outcome_page.funding_values(request.user))

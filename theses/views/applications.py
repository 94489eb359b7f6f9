"""Applying, and the page of one application for its two sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.http import refusal_as_message
from theses.forms.applications import ApplicationForm, DeclineForm
from theses.models import Application, Topic
from theses.pages import application_page, topic_page
from theses.services import applications

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def _me(request: HttpRequest) -> Any:
    """The signed-in user: these pages are closed to visitors."""
    return request.user


@require_http_methods(["GET", "HEAD", "POST"])
def topic_apply(request: HttpRequest, slug: str) -> HttpResponse:
    """GET only comes from a sign-in in between, and leads to the form."""
    rows = Topic.objects.visible_to(request.user, even_withdrawn=True)
    topic = get_object_or_404(topic_page.complete(rows, request.user), slug=slug)
    if request.method != "POST":
        return redirect(f"{topic.get_absolute_url()}#apply")
    form = ApplicationForm(request.POST, request.FILES)
    made = _send(form, topic, _me(request)) if form.is_valid() else None
    if made is not None:
        messages.success(request, _("Thank you, your application has been sent."))
        return redirect(made)
    values = topic_page.values(request.user, topic, form)
    return render(request, "theses/topic_page.html", values, status=422)


def _send(form: ApplicationForm, topic: Topic, student: Any) -> Application | None:
    """A refusal becomes an error of the form, so that the text stays."""
    try:
        return applications.apply(topic, by=student, **form.values)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return None


def seen(request: HttpRequest, public_id: Any) -> Application:
    """The application when the reader may see it, with all that its page shows."""
    rows = Application.objects.visible_to(request.user)
    related = (
        "topic__organisation", "topic__home_cluster", "topic__contact", "student", "place",
        "decided_by", "thesis",
    )  # fmt: skip
    return get_object_or_404(rows.select_related(*related), public_id=public_id)


def page(request: HttpRequest, application: Application, **forms: Any) -> HttpResponse:
    """The application's page; with a form that came back, 422."""
    values = application_page.values(request.user, application, **forms)
    return render(
        request, "theses/application_page.html", values, status=422 if any(forms.values()) else 200
    )


@require_safe
def application_detail(request: HttpRequest, public_id: Any) -> HttpResponse:
    application = seen(request, public_id)
    if _me(request).pk != application.student_id:
        audit.record(application, "read", by=_me(request))
    return page(request, application)


@require_safe
def applicants_compare(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Topic.objects.editable_by(request.user).select_related("organisation", "contact")
    topic = get_object_or_404(rows, slug=slug)
    values = application_page.comparison(topic, request.user)
    audit.record_reads([row["application"] for row in values["rows"]], "read", by=_me(request))
    return render(request, "theses/application_compare.html", values)


@require_POST
def application_decline(request: HttpRequest, public_id: Any) -> HttpResponse:
    application = seen(request, public_id)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return page(request, application, decline=form)
    with refusal_as_message(request):
        applications.decline_application(application, by=_me(request), **form.cleaned_data)
        messages.success(request, _("The applicant has been told."))
    return redirect(application)


@require_POST
def application_move(request: HttpRequest, public_id: Any, action: str) -> HttpResponse:
    application = seen(request, public_id)
    act = _ACTIONS.get(action)
    if act is None:
        raise Http404
    with refusal_as_message(request):
        act(application, by=_me(request))
        messages.success(request, _DONE[action]())
    return redirect(application)


_ACTIONS = {
    "accept": applications.accept_application,
    "withdraw": applications.withdraw_application,
}
_DONE = {
    "accept": lambda: _("The applicant has been accepted and told."),
    "withdraw": lambda: _("Your application has been withdrawn."),
}

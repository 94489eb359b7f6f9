"""Applying, and the page of one application for its two sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.errors import Refused
from cluster_portal.core.http import refusal_as_message
from theses import presentation, topic_page
from theses.forms.applications import ApplicationForm
from theses.models import Application, Topic
from theses.models.applications import MOVES
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
    topic = get_object_or_404(rows, slug=slug)
    if request.method != "POST":
        return redirect(f"{topic.get_absolute_url()}#apply")
    form = ApplicationForm(request.POST)
    made = _send(form, topic, _me(request)) if form.is_valid() else None
    if made is not None:
        messages.success(request, _("Thank you, your application has been sent."))
        return redirect(made)
    values = topic_page.values(request.user, topic, form)
    return render(request, "theses/topic_page.html", values, status=422)


def _send(form: ApplicationForm, topic: Topic, student: Any) -> Application | None:
    """A refusal becomes an error of the form, so that the text stays."""
    texts = {name: form.cleaned_data[name] for name in ("motivation", "school")}
    try:
        return applications.apply(topic, by=student, **texts)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return None


def _seen(request: HttpRequest, public_id: Any) -> Application:
    rows = Application.objects.visible_to(request.user)
    related = (
        "topic__organisation",
        "topic__home_cluster",
        "topic__contact",
        "student",
        "place",
        "decided_by",
    )
    return get_object_or_404(rows.select_related(*related), public_id=public_id)


@require_safe
def application_detail(request: HttpRequest, public_id: Any) -> HttpResponse:
    application = _seen(request, public_id)
    topic = application.topic
    is_own = application.student_id == request.user.pk
    trail = [
        {"name": _("Theses"), "url": reverse("theses:list")},
        {"name": topic.heading, "url": topic.get_absolute_url()},
        {"name": _("Application")},
    ]
    context = {
        "trail": trail,
        "topic": topic,
        "row": presentation.application_row(application, request.user),
        "application": application,
        "steps": presentation.application_steps(application),
        "is_own": is_own,
        "shows_contact": is_own and application.holds_a_place and topic.contact is not None,
    }
    return render(request, "theses/application_page.html", context)


@require_POST
def application_move(request: HttpRequest, public_id: Any, action: str) -> HttpResponse:
    application = _seen(request, public_id)
    act = _ACTIONS.get(action)
    if act is None or action not in MOVES.moves:
        raise Http404
    with refusal_as_message(request):
        act(application, request.user, request.POST.get("reason", "")[:2000])
        messages.success(request, _DONE[action]())
    return redirect(application)


def _accept(application: Application, user: Any, _reason: str) -> None:
    applications.accept_application(application, by=user)


def _decline(application: Application, user: Any, reason: str) -> None:
    applications.decline_application(application, by=user, reason=reason)


def _withdraw(application: Application, user: Any, _reason: str) -> None:
    applications.withdraw_application(application, by=user)


_ACTIONS = {"accept": _accept, "decline": _decline, "withdraw": _withdraw}
_DONE = {
    "accept": lambda: _("The applicant has been accepted and told."),
    "decline": lambda: _("The applicant has been told."),
    "withdraw": lambda: _("Your application has been withdrawn."),
}

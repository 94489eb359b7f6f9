"""Applying, and the page of one application for its two sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core import audit, files
from cluster_portal.core.errors import Refused
from cluster_portal.core.http import refusal_as_message
from theses.forms.applications import ApplicationForm, DeclineForm, InterviewForm, OtherTimesForm
from theses.models import Application, ApplicationFile, Topic
from theses.pages import application_page, topic_page
from theses.services import applications, interviews

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import FileResponse, HttpRequest


@require_http_methods(["GET", "HEAD", "POST"])
def topic_apply(request: HttpRequest, slug: str) -> HttpResponse:
    """GET only comes from a sign-in in between, and leads to the form."""
    rows = Topic.objects.visible_to(request.user, even_withdrawn=True)
    topic = get_object_or_404(topic_page.complete(rows, request.user), slug=slug)
    if request.method != "POST":
        return redirect(f"{topic.get_absolute_url()}#apply")
    form = ApplicationForm(request.POST, request.FILES)
    made = _send(form, topic, request.user) if form.is_valid() else None
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


def seen(request: HttpRequest, public_id: UUID) -> Application:
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
def application_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    application = seen(request, public_id)
    if request.user.pk != application.student_id:
        audit.record(application, "read", by=request.user)
    return page(request, application)


@require_safe
def applicants_compare(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Topic.objects.editable_by(request.user).select_related("organisation", "contact")
    topic = get_object_or_404(rows, slug=slug)
    values = application_page.comparison(topic, request.user)
    audit.record_reads([row["application"] for row in values["rows"]], "read", by=request.user)
    return render(request, "theses/application_compare.html", values)


@require_POST
def application_decline(request: HttpRequest, public_id: UUID) -> HttpResponse:
    application = seen(request, public_id)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return page(request, application, decline=form)
    with refusal_as_message(request):
        applications.decline_application(application, by=request.user, **form.cleaned_data)
        messages.success(request, _("The applicant has been told."))
    return redirect(application)


@require_POST
def application_move(request: HttpRequest, public_id: UUID, action: str) -> HttpResponse:
    application = seen(request, public_id)
    act = _ACTIONS.get(action)
    if act is None:
        raise Http404
    with refusal_as_message(request):
        act(application, by=request.user)
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


def _top_of(application: Application) -> str:
    """Where the message stands; without it the browser stays at the form that was sent."""
    return f"{application.get_absolute_url()}#sisalto"


@require_POST
def interview_propose(request: HttpRequest, public_id: UUID) -> HttpResponse:
    application = seen(request, public_id)
    form = InterviewForm(request.POST)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("minutes", "meeting")}
        try:
            interviews.propose_times(application, form.times, by=request.user, **values)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The student has been invited and picks a time."))
            return redirect(_top_of(application))
    return page(request, application, invite=form)


@require_POST
def interview_pick(request: HttpRequest, public_id: UUID) -> HttpResponse:
    application = seen(request, public_id)
    asked = request.POST.get("time", "")
    pk = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
    time = get_object_or_404(application.interview_times.all(), pk=pk)
    with refusal_as_message(request):
        interviews.pick_time(application, time, by=request.user)
        messages.success(request, _("The time is agreed. Both of you have been told."))
    return redirect(_top_of(application))


@require_POST
def interview_other(request: HttpRequest, public_id: UUID) -> HttpResponse:
    application = seen(request, public_id)
    form = OtherTimesForm(request.POST)
    if not form.is_valid():
        return page(request, application, other=form)
    with refusal_as_message(request):
        interviews.ask_other_times(application, by=request.user, wish=form.cleaned_data["wish"])
        messages.success(request, _("The commissioner has been asked for other times."))
    return redirect(_top_of(application))


@require_safe
def interview_ics(request: HttpRequest, public_id: UUID) -> HttpResponse:
    application = seen(request, public_id)
    chosen = next((time for time in application.interview_times.all() if time.is_chosen), None)
    if chosen is None or not application.is_pending:
        raise Http404
    headers = {"Content-Disposition": 'attachment; filename="interview.ics"'}
    content = application_page.interview(application, chosen)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


@require_safe
def application_file(request: HttpRequest, public_id: UUID) -> HttpResponse | FileResponse:
    rows = ApplicationFile.objects.visible_to(request.user).select_related("application")
    file = get_object_or_404(rows, public_id=public_id)
    reader: Any = request.user
    if reader.pk != file.application.student_id:
        audit.record(file.application, "file read", by=reader, details={"file": file.pk})
    try:
        return files.answer(str(file.file), file.name)
    except files.FileMissing:
        return render(request, "theses/application_file_missing.html", {"file": file}, status=404)


@require_POST
def application_file_remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    rows = ApplicationFile.objects.editable_by(request.user).select_related("application__topic")
    file = get_object_or_404(rows, public_id=public_id)
    user: Any = request.user
    with refusal_as_message(request):
        applications.remove_file(file, by=user)
        messages.success(request, _("The file has been removed."))
    return redirect(file.application)

"""The interview: proposing times, taking one, asking for others, and its calendar entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core.errors import Refused
from cluster_portal.core.http import refusal_as_message
from theses.forms.applications import InterviewForm, OtherTimesForm
from theses.pages import calendar_entries
from theses.services import interviews
from theses.views.applications import page, seen

if TYPE_CHECKING:
    from django.http import HttpRequest

    from theses.models import Application


def _me(request: HttpRequest) -> Any:
    return request.user


def _top_of(application: Application) -> str:
    """Where the message stands; without it the browser stays at the form that was sent."""
    return f"{application.get_absolute_url()}#sisalto"


@require_POST
def interview_propose(request: HttpRequest, public_id: Any) -> HttpResponse:
    application = seen(request, public_id)
    form = InterviewForm(request.POST)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("minutes", "meeting")}
        try:
            interviews.propose_times(application, form.times, by=_me(request), **values)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The student has been invited and picks a time."))
            return redirect(_top_of(application))
    return page(request, application, invite=form)


@require_POST
def interview_pick(request: HttpRequest, public_id: Any) -> HttpResponse:
    application = seen(request, public_id)
    asked = request.POST.get("time", "")
    pk = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
    time = get_object_or_404(application.interview_times.all(), pk=pk)
    with refusal_as_message(request):
        interviews.pick_time(application, time, by=_me(request))
        messages.success(request, _("The time is agreed. Both of you have been told."))
    return redirect(_top_of(application))


@require_POST
def interview_other(request: HttpRequest, public_id: Any) -> HttpResponse:
    application = seen(request, public_id)
    form = OtherTimesForm(request.POST)
    if not form.is_valid():
        return page(request, application, other=form)
    with refusal_as_message(request):
        interviews.ask_other_times(application, by=_me(request), wish=form.cleaned_data["wish"])
        messages.success(request, _("The commissioner has been asked for other times."))
    return redirect(_top_of(application))


@require_safe
def interview_ics(request: HttpRequest, public_id: Any) -> HttpResponse:
    application = seen(request, public_id)
    chosen = next((time for time in application.interview_times.all() if time.is_chosen), None)
    if chosen is None or not application.is_pending:
        raise Http404
    headers = {"Content-Disposition": 'attachment; filename="interview.ics"'}
    content = calendar_entries.interview(application, chosen)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)

"""Reporting of a measure, signed in or by the link of a mail. GET shows, POST acts."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cluster_portal.core.http import has_done, refusal_as_message
from projects.forms.updates import PassOnForm, ReportForm
from projects.models import Measure
from projects.models.updates import may_report
from projects.pages import updates as page
from projects.services import updates as services

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from cluster_portal.core.visibility import Reader
    from projects.models import ReportRequest


@require_http_methods(["GET", "HEAD", "POST"])
def measure_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    visible = Measure.objects.visible_to(request.user).with_programme()
    measure = get_object_or_404(visible.select_related("responsible"), public_id=public_id)
    user: Any = request.user
    if not may_report(measure, user):
        messages.info(
            request, _("The people of the responsible organisation report of the measure.")
        )
        return redirect(measure)
    form = ReportForm(request.POST or None, measure=measure, initial=page.initial(measure))
    said = _("Thank you. What you told is now in the programme.")
    if has_done(request, form, lambda: _report(measure, form, user), said):
        return redirect(measure)
    context = page.form_values(measure, form, user)
    status = 422 if form.errors else 200
    return render(request, "projects/measure_report.html", context, status=status)


def _report(
    measure: Measure, form: ReportForm, user: Reader, request: ReportRequest | None = None
) -> None:
    seen = form.cleaned_data["seen"] or 0
    services.report(measure, form.told, by=user, request=request, seen=seen)


@require_POST
def measure_ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    measure = get_object_or_404(
        Measure.objects.editable_by(request.user).with_programme(), public_id=public_id
    )
    user: Any = request.user
    with refusal_as_message(request):
        names = ", ".join(one.addressee for one in services.ask_by_hand(measure, by=user))
        messages.success(request, _("Asked: %(names)s.") % {"names": names})
    return redirect(measure)


@require_POST
def measure_revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    measure = get_object_or_404(Measure.objects.editable_by(request.user), public_id=public_id)
    user: Any = request.user
    with refusal_as_message(request):
        count = services.revoke_links(measure, by=user)
        said = ngettext("%(count)d link closed.", "%(count)d links closed.", count)
        messages.success(request, said % {"count": count})
    return redirect(measure)


def by_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Opens a page to the receiver of a request as long as its link is valid."""

    @login_not_required
    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        found = services.request_of(token)
        if found is None:
            return render(request, "projects/report_link_void.html", status=404)
        return view(request, found, token)

    return opened


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def report_by_link(request: HttpRequest, asked: ReportRequest, token: str) -> HttpResponse:
    measure = asked.measure
    form = ReportForm(request.POST or None, measure=measure, initial=page.initial(measure))
    if has_done(request, form, lambda: _report(measure, form, asked.user, asked)):
        return redirect("projects:report_told", token=token)
    return _link_page(request, asked, token, form)


def _link_page(
    request: HttpRequest, asked: ReportRequest, token: str, form: ReportForm, **more: Any
) -> HttpResponse:
    user = asked.user or AnonymousUser()
    context = {**page.form_values(asked.measure, form, user, asked), "token": token, **more}
    refused = form.errors or (more and more["pass_on"].errors)
    status = 422 if refused else 200
    return render(request, "projects/measure_report.html", context, status=status)


@by_link
@require_http_methods(["GET", "HEAD"])
def report_told(request: HttpRequest, asked: ReportRequest, token: str) -> HttpResponse:
    context = {"asked": asked, "measure": asked.measure, "token": token}
    return render(request, "projects/report_told.html", context)


@by_link
@require_POST
def report_pass_on(request: HttpRequest, asked: ReportRequest, token: str) -> HttpResponse:
    form = PassOnForm(request.POST)
    if has_done(request, form, lambda: services.pass_on(asked, form.guest)):
        return render(request, "projects/report_told.html", {"passed_to": form.guest.name})
    measure = asked.measure
    empty = ReportForm(measure=measure, initial=page.initial(measure))
    return _link_page(request, asked, token, empty, pass_on=form)

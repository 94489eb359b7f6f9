"""The page on which a coordinator who leaves hands over what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cluster_portal.core.admin.scoped import coordinators_only
from cluster_portal.core.admin.site import admin_page
from cluster_portal.core.errors import Refused
from members.forms.handovers import BeginForm, FinishForm, LinesForm
from members.models import Handover
from members.services import handovers

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

TITLE = gettext_lazy("Handover of what is open")


@admin_page("members_handovers", "members/handovers/", TITLE)
@coordinators_only
def handover_list(request: HttpRequest) -> HttpResponse:
    form = BeginForm(request.POST or None, user=request.user)
    by: Any = request.user
    if request.method == "POST" and form.is_valid():
        try:
            made = handovers.begin(by=by, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("admin:members_handover", made.pk)
    rows = Handover.objects.in_scope_of(request.user)
    context = {
        **admin.site.each_context(request),
        "title": TITLE,
        "rows": rows.select_related("cluster", "made_by", "finished_by")[:50],
        "form": form,
    }
    return TemplateResponse(
        request, "admin/members/handovers.html", context, status=422 if form.errors else 200
    )


@admin_page("members_handover", "members/handovers/<int:pk>/")
@coordinators_only
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _shown(request, pk)
    form = LinesForm(request.POST or None, handover=shown)
    by: Any = request.user
    if request.method == "POST" and form.is_valid():
        try:
            handovers.go_through(shown, form.said(), by=by)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("The ticks and notes have been saved."))
        return redirect("admin:members_handover", pk)
    return _page(request, shown, form, FinishForm())


@admin_page("members_handover_finish", "members/handovers/<int:pk>/finish/")
@require_POST
@coordinators_only
def handover_finish(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _shown(request, pk)
    form = FinishForm(request.POST)
    by: Any = request.user
    if form.is_valid():
        try:
            handovers.finish(shown, by=by, host=form.host())
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The handover is finished."))
            return redirect("admin:members_handover", pk)
    return _page(request, shown, LinesForm(handover=shown), form)


def _shown(request: HttpRequest, pk: int) -> Handover:
    rows = Handover.objects.in_scope_of(request.user).filter(pk=pk)
    found = rows.select_related("cluster", "made_by", "finished_by").first()
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, shown: Handover, form: LinesForm, finish: FinishForm
) -> HttpResponse:
    now = {line.key: line.state for line in handovers.open_lines(shown.cluster)}
    lines = form.lines()
    for line in lines:
        line["now"] = now[line["item"].key].count if line["item"].key in now else 0
    context = {
        **admin.site.each_context(request),
        "title": TITLE,
        "handover": shown,
        "form": form,
        "lines": lines,
        "finish": finish,
        "done": sum(line["item"].done_at is not None for line in lines),
    }
    status = 422 if form.errors or finish.errors else 200
    return TemplateResponse(request, "admin/members/handover.html", context, status=status)

"""Asking supervisors, and the supervisor's own page of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.http import refusal_as_message
from theses.forms.supervisors import OrderForm
from theses.models import SupervisionRequest
from theses.models.supervision import MOVES
from theses.models.works import ACTIVE, is_party
from theses.pages import supervision_page, work_page
from theses.services import supervision
from theses.views.works import has_done, thesis_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from theses.models import Thesis


@require_http_methods(["GET", "HEAD", "POST"])
def supervisors_choose(request: HttpRequest, public_id: Any) -> HttpResponse:
    thesis = thesis_of(request, public_id)
    if thesis.stage not in ACTIVE:
        return redirect(thesis.workspace_url)
    data = request.POST if request.method == "POST" else request.GET
    q = data.get("q", "")[: supervision_page.MAX_QUERY].strip()
    candidates = supervision_page.candidates(thesis, request.user, q)
    if request.method == "POST":
        known = {profile.pk for profile in candidates}
        more = supervision_page.posted(thesis, request.user, request.POST)
        candidates += [profile for profile in more if profile.pk not in known]
    form = OrderForm(request.POST or None, candidates=candidates)
    if request.method == "POST" and form.is_valid() and _ask(request, thesis, form):
        return redirect(f"{thesis.workspace_url}#supervision")
    return _choosing(request, thesis, form, q)


def _ask(request: HttpRequest, thesis: Thesis, form: OrderForm) -> bool:
    words = {name: form.cleaned_data[name] for name in ("message", "days")}

    def act() -> None:
        asked = supervision.choose_supervisors(thesis, form.chosen, by=request.user, **words)
        if asked is None:
            told = _("Nobody of them has room now. They are asked when they have.")
        else:
            told = _("%(person)s is asked now.") % {"person": asked.supervisor.get_full_name()}
        messages.success(request, told)

    return has_done(form, act)


def _choosing(request: HttpRequest, thesis: Thesis, form: OrderForm, q: str) -> HttpResponse:
    name = _("Change the supervisor") if thesis.supervisor_id else _("Ask supervisors")
    context = {
        "thesis": thesis,
        "form": form,
        "q": q,
        "name": name,
        "trail": work_page.trail_of(thesis, name),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "theses/supervision_choose.html", context, status=status)


def _seen(request: HttpRequest, public_id: Any) -> SupervisionRequest:
    rows = SupervisionRequest.objects.visible_to(request.user).select_related(
        "supervisor__supervisor_profile",
        "thesis__application__student",
        "thesis__application__topic__organisation",
        "thesis__application__topic__home_cluster",
        "asked_by",
    )
    return get_object_or_404(rows, public_id=public_id)


@require_safe
def supervision_detail(request: HttpRequest, public_id: Any) -> HttpResponse:
    row = _seen(request, public_id)
    context = supervision_page.values(row, request.user)
    return render(request, "theses/supervision_page.html", context)


@require_POST
def supervision_move(request: HttpRequest, public_id: Any, action: str) -> HttpResponse:
    row = _seen(request, public_id)
    if action not in MOVES.moves and action not in {"up", "down"}:
        raise Http404
    with refusal_as_message(request):
        if action in MOVES.moves:
            reason = request.POST.get("reason", "")[:2000]
            supervision.answer(row, action, by=request.user, reason=reason)
            messages.success(request, _("Thank you. The others have been told."))
        else:
            supervision.move_request(row, up=action == "up", by=request.user)
    thesis = row.thesis
    is_party_now = is_party(thesis, request.user) or action == "accept"
    return redirect(f"{thesis.workspace_url}#supervision" if is_party_now else row)

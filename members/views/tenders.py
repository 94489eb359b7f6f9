"""Tender notices: the list with its feeds, a notice's page, and a member's proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cluster_portal.core import feeds
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from members.forms.tenders import TenderForm
from members.models import TenderNotice
from members.pages import tenders as pages
from members.services import tenders

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_safe
def tender_list(request: HttpRequest) -> HttpResponse:
    return pages.TENDERS.response(request)


@login_not_required
@require_safe
def tender_detail(request: HttpRequest, slug: str) -> HttpResponse:
    visible = TenderNotice.objects.visible_to(request.user).select_related("home_cluster")
    tender = get_object_or_404(visible.prefetch_related("terms"), slug=slug)
    return render(request, "members/tender_detail.html", pages.page(tender, request.user))


@login_not_required
@require_safe
def tender_feed(request: HttpRequest) -> HttpResponse:
    return feeds.atom(pages.TENDERS, request)


@login_not_required
@require_safe
def tender_calendar(request: HttpRequest) -> HttpResponse:
    return feeds.calendar(pages.TENDERS, request, at="closes_at")


@login_not_required
def tender_propose(request: HttpRequest) -> HttpResponse:
    """Everybody reads what it is for; members propose."""
    may = bool(audience(request.user).member_clusters)
    form = TenderForm(request.POST or None, user=request.user) if may else None
    if form and request.method == "POST" and form.is_valid():
        tender = _proposed(request, form)
        if tender is not None:
            return redirect(tender)
    context = {"form": form, "trail": pages.trail(_("Propose a tender notice"))}
    status = 422 if form and form.errors else 200
    return render(request, "members/tender_propose.html", context, status=status)


def _proposed(request: HttpRequest, form: TenderForm) -> TenderNotice | None:
    try:
        tender, is_new = tenders.propose(form.draft, form.cleaned_data["cluster"], by=request.user)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return None
    if not TenderNotice.objects.visible_to(request.user).contains(tender):
        form.add_error("link", _("Somebody has proposed this notice already."))
        return None
    said = _("Thank you. A coordinator reads the notice before it is published.")
    messages.success(request, said if is_new else _("This notice is here already."))
    return tender

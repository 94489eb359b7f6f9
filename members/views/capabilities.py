"""Capabilities: the list, a page, the comparison, the form, and the steps of the owner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core import feeds
from cluster_portal.core.errors import Refused
from cluster_portal.core.http import has_done, refusal_as_message
from members.forms.capabilities import CapabilityForm, QuestionForm, owners_for
from members.models import Capability
from members.models.capability_workflow import MOVES
from members.pages import capability_compare, capability_form, capability_list, capability_page
from members.services import capabilities, capability_enquiries, capability_renewals

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_safe
def capability_list_page(request: HttpRequest) -> HttpResponse:
    return capability_list.CAPABILITIES.response(request)


@login_not_required
@require_safe
def capability_feed(request: HttpRequest) -> HttpResponse:
    return feeds.atom(capability_list.CAPABILITIES, request)


@login_not_required
@require_safe
def capability_detail(request: HttpRequest, slug: str) -> HttpResponse:
    rows = capability_page.complete(Capability.objects.visible_to(request.user))
    capability = get_object_or_404(rows, slug=slug)
    context = capability_page.values(capability, request.user)
    return render(request, "members/capability_page.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def capability_compare_page(request: HttpRequest) -> HttpResponse:
    """The address names what is compared; POST asks the owners, GET shows."""
    chosen = capability_compare.picked(request.GET, request.user)
    context = capability_compare.values(chosen, request.GET, request.user)
    asked = QuestionForm(request.POST or None, capabilities=context["askable"])
    if request.user.is_authenticated and has_done(request, asked, lambda: _ask(asked, request)):
        messages.success(request, _("Your message is on its way. The answers come by e-mail."))
        return redirect(context["all_url"])
    status = 422 if asked.errors else 200
    return render(
        request, "members/capability_compare.html", {**context, "form": asked}, status=status
    )


def _ask(form: QuestionForm, request: HttpRequest) -> None:
    rows = Capability.objects.visible_to(request.user).filter(slug__in=form.cleaned_data["to"])
    user: Any = request.user
    capability_enquiries.ask(rows.order_by("pk"), form.cleaned_data["message"], by=user)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def capability_propose(request: HttpRequest) -> HttpResponse:
    """A visitor reads what it is for before being asked to sign in."""
    can_propose = request.user.is_authenticated and owners_for(request.user).exists()
    if not can_propose:
        return render(request, "members/capability_intro.html", {"trail": _trail(_("Add"))})
    form = CapabilityForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        user: Any = request.user
        try:
            capability = capability_form.store(form, by=user)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, capability_form.said(form, capability))
            return redirect(capability)
    return _form_page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def capability_edit(request: HttpRequest, slug: str) -> HttpResponse:
    rows = capability_page.complete(Capability.objects.editable_by(request.user))
    capability = get_object_or_404(rows, slug=slug)
    form = CapabilityForm(request.POST or None, user=request.user, capability=capability)
    user: Any = request.user
    seen = request.POST.get("seen", "")
    if has_done(
        request,
        form,
        lambda: capability_form.store(form, by=user, seen=seen),
        _("Saved."),
    ):
        return redirect(capability)
    return _form_page(request, form, capability)


def _form_page(
    request: HttpRequest, form: CapabilityForm, capability: Capability | None
) -> HttpResponse:
    context = {
        **capability_form.values(form, capability),
        "trail": _trail(_("Edit") if capability else _("Add")),
    }
    status = 422 if form.errors else 200
    return render(request, "members/capability_form.html", context, status=status)


def _trail(name: str) -> list[dict[str, Any]]:
    above = {"name": _("Capabilities and solutions"), "url": reverse("members:capabilities")}
    return [above, {"name": name}]


@require_POST
def capability_move(request: HttpRequest, slug: str, action: str) -> HttpResponse:
    capability = get_object_or_404(Capability.objects.editable_by(request.user), slug=slug)
    if action not in MOVES.moves:
        raise Http404
    with refusal_as_message(request):
        reason = request.POST.get("reason", "")[:2000]
        user: Any = request.user
        seen = request.POST.get("seen", "")
        moved = capabilities.move_capability(capability, action, by=user, reason=reason, seen=seen)
        messages.success(request, capability_form.moved_words(moved, action))
    return redirect(capability)


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def capability_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows and changes nothing; the signed token of the mail is the permission."""
    found = capability_renewals.read_token(token)
    if found is None:
        return render(request, "members/capability_link_gone.html", status=404)
    action, capability, user = found
    context: dict[str, Any] = {
        **capability_page.record(capability, user),
        "action": action,
        "until": capabilities.renewed_until(capability),
    }
    if request.method == "POST":
        try:
            seen = request.POST.get("seen", "")
            moved = capabilities.move_capability(capability, action, by=user, seen=seen)
        except Refused as refusal:
            context["refusal"] = refusal.message
        else:
            context |= {"done": True, "until": moved.expires_on}
    return render(request, "members/capability_by_link.html", context)

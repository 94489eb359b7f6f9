"""The page on which one writes to an organisation, a person or an organiser. GET shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cluster_portal.core.errors import Refused
from members.forms.members import ContactForm
from members.services import contacts
from members.views.sign_in_attempts import client_network

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse


@login_not_required
def contact(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    target = contacts.find(kind, slug, request.user)
    if target is None:
        return _gone(request)
    form = ContactForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid() and _is_taken(request, target, form):
        if not request.user.is_authenticated:
            return redirect("members:contact_sent", kind, slug)
        messages.success(request, _("Your message is on its way. The answer comes by e-mail."))
        return redirect(target)
    context = {"form": form, "receivers": contacts.readers_of(target).sentence, **_frame(target)}
    return render(request, "members/contact.html", context, status=422 if form.errors else 200)


def _gone(request: HttpRequest) -> HttpResponse:
    """The same whether it was hidden since or never was; a message written meanwhile is kept."""
    if request.method != "POST":
        raise Http404
    written = {"message": request.POST.get("message", "")[: ContactForm.LONGEST]}
    return render(request, "members/contact_gone.html", written, status=404)


def _is_taken(request: HttpRequest, target: Model, form: ContactForm) -> bool:
    user, message = request.user, form.cleaned_data["message"]
    try:
        if user.is_authenticated:
            contacts.write(target, message, by=user)
        else:
            network = client_network(request)
            contacts.ask_confirmation(target, message, guest=form.guest, network=network)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    return True


@login_not_required
@require_safe
def contact_sent(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    context = _frame(_target(request, kind, slug))
    return render(request, "members/contact_sent.html", context)


@login_not_required
@never_cache
def contact_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the message to who got the link; only POST sends it."""
    try:
        row = contacts.confirm(token) if request.method == "POST" else contacts.read(token)
    except Refused as refusal:
        return render(request, "members/contact_confirm.html", {"refusal": refusal.message})
    context = {"row": row, "is_sent": row.stage == contacts.Stage.SENT, **_frame(row.target)}
    return render(request, "members/contact_confirm.html", context)


def _target(request: HttpRequest, kind: str, slug: str) -> Any:
    target = contacts.find(kind, slug, request.user)
    if target is None:
        raise Http404
    return target


def _frame(target: Any) -> dict[str, Any]:
    name = getattr(target, "title", "") or str(target)
    trail = [{"name": name, "url": target.get_absolute_url()}, {"name": _("Write a message")}]
    return {"target": target, "target_name": name, "trail": trail}

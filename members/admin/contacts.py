"""Members without a contact person, one after the other: an address and a reason, and the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core.admin.queues import Turn
from cluster_portal.core.admin.scoped import coordinators_only
from cluster_portal.core.admin.site import admin_page
from cluster_portal.core.errors import Refused
from cluster_portal.core.text.addresses import AddressField
from members.forms.members import ProseField
from members.models import NamedPerson, Organisation
from members.models.affiliations import Role
from members.pages.queues import to_invite
from members.services.invitations import invite

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE = "admin:members_contact_invite"


class InviteForm(forms.Form):
    """Who is asked to look after the organisation's page, and why this person."""

    email = AddressField(label=gettext_lazy("E-mail address"))
    reason = ProseField(
        label=gettext_lazy("Reason"), max_length=500,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text=gettext_lazy("Why this person: for example named in the agreement."),
    )  # fmt: skip


@admin_page("members_contact_invite", "members/contacts/<int:pk>/invite/")
@coordinators_only
def contact_invite(request: HttpRequest, pk: int) -> HttpResponse:
    waiting = to_invite(request.user)
    organisation = Organisation.objects.managed_by(request.user).filter(pk=pk).first()
    if organisation is None:
        raise Http404
    turn = Turn(pk, list(waiting.values_list("pk", flat=True)), PAGE, request.GET.get("of", ""))
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_invited(request, organisation, form):
        return redirect(turn.next_url or "admin:index")
    context = {
        **admin.site.each_context(request),
        "title": _("Invite a contact person"),
        "organisation": organisation,
        "people": organisation.affiliations.confirmed().select_related("user"),
        "named": NamedPerson.objects.managed_by(request.user)
        .filter(organisation=organisation)
        .unanswered(),
        "form": form,
        "turn": turn,
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "admin/members/contact_invite.html", context, status=status)


def _is_invited(request: HttpRequest, organisation: Organisation, form: InviteForm) -> bool:
    by: Any = request.user
    given = form.cleaned_data
    try:
        invite(organisation, given["email"], Role.CONTACT, by=by, reason=given["reason"])
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    words = {"organisation": organisation.name, "address": given["email"]}
    messages.success(request, _("Invited to %(organisation)s: %(address)s.") % words)
    return True

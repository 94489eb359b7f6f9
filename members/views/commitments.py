"""The shared values of a cluster, and the button by which a member commits itself to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cluster_portal.core.http import refusal_as_message
from members.models import Membership
from members.models.memberships import Stage, applies
from members.services import commitments

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def values(request: HttpRequest, public_id: UUID) -> HttpResponse:
    rows = Membership.objects.visible_to(request.user).filter(stage=Stage.ACTIVE)
    membership = get_object_or_404(
        rows.select_related("cluster", "organisation", "person"), public_id=public_id
    )
    by: Any = request.user
    if request.method == "POST":
        with refusal_as_message(request):
            commitments.commit(membership, by=by)
            messages.success(request, _("Thank you. The day of the commitment is kept."))
        return redirect("members:values", public_id)
    context = {
        "membership": membership,
        "can_commit": membership.values_accepted_at is None and applies(membership, by),
        "trail": [{"name": _("Shared values")}],
    }
    return render(request, "members/values.html", context)

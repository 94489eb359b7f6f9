"""The welcome letter of a cluster before anybody gets it: preview and test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import admin, messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core.admin.scoped import coordinators_only
from cluster_portal.core.admin.site import admin_page
from cluster_portal.notifications import outbox
from cluster_portal.notifications.sending import rendering
from members.models import Cluster
from members.services import greeting

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@admin_page("welcome_letter", "members/cluster/<int:pk>/welcome/")
@require_safe
@coordinators_only
def welcome_letter(request: HttpRequest, pk: int) -> HttpResponse:
    cluster = get_object_or_404(Cluster.objects.managed_by(request.user), pk=pk)
    context = {
        **admin.site.each_context(request),
        "title": _("Welcome letter"),
        "cluster": cluster,
        "shown": [
            rendering.shown(
                outbox.compose(
                    greeting.KIND, to=request.user, about=cluster, values={"language": language}
                )
            )
            for language, _name in settings.LANGUAGES
        ],
    }
    return TemplateResponse(request, "admin/members/welcome_letter.html", context)


@admin_page("welcome_letter_test", "members/cluster/<int:pk>/welcome/test/")
@require_POST
@coordinators_only
def welcome_letter_test(request: HttpRequest, pk: int) -> HttpResponse:
    cluster = get_object_or_404(Cluster.objects.managed_by(request.user), pk=pk)
    greeting.send_test(cluster, by=request.user)
    address = {"address": getattr(request.user, "email", "")}
    messages.success(request, _("A test is on its way to %(address)s.") % address)
    return redirect("admin:welcome_letter", pk)

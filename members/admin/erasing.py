"""The platform administrator erases an account on its holder's request, with the same rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from cluster_portal.core.admin.scoped import ScopedAdmin
from cluster_portal.core.errors import Refused
from members.forms.erasing import EraseForm
from members.models.users import ERASED
from members.services import erasure

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from members.models import User


class ErasesPeople(ScopedAdmin):
    """A ScopedAdmin of users with a page that tells what erasing one does, and does it."""

    change_form_template = "admin/members/user_change.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Without the rows that stand where an erased person stood."""
        return super().get_queryset(request).exclude(email__endswith=ERASED)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.erase_view)
        erase = path("<path:object_id>/erase/", view, name="members_user_erase")
        return [erase, *super().get_urls()]

    def erase_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        user = self.get_object(request, object_id)
        if user is None:
            raise Http404
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        form = EraseForm(request.POST or None, user=user)
        if request.method == "POST" and form.is_valid():
            return self._erase(request, user)
        return self._page(request, user, form)

    def _page(self, request: HttpRequest, user: User, form: EraseForm) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Erase the account"),
            "opts": self.model._meta,
            "original": user,
            "form": form,
            "blockers": [*erasure.blockers(user), *_not_herself(user, request)],
            "effects": erasure.effects(user),
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/members/erase.html", context, status=status)

    def _erase(self, request: HttpRequest, user: User) -> HttpResponse:
        if _not_herself(user, request):
            raise PermissionDenied
        return _erase(request, user)


def _not_herself(user: User, request: HttpRequest) -> list[str]:
    if user.pk != request.user.pk:
        return []
    return [_("Your own account you erase on the page “My data”.")]


@reauthentication_required
def _erase(request: HttpRequest, user: User) -> HttpResponse:
    by: Any = request.user
    try:
        erasure.erase_account(user, by=by)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("admin:members_user_erase", user.pk)
    messages.success(request, _("The account has been erased."))
    return redirect("admin:members_user_changelist")

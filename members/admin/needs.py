"""Needs in the coordinators' admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import search
from cluster_portal.core.admin.moves import MovesOnPage
from members.models import Need
from members.models.needs import MOVES, Stage
from members.pages.need_desk import unanswered
from members.services import needs

if TYPE_CHECKING:
    from django.forms import BaseModelFormSet, ModelForm
    from django.http import HttpRequest

    from members.models import User


class UnansweredFilter(admin.SimpleListFilter):
    title = _("answers")
    parameter_name = "unanswered"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("yes", _("Nothing found, nobody offered"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return unanswered(queryset) if self.value() == "yes" else queryset


@admin.register(Need)
class NeedAdmin(MovesOnPage):
    """A need is told on the portal, where its writer sees what happens next."""

    partitive = pgettext_lazy("partitive", "need")
    workflow = MOVES.without("answer", "renew")
    waiting_stages = frozenset({Stage.WAITING})
    may_add = False
    list_display = ["what", "kind", "stage", "organisation", "needed_by", "offer_count"]
    list_filter = [UnansweredFilter, "stage", "kind", "home_cluster"]
    search_fields = ["what", "purpose"]
    list_select_related = ["organisation"]
    readonly_fields = ["stage", "organisation", "teller", "is_on_behalf", "published_at",
                       "ended_at", "offer_count"]  # fmt: skip
    fields = ["what", "purpose", "kind", "needed_by", "region", "terms", "visibility",
              "home_cluster", "answer", *readonly_fields]  # fmt: skip

    def move(self, obj: Need, action: str, *, by: User, reason: str) -> None:
        needs.move_need(obj, action, by=by, reason=reason)

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: list[BaseModelFormSet], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        search.reindex(form.instance)
        if change and form.changed_data:
            user: Any = request.user
            needs.tell_edited(form.instance, by=user)
        needs.need_came(form.instance, before=form.initial.get("visibility", ""))

"""Expert profiles, as members see them: a coordinator hides one with a reason, and edits none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core.admin.moves import MovesOnPage
from members.models import ExpertProfile
from members.models.expert_fields import Level
from members.models.experts import MOVES
from members.pages.experts import seen_values
from members.services import experts

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest


SHOWN = ("user", "stage", "seen_by", "shown_at", "withheld_reason", "as_members_see")


@admin.register(ExpertProfile)
class ExpertProfileAdmin(MovesOnPage):
    partitive = pgettext_lazy("partitive", "expert profile")
    list_display = ["user", "stage", "seen_by", "shown_at"]
    list_filter = ["stage", "seen_by"]
    list_select_related = ["user"]
    search_fields = ["user__first_name", "user__last_name"]
    fields = SHOWN
    readonly_fields = SHOWN
    workflow = MOVES
    may_add = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        """There is nothing to save: the profile is the person's own."""
        context |= {"show_save": False, "show_save_and_continue": False}
        return super().render_change_form(request, context, *args, **kwargs)

    def move(self, obj: ExpertProfile, action: str, *, by: Any, reason: str) -> None:
        experts.move(obj, action, by=by, reason=reason)

    @admin.display(description=_("As members see it"))
    def as_members_see(self, obj: ExpertProfile) -> str:
        fields = experts.fields_at(obj, Level.MEMBERS, experts.levels_of(obj))
        values = seen_values(obj.as_seen(fields))
        offers = [f"{each['name']} {each['note']}".strip() for each in values["offers"]]
        facts = [f"{each['name']}: {each['value']}" for each in values["facts"] if each["value"]]
        parts = [values["seen"].summary, ", ".join(values["words"]), *offers, *facts]
        return "\n".join(filter(None, parts))

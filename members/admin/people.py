"""People, their organisations, and who coordinates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.admin import ScopedAdmin
from cluster_portal.core.admin_moves import MovesOnPage
from members.admin.erasing import ErasesPeople
from members.models import (
    Affiliation,
    Coordinator,
    Organisation,
    User,
)
from members.models import affiliations as affiliation_rules
from members.services import affiliations, coordinators

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest


@admin.register(Affiliation)
class AffiliationAdmin(MovesOnPage, ScopedAdmin):
    list_display = ("user", "organisation", "role", "stage", "since", "until")
    list_filter = ("stage", "role")
    list_select_related = ("user", "organisation")
    search_fields = ("user__last_name", "user__email", "organisation__name")
    fields = ("user", "organisation", "role", "stage", "since", "until")
    workflow = affiliation_rules.MOVES

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if obj is None:
            return ("stage", "since", "until")
        return ("user", "organisation", "stage", "since", "until")

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:  # fmt: skip
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.name == "organisation":
            field.queryset = Organisation.objects.managed_by(request.user)
        return field

    def save_model(
        self, request: HttpRequest, obj: Affiliation, form: Any, change: bool  # noqa: FBT001
    ) -> None:  # fmt: skip
        if not change:
            obj.stage = affiliation_rules.Stage.CONFIRMED
        super().save_model(request, obj, form, change)

    def move(self, obj: Affiliation, action: str, *, by: Any, reason: str) -> None:
        steps = {
            "confirm": affiliations.confirm, "decline": affiliations.decline,
            "end": affiliations.end,
        }  # fmt: skip
        steps[action](obj, by=by)


@admin.register(Coordinator)
class CoordinatorAdmin(ScopedAdmin):
    """Granting and revoking is the administrator's; coordinators see who works beside them."""

    may_add = False
    list_display = ("user", "cluster", "since", "until")
    list_filter = ("cluster",)
    list_select_related = ("user", "cluster")
    search_fields = ("user__last_name", "user__email")
    fields = ("user", "cluster", "since", "until")
    actions = ("revoke_selected",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("since", "until") if obj is None else ("user", "cluster", "since", "until")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(
        self, request: HttpRequest, obj: Coordinator, form: Any, change: bool  # noqa: FBT001
    ) -> None:  # fmt: skip
        granted = coordinators.grant(obj.user, obj.cluster, by=request.user)  # type: ignore[arg-type]
        obj.pk = granted.pk
        obj.refresh_from_db()

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return super().get_actions(request) if request.user.is_superuser else {}

    @admin.action(description=_("End the chosen coordinations today"))
    def revoke_selected(self, request: HttpRequest, queryset: QuerySet[Coordinator]) -> None:
        for coordinator in self.manageable(request, queryset):
            coordinators.revoke(coordinator, by=request.user)  # type: ignore[arg-type]
        self.message_user(request, gettext("Done."))


@admin.register(User)
class UserAdmin(ErasesPeople, ScopedAdmin):
    """People make and keep their own accounts; here they are found, and closed when need be."""

    list_display = ("email", "last_name", "first_name", "language", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff", "language")
    search_fields = ("email", "first_name", "last_name")
    ordering = ("sort_name", "first_name", "pk")
    fields = (
        "email", "first_name", "last_name", "title", "language", "is_active", "is_staff",
        "is_superuser", "date_joined", "last_login",
    )  # fmt: skip
    readonly_fields = ("email", "is_staff", "date_joined", "last_login")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: FBT001
        if "is_superuser" in form.changed_data:
            coordinates = Coordinator.objects.current().filter(user=obj).exists()
            obj.is_staff = obj.is_superuser or coordinates
        super().save_model(request, obj, form, change)

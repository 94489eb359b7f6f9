"""People, their organisations, and who coordinates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.admin.moves import MovesOnPage
from cluster_portal.core.admin.scoped import CurrentStays, ScopedAdmin
from cluster_portal.core.errors import Refused
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
    from django.db.models import ForeignKey, Model, QuerySet
    from django.http import HttpRequest, HttpResponse


class AffiliationForm(CurrentStays):
    """The services decide; what they would refuse is told at the form."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=AdminTextareaWidget,
        help_text=_("Needed when you name a contact person for an organisation that has none."),
    )  # fmt: skip
    by: User

    class Meta:
        model = Affiliation
        fields = ("user", "organisation", "role")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.errors:
            return values
        given: Any = {"role": values["role"], "reason": values["reason"], "by": self.by}
        try:
            if self.instance.pk is None:
                affiliations.check_naming(values["organisation"], values["user"], **given)
            elif "role" in self.changed_data:
                stored = Affiliation.objects.get(pk=self.instance.pk)
                affiliations.check_role(stored, **given)
        except Refused as refusal:
            raise ValidationError(refusal.message) from None
        return values


class UnansweredFilter(admin.SimpleListFilter):
    """Requests that fall to the coordinator, since the organisation has no contact."""

    title = _("whose turn")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("yes", _("Coordinator's turn"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "yes":
            return queryset
        return queryset.filter(pk__in=Affiliation.objects.unanswered_for(request.user).values("pk"))


@admin.register(Affiliation)
class AffiliationAdmin(MovesOnPage, ScopedAdmin):
    partitive = pgettext_lazy("partitive", "affiliation")
    form = AffiliationForm
    list_display = ("user", "organisation", "role", "stage", "since", "until")
    list_filter = (UnansweredFilter, "stage", "role")
    list_select_related = ("user", "organisation")
    search_fields = ("user__last_name", "user__email", "organisation__name")
    fields = (
        "user", "organisation", "role", "reason", "stage", "since", "until", "contact_taken_at",
    )  # fmt: skip
    workflow = affiliation_rules.MOVES
    waiting_stages = frozenset({affiliation_rules.Stage.REQUESTED})
    waiting_order = ("created_at", "pk")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> tuple[str, ...]:
        always = ("stage", "since", "until", "contact_taken_at")
        return always if obj is None else ("user", "organisation", *always)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return type("Form", (super().get_form(request, *args, **kwargs),), {"by": request.user})

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:  # fmt: skip
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.name == "organisation":
            field.queryset = Organisation.objects.managed_by(request.user)
        return field

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What somebody else has changed since the form was checked is refused in words, too."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect(request.get_full_path())

    def save_model(
        self, request: HttpRequest, obj: Affiliation, form: forms.ModelForm, change: bool
    ) -> None:  # fmt: skip
        given: Any = {"by": request.user, "reason": form.cleaned_data["reason"]}
        if not change:
            made = affiliations.name_person(obj.organisation, obj.user, obj.role, **given)
            obj.pk = made.pk
        elif "role" in form.changed_data:
            affiliations.change_role(obj, obj.role, **given)
        obj.refresh_from_db()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """An affiliation ends; it is never as if it had not been."""
        return False

    def waiting(self, request: HttpRequest) -> QuerySet[Affiliation]:
        return Affiliation.objects.unanswered_for(request.user)

    def move(self, obj: Affiliation, action: str, *, by: User, reason: str) -> None:
        steps = {
            "confirm": affiliations.confirm, "decline": affiliations.decline,
            "end": affiliations.end, "restore": affiliations.restore,
            "settle": affiliations.settle,
        }  # fmt: skip
        steps[action](obj, by=by)


@admin.register(Coordinator)
class CoordinatorAdmin(ScopedAdmin):
    """Granting and revoking is the administrator's; coordinators see who works beside them."""

    partitive = pgettext_lazy("partitive", "coordinator")
    may_add = False
    list_display = ("user", "cluster", "since", "until")
    list_filter = ("cluster",)
    list_select_related = ("user", "cluster")
    search_fields = ("user__last_name", "user__email")
    fields = ("user", "cluster", "since", "until")
    actions = ("revoke_selected",)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> tuple[str, ...]:
        return ("since", "until") if obj is None else ("user", "cluster", "since", "until")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(
        self, request: HttpRequest, obj: Coordinator, form: forms.ModelForm, change: bool
    ) -> None:  # fmt: skip
        granted = coordinators.grant(obj.user, obj.cluster, by=request.user)
        obj.pk = granted.pk
        obj.refresh_from_db()

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return super().get_actions(request) if request.user.is_superuser else {}

    @admin.action(description=_("End the chosen coordinations today"))
    def revoke_selected(self, request: HttpRequest, queryset: QuerySet[Coordinator]) -> None:
        for coordinator in self.manageable(request, queryset):
            coordinators.revoke(coordinator, by=request.user)
        self.message_user(request, gettext("Done."))


@admin.register(User)
class UserAdmin(ErasesPeople, ScopedAdmin):
    """People make and keep their own accounts; here they are found, and closed when need be."""

    partitive = pgettext_lazy("partitive", "user")
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

    def save_model(
        self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool
    ) -> None:
        if "is_superuser" in form.changed_data:
            coordinates = Coordinator.objects.current().filter(user=obj).exists()
            obj.is_staff = obj.is_superuser or coordinates
        super().save_model(request, obj, form, change)

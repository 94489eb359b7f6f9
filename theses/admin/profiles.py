"""Students who opened themselves, and supervisors with their room in each term."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core.admin.scoped import ReadOnlyAdmin, ScopedAdmin, ScopedTabularInline
from cluster_portal.core.database.merging import MergingForm
from cluster_portal.core.errors import Refused
from members.models import Organisation
from members.models.organisations import Kind
from theses.models import SchoolGuide, StudentProfile, SupervisorProfile, SupervisorSeats
from theses.services import seats

if TYPE_CHECKING:
    from django.db.models import ForeignKey, Model, QuerySet
    from django.forms import BaseModelFormSet, ModelForm
    from django.http import HttpRequest


@admin.register(StudentProfile)
class StudentProfileAdmin(ReadOnlyAdmin):
    """Only those whose owner lets this coordinator read them."""

    partitive = pgettext_lazy("partitive", "student profile")
    is_reading_recorded = True
    list_display = ("user", "level", "programme", "school_title", "openness", "opened_at")
    list_filter = ("level", "openness")
    list_select_related = ("user", "school")
    search_fields = ("user__last_name", "programme", "school__name", "school_name")
    ordering = ("-opened_at", "-pk")
    fields = readonly_fields = (
        "user", "level", "school", "school_name", "programme", "education_fields", "terms",
        "interests", "languages", "regions", "is_remote", "wants_pay", "available_from",
        "available_until", "cluster", "openness", "opened_at",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[StudentProfile]:
        seen = StudentProfile.objects.visible_to(request.user).exclude(openness="private")
        return super().get_queryset(request).filter(pk__in=seen.values("pk"))

    @admin.display(description=_("educational institution"))
    def school_title(self, profile: StudentProfile) -> str:
        return profile.school_title


class SeatsForm(MergingForm):
    """A term that stands keeps its name; its room is never less than what is taken."""

    class Meta:
        model = SupervisorSeats
        fields = ("year", "half", "capacity")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("year", "half") if self.instance.pk else ():
            self.fields[name].disabled = True

    def clean_capacity(self) -> int:
        capacity, taken = self.cleaned_data["capacity"], self.instance.taken
        if capacity < taken:
            raise ValidationError(
                _("%(count)s theses have been taken on already."), params={"count": taken}
            )
        return capacity


class SeatsInline(ScopedTabularInline):
    model = SupervisorSeats
    form = SeatsForm
    fields = ("year", "half", "capacity", "taken")
    readonly_fields = ("taken",)
    can_delete = False


@admin.register(SupervisorProfile)
class SupervisorProfileAdmin(ScopedAdmin):
    """The profile is the supervisor's; a coordinator may note how much room there is."""

    partitive = pgettext_lazy("partitive", "supervisor profile")
    may_add = False
    list_display = ("user", "institution", "is_open", "visibility", "updated_at")
    list_filter = ("is_open", "institution")
    list_select_related = ("user", "institution")
    search_fields = ("user__last_name", "user__first_name", "institution__name", "expertise")
    ordering = ("user__sort_name", "user__first_name", "pk")
    inlines = (SeatsInline,)
    fields = readonly_fields = (
        "user", "institution", "expertise", "methods", "education_fields", "terms", "levels",
        "languages", "visibility", "is_open", "updated_at",
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        """Nothing of the profile itself is changed here, not even when it was renewed."""

    def save_formset(
        self, request: HttpRequest, form: ModelForm, formset: BaseModelFormSet, change: bool
    ) -> None:
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        for row in formset.forms:
            if row.has_changed():
                self._set_room(request, form.instance, row.instance)

    def _set_room(
        self, request: HttpRequest, profile: SupervisorProfile, row: SupervisorSeats
    ) -> None:
        by: Any = request.user
        try:
            seats.set_capacity(profile, row.year, row.half, row.capacity, by=by)
        except Refused as refusal:
            messages.error(request, refusal.message)


SCHOOLS = (Kind.UNIVERSITY, Kind.UAS, Kind.VOCATIONAL)


@admin.register(SchoolGuide)
class SchoolGuideAdmin(ScopedAdmin):
    """Every coordinator reads all guides, and writes those of the schools in scope."""

    partitive = pgettext_lazy("partitive", "school’s guide")
    may_delete = True
    list_display = ("school", "agreement_url", "checked_on")
    list_select_related = ("school",)
    search_fields = ("school__name",)
    ordering = ("school__name",)
    fieldsets = (
        (None, {"fields": ("school", "text_fi", "deadlines", "checked_on")}),
        (_("Addresses"), {"fields": ("agreement_url", "repository_url")}),
        (_("Swedish and English"), {"fields": ("text_sv", "text_en")}),
    )

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.name == "school":
            schools = Organisation.objects.in_scope_of(request.user).filter(kind__in=SCHOOLS)
            field.queryset = schools.order_by("name")
        return field

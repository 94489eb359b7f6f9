"""Organisations, with their import and export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import exports
from cluster_portal.core.admin.import_page import ImportForm, ImportPage, record_export, takes
from cluster_portal.core.admin.scoped import CurrentStays, ScopedAdmin, ScopedTabularInline
from cluster_portal.core.visibility import audience
from cluster_portal.core.vocabulary import Scheme, terms
from members.admin.duplicates import WithReader, duplicates_of
from members.admin.merging import MergesOrganisations
from members.models import (
    Cluster,
    Membership,
    Organisation,
)
from members.models.gaps import Gap
from members.models.organisations import Kind
from members.pages import organisation_export
from members.pages.queues import in_question
from members.services.arrivals import organisation_came
from members.services.organisation_import import COLUMNS, import_organisations
from members.services.organisations import RESERVED_SLUGS, free_slug, reindex

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from cluster_portal.core.imports import Report


class OrganisationForm(CurrentStays):
    class Meta:
        model = Organisation
        exclude = ("search",)  # every other field, new ones too, is the admin's

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"] or free_slug(self.data.get("name", ""))
        if slug in RESERVED_SLUGS:
            raise ValidationError(_("The portal needs this address itself. Choose another."))
        return slug


class OrganisationImportForm(ImportForm):
    cluster = forms.ModelChoiceField(
        label=_("Cluster that brings in new organisations"), queryset=Cluster.objects.none(),
        required=False,
    )  # fmt: skip
    field_order = ("cluster", "file")


class GapFilter(admin.SimpleListFilter):
    """Members whose facts lack something; the today page counts them."""

    title = _("lacks")
    parameter_name = "lacks"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [*Gap.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in Gap.values:
            return queryset
        found = in_question(request.user, Gap(str(self.value())))
        return queryset.filter(pk__in=found.order_by().values("pk"))


class MembershipInline(ScopedTabularInline):
    model = Membership
    fields = readonly_fields = ("cluster", "stage", "since", "until")
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return Membership.objects.in_scope_of(request.user)


@admin.register(Organisation)
class OrganisationAdmin(WithReader, MergesOrganisations, ImportPage, ScopedAdmin):
    partitive = pgettext_lazy("partitive", "organisation")
    change_form_template = "admin/members/organisation_change.html"
    form = OrganisationForm
    list_display = (
        "name", "kind", "region", "municipality", "business_id", "is_shadow", "confirmed_on",
    )  # fmt: skip
    list_filter = (
        GapFilter,
        "kind",
        "sector",
        "region",
        "is_shadow",
        "introduced_by",
        "kind_is_proposed",
    )
    list_select_related = ("region",)
    search_fields = ("name", "name_sv", "name_en", "short_name", "business_id", "external_id")
    readonly_fields = ("duplicates", "created_at", "updated_at")
    inlines = (MembershipInline,)
    actions = ("export_selected",)
    import_form = OrganisationImportForm
    import_columns = COLUMNS.known
    fieldsets = (
        (None, {"fields": (
            "name", "name_sv", "name_en", "short_name", "former_names", "slug", "kind",
            "kind_is_proposed", "size_class", "business_id", "duplicates",
        )}),
        (_("Place and contact"), {"fields": (
            "region", "municipality", "website", "email_domains",
        )}),
        (_("Text"), {"fields": (
            "summary", "description", "languages", "activities", "terms",
        )}),
        (_("Relations and validity"), {"fields": (
            "parent", "successor", "valid_from", "valid_until",
        )}),
        (_("Profile"), {"fields": (
            "visibility", "is_shadow", "introduced_by", "external_id", "confirmed_on",
            "created_at", "updated_at",
        )}),
    )  # fmt: skip

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> tuple[str, ...]:
        """Whose profile it is follows from what happened; the administrator may correct it."""
        if request.user.is_superuser:
            return self.readonly_fields
        fixed = ("is_shadow",) if obj is None else ("is_shadow", "introduced_by")
        return (*self.readonly_fields, *fixed)

    def save_model(
        self, request: HttpRequest, obj: Organisation, form: forms.ModelForm, change: bool
    ) -> None:  # fmt: skip
        """What a coordinator brings in is theirs to edit until the organisation claims it."""
        if not change and not request.user.is_superuser:
            obj.is_shadow = True
        super().save_model(request, obj, form, change)

    @admin.display(description=_("possible duplicates"))
    def duplicates(self, obj: Organisation) -> SafeString | str:
        return duplicates_of(obj, obj.reader) if obj and obj.pk else "–"  # type: ignore[attr-defined]

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """A coordinator's new organisation belongs to a cluster of theirs."""
        form = super().get_form(request, *args, **kwargs)
        field = form.base_fields.get("introduced_by")
        mine = sorted(audience(request.user).coordinates)
        if field is not None and not request.user.is_superuser and args and args[0] is None:
            field.required = True
            field.initial = mine[0] if len(mine) == 1 else None
        return form

    def save_related(
        self,
        request: HttpRequest,
        form: forms.ModelForm,
        formsets: list[forms.BaseModelFormSet],
        change: bool,
    ) -> None:
        super().save_related(request, form, formsets, change)
        reindex(form.instance, form.changed_data)
        organisation_came(
            form.instance, before=form.initial.get("visibility", "") if change else ""
        )

    def take_in(self, data: bytes, options: dict[str, Any], **how: Any) -> Report:
        mine = Cluster.objects.managed_by(how["by"])
        cluster = mine.filter(pk=options["cluster"]).first()
        return import_organisations(data, cluster=cluster, **how)

    def import_notes(self) -> list[str]:
        regions = [(term.code, term.label) for term in terms(Scheme.REGION)]
        return [takes("kind", Kind.choices), takes("region", regions)]

    def import_example(self, request: HttpRequest) -> dict[str, Any]:
        return {
            "external_id": "1",
            "name": gettext("Name of the organisation"),
            "kind": Kind.COMPANY,
            "website": "https://www.example.org",
            "email_domain": "example.org",
        }

    def import_form_for(self, request: HttpRequest) -> ImportForm:
        form = super().import_form_for(request)
        clusters = Cluster.objects.managed_by(request.user)
        form.fields["cluster"].queryset = clusters  # type: ignore[attr-defined]
        return form

    @admin.action(description=_("Export the chosen organisations as CSV"))
    def export_selected(
        self, request: HttpRequest, queryset: QuerySet[Organisation]
    ) -> HttpResponse:
        rows = organisation_export.rows(queryset)
        record_export(request.user, "organisations", len(rows))
        return exports.csv_response("organisations", COLUMNS.known, rows)

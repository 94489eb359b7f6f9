"""The coordinators' screens: applications, organisations, people, clusters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import exports, search
from cluster_portal.core.admin import ScopedAdmin, ScopedTabularInline
from cluster_portal.core.admin_import import ImportForm, ImportPage
from cluster_portal.core.admin_moves import MovesOnPage
from cluster_portal.core.visibility import audience
from members.models import (
    Affiliation,
    Cluster,
    ClusterMilestone,
    Coordinator,
    CoordinatorTerm,
    Membership,
    Organisation,
    User,
)
from members.models import affiliations as affiliation_rules
from members.models import memberships as membership_rules
from members.models.memberships import Stage
from members.services import affiliations, applications, coordinators
from members.services.organisation_import import COLUMNS, import_organisations
from members.services.organisations import RESERVED_SLUGS, free_slug, possible_duplicates

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from cluster_portal.core.imports import Report

WAITING = (Stage.SUBMITTED, Stage.IN_REVIEW)


class WaitingFilter(admin.SimpleListFilter):
    """What a coordinator has to act on, against all."""

    title = _("whose turn")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Coordinator's turn")), ("applicant", _("Applicant's turn"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "yes":
            return queryset.filter(stage__in=WAITING)
        if self.value() == "applicant":
            return queryset.filter(stage=Stage.MORE_INFORMATION)
        return queryset


@admin.register(Membership)
class MembershipAdmin(MovesOnPage, ScopedAdmin):
    list_display = ("member_name", "cluster", "stage", "submitted_at", "age", "since")
    list_filter = (WaitingFilter, "stage", "cluster")
    list_select_related = ("organisation", "person", "cluster")
    search_fields = (
        "organisation__name", "person__last_name", "person__email", "applicant__email",
    )  # fmt: skip
    ordering = ("-submitted_at", "-pk")
    workflow = membership_rules.MOVES
    fieldsets = (
        (None, {"fields": ("cluster", "stage", "member_name", "applicant", "age")}),
        (_("Application"), {"fields": (
            "motive", "wishes", "themes", "representative_name", "representative_email",
            "deputy_name", "deputy_email", "organisation_facts", "duplicates",
        )}),
        (_("Handling"), {"fields": (
            "question", "answer", "submitted_at", "decided_at", "decided_by", "decision_reason",
            "agreement_on", "since", "until",
        )}),
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Only the day of an awaited agreement is written here; all else goes by the steps."""
        names = [name for _title, part in self.fieldsets for name in part["fields"]]
        if obj is not None and obj.stage == Stage.ACCEPTED:
            names.remove("agreement_on")
        return names

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> Any:  # fmt: skip
        """Buttons to save only where there is something to write."""
        obj = kwargs.get("obj")
        is_awaited = obj is not None and obj.stage == Stage.ACCEPTED
        context |= {"show_save": is_awaited, "show_save_and_continue": is_awaited}
        return super().render_change_form(request, context, *args, **kwargs)

    def move(self, obj: Membership, action: str, *, by: Any, reason: str) -> None:
        steps: dict[str, Any] = {
            "take_up": lambda: applications.take_up(obj, by=by),
            "ask": lambda: applications.ask(obj, by=by, question=reason),
            "approve": lambda: applications.approve(obj, by=by),
            "reject": lambda: applications.reject(obj, by=by, reason=reason),
            "activate": lambda: applications.activate(obj, by=by, agreement_on=obj.agreement_on),
            "end": lambda: applications.end(obj, by=by, reason=reason),
            "reply": lambda: applications.reply(obj, by=by, answer=reason),
            "withdraw": lambda: applications.withdraw(obj, by=by),
            "submit": lambda: applications.submit(obj, by=by),
        }
        steps[action]()

    @admin.display(description=_("Member or applicant"))
    def member_name(self, obj: Membership) -> str:
        return str(obj.member)

    @admin.display(description=_("waiting, days"))
    def age(self, obj: Membership) -> str:
        if obj.submitted_at is None or obj.stage not in membership_rules.PENDING:
            return ""
        return str((timezone.now() - obj.submitted_at).days)

    @admin.display(description=_("expectations"))
    def wishes(self, obj: Membership) -> str:
        return "; ".join(str(membership_rules.Expectation(code).label) for code in obj.expectations)

    @admin.display(description=_("themes of interest"))
    def themes(self, obj: Membership) -> str:
        return ", ".join(term.label for term in obj.interests.all())

    @admin.display(description=_("organisation"))
    def organisation_facts(self, obj: Membership) -> SafeString | str:
        values = {"organisation": obj.organisation}
        return render_to_string("admin/members/organisation_facts.html", values) or "–"

    @admin.display(description=_("possible duplicates"))
    def duplicates(self, obj: Membership) -> SafeString | str:
        return _duplicates(obj.organisation)


def _duplicates(organisation: Organisation | None) -> SafeString | str:
    if organisation is None or organisation.pk is None:
        return "–"
    rows = possible_duplicates(organisation).filter(visibility="public")
    return render_to_string("admin/members/duplicates.html", {"rows": rows}) if rows else "–"


class OrganisationForm(forms.ModelForm):
    class Meta:
        model = Organisation
        exclude = ("search",)  # noqa: DJ006 - every other field, new ones too, is the admin's

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


class MembershipInline(ScopedTabularInline):
    model = Membership
    fields = readonly_fields = ("cluster", "stage", "since", "until")
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return Membership.objects.in_scope_of(request.user)


@admin.register(Organisation)
class OrganisationAdmin(ImportPage, ScopedAdmin):
    form = OrganisationForm
    list_display = ("name", "kind", "region", "municipality", "business_id", "is_shadow")
    list_filter = ("kind", "sector", "region", "is_shadow", "introduced_by")
    list_select_related = ("region",)
    search_fields = ("name", "name_sv", "name_en", "short_name", "business_id", "external_id")
    readonly_fields = ("duplicates", "created_at", "updated_at")
    inlines = (MembershipInline,)
    actions = ("export_selected",)
    import_form = OrganisationImportForm
    import_columns = COLUMNS.known
    fieldsets = (
        (None, {"fields": (
            "name", "name_sv", "name_en", "short_name", "slug", "kind", "size_class",
            "business_id", "duplicates",
        )}),
        (_("Place and contact"), {"fields": (
            "region", "municipality", "website", "email_domains",
        )}),
        (_("Text"), {"fields": ("description", "terms")}),
        (_("Relations and validity"), {"fields": (
            "parent", "successor", "valid_from", "valid_until",
        )}),
        (_("Profile"), {"fields": (
            "visibility", "is_shadow", "introduced_by", "external_id", "confirmed_on",
            "created_at", "updated_at",
        )}),
    )  # fmt: skip

    @admin.display(description=_("possible duplicates"))
    def duplicates(self, obj: Organisation) -> SafeString | str:
        return _duplicates(obj)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """A coordinator's new organisation belongs to a cluster of hers."""
        form = super().get_form(request, *args, **kwargs)
        field = form.base_fields.get("introduced_by")
        mine = sorted(audience(request.user).coordinates)
        if field is not None and not request.user.is_superuser and args and args[0] is None:
            field.required = True
            field.initial = mine[0] if len(mine) == 1 else None
        return form

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool  # noqa: FBT001
    ) -> None:  # fmt: skip
        super().save_related(request, form, formsets, change)
        search.reindex(form.instance)

    def take_in(self, data: bytes, form: ImportForm, *, by: Any, dry_run: bool) -> Report:
        cluster = form.cleaned_data["cluster"]
        return import_organisations(data, by=by, cluster=cluster, dry_run=dry_run)

    def import_form_for(self, request: HttpRequest) -> ImportForm:
        form = super().import_form_for(request)
        clusters = Cluster.objects.managed_by(request.user)
        form.fields["cluster"].queryset = clusters  # type: ignore[attr-defined]
        return form

    @admin.action(description=_("Export the chosen organisations as CSV"))
    def export_selected(
        self, request: HttpRequest, queryset: QuerySet[Organisation]
    ) -> HttpResponse:
        rows = queryset.select_related("region").prefetch_related("terms")
        return exports.csv_response("organisations", COLUMNS.known, map(_as_row, rows))


def _as_row(organisation: Organisation) -> list[Any]:
    """The import's columns, so that an export can be imported again."""
    return [
        organisation.external_id or organisation.slug,
        organisation.name,
        organisation.name_sv,
        organisation.name_en,
        organisation.kind,
        organisation.business_id,
        organisation.region.code if organisation.region else "",
        organisation.municipality,
        organisation.website,
        "|".join(organisation.email_domains),
        organisation.description,
        "|".join(term.code for term in organisation.terms.all()),
    ]


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


class MilestoneInline(ScopedTabularInline):
    model = ClusterMilestone
    fields = ("kind", "year", "text_fi", "text_sv", "text_en", "source")


class TermInline(ScopedTabularInline):
    model = CoordinatorTerm
    fields = ("organisation", "from_year", "to_year", "is_current", "source", "checked_on")


@admin.register(Cluster)
class ClusterAdmin(ScopedAdmin):
    may_add = False
    list_display = ("name_fi", "region", "founded", "requires_agreement")
    list_select_related = ("region",)
    search_fields = ("name_fi", "name_sv", "name_en")
    inlines = (TermInline, MilestoneInline)
    fieldsets = (
        (None, {"fields": ("name_fi", "name_sv", "name_en", "slug", "region", "founded")}),
        (_("Texts"), {"fields": (
            "summary_fi", "story_fi", "summary_sv", "story_sv", "summary_en", "story_en",
        )}),
        (_("Membership"), {"fields": ("contact_email", "requires_agreement")}),
    )  # fmt: skip

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:  # fmt: skip
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.name == "region":
            field.queryset = field.queryset.filter(scheme="region")
        return field


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
        self.message_user(request, _now("Done."))


@admin.register(User)
class UserAdmin(ScopedAdmin):
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

"""Capabilities: the coordinators' list, form, import, and asking owners to confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.postgres.fields import ArrayField
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import exports, search
from cluster_portal.core.admin.import_page import ImportForm, ImportPage, record_export, takes
from cluster_portal.core.admin.moves import MovesOnPage
from cluster_portal.core.visibility import Visibility
from cluster_portal.core.vocabulary import Scheme
from members.models import Capability, Cluster, Organisation
from members.models.capabilities import THEMES, ForAssociations, Holds, Kind, Source, Stage
from members.models.capability_workflow import MOVES
from members.services import capabilities
from members.services.arrivals import answers_came
from members.services.capability_import import COLUMNS, import_capabilities

if TYPE_CHECKING:
    from django.db.models import Field, ManyToManyField, Model, QuerySet
    from django.http import HttpRequest, HttpResponse

    from cluster_portal.core.imports import Report
    from members.models import User

OWNERS = ("organisation", "home_cluster")
VISIBILITIES = [each for each in Visibility.choices if each[0] != Visibility.GROUP]


class CapabilityImportForm(ImportForm):
    cluster = forms.ModelChoiceField(label=_("Home cluster"), queryset=Cluster.objects.none())


class OwnerFilter(admin.SimpleListFilter):
    """Whether the owner is a member of the home cluster today."""

    title = _("owner’s membership")
    parameter_name = "owner"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("left", _("The owner has left the cluster"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "left":
            return queryset
        left = Capability.objects.of_former_members()
        return queryset.filter(pk__in=left.values("pk"))


@admin.register(Capability)
class CapabilityAdmin(ImportPage, MovesOnPage):
    partitive = pgettext_lazy("partitive", "capability")
    list_display = (
        "title_fi", "kind", "organisation", "stage", "expires_on", "source", "home_cluster",
    )  # fmt: skip
    list_filter = ("stage", OwnerFilter, "kind", "source", "home_cluster", "visibility")
    list_select_related = ("organisation", "home_cluster")
    search_fields = ("title_fi", "title_sv", "title_en", "organisation__name", "external_id")
    readonly_fields = (
        "slug", "stage", "confirmed_on", "confirmed_by", "expires_on", "published_at",
    )  # fmt: skip
    exclude = ("search", "entered_by")
    actions = ("ask_selected", "export_selected")
    workflow = MOVES
    waiting_stages = frozenset({Stage.UNCONFIRMED})
    import_form = CapabilityImportForm
    import_columns = COLUMNS.known

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> tuple[str, ...]:
        """What one organisation has confirmed never becomes another's."""
        return (*self.readonly_fields, *OWNERS) if obj else self.readonly_fields

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, ArrayField):
            plain: Any = db_field.base_field
            return forms.MultipleChoiceField(
                choices=plain.flatchoices, required=False, widget=forms.CheckboxSelectMultiple,
                label=capfirst(db_field.verbose_name),
            )  # fmt: skip
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> Any:
        field: Any = super().formfield_for_manytomany(db_field, request, **kwargs)
        schemes = THEMES if db_field.name == "terms" else [Scheme.REGION]
        field.queryset = field.queryset.filter(scheme__in=schemes)
        return field

    def save_model(
        self, request: HttpRequest, obj: Capability, form: forms.ModelForm, change: bool
    ) -> None:
        obj.slug = obj.slug or capabilities.free_slug(obj.title_fi)
        if not change:
            obj.entered_by = request.user  # type: ignore[assignment]
        elif form.changed_data and "source" not in form.changed_data:
            obj.source, obj.sourced_on = Source.COORDINATOR, timezone.localdate()
        super().save_model(request, obj, form, change)

    def save_related(
        self,
        request: HttpRequest,
        form: forms.ModelForm,
        formsets: list[forms.BaseModelFormSet],
        change: bool,
    ) -> None:
        super().save_related(request, form, formsets, change)
        search.reindex(form.instance)
        if change and form.changed_data:
            user: Any = request.user
            capabilities.tell_edited(form.instance, by=user)
        answers_came("capabilities", form.instance.pk)

    def move(self, obj: Capability, action: str, *, by: User, reason: str) -> None:
        capabilities.move_capability(obj, action, by=by, reason=reason)

    def take_in(self, data: bytes, options: dict[str, Any], **how: Any) -> Report:
        cluster = Cluster.objects.managed_by(how["by"]).filter(pk=options["cluster"]).first()
        return import_capabilities(
            data, by=how["by"], cluster=cluster, dry_run=how["dry_run"], progress=how["progress"]
        )

    def import_form_for(self, request: HttpRequest) -> ImportForm:
        form = super().import_form_for(request)
        cluster: Any = form.fields["cluster"]
        cluster.queryset = Cluster.objects.managed_by(request.user)
        return form

    def import_notes(self) -> list[str]:
        return [
            takes("kind", Kind.choices),
            takes("in_disruption", Holds.choices),
            takes("for_associations", ForAssociations.choices),
            takes("source", Source.choices),
            takes("visibility", VISIBILITIES),
            gettext("organisation: a member of the cluster, by its name or Business ID."),
            gettext("tasks, themes, regions: by their names or codes."),
            gettext("What comes in waits for its organisation. Ask them by mail as a second step."),
        ]

    def import_example(self, request: HttpRequest) -> dict[str, Any]:
        owner = Organisation.objects.managed_by(request.user).order_by("name").first()
        return {
            "external_id": "1", "organisation": owner.name if owner else "",
            "kind": Kind.PRODUCT, "title": gettext("Name of the product"),
            "summary": gettext("What it does, in a sentence or two."), "tasks": "search",
            "regions": "06|11", "in_disruption": Holds.YES,
        }  # fmt: skip

    @admin.action(description=_("Ask the owners by mail to confirm the chosen"))
    def ask_selected(self, request: HttpRequest, queryset: QuerySet[Capability]) -> None:
        user: Any = request.user
        rows = self.manageable(request, queryset).filter(stage=Stage.UNCONFIRMED)
        told = sum(capabilities.ask_to_confirm(row, by=user) for row in rows)
        text = ngettext("%(count)d person was asked.", "%(count)d people were asked.", told)
        messages.success(request, text % {"count": told})

    @admin.action(description=_("Export the chosen capabilities as CSV"))
    def export_selected(self, request: HttpRequest, queryset: QuerySet[Capability]) -> HttpResponse:
        rows = queryset.select_related("organisation").prefetch_related("terms", "regions")
        record_export(request.user, "capabilities", len(rows))
        return exports.csv_response("capabilities", COLUMNS.known, map(_as_row, rows))


def _as_row(row: Capability) -> list[Any]:
    """The import's columns, to be imported again; never the dual-use category."""
    terms = list(row.terms.all())
    given = {
        "external_id": row.external_id or row.slug,
        "organisation": row.organisation.name if row.organisation else "",
        "title": row.title_fi,
        "summary": row.summary_fi,
        "tasks": _codes([t for t in terms if t.scheme == Scheme.SECURITY_TASK]),
        "themes": _codes([t for t in terms if t.scheme != Scheme.SECURITY_TASK]),
        "regions": _codes(row.regions.all()),
        "nationwide": "yes" if row.is_nationwide else "no",
        "remote": "yes" if row.is_remote else "no",
        "languages": "|".join(row.languages),
        "source_date": row.sourced_on.isoformat(),
        "trl": "" if row.trl is None else row.trl,
    }
    return [given[name] if name in given else getattr(row, name) for name in COLUMNS.known]


def _codes(terms: Any) -> str:
    return "|".join(term.code for term in terms)

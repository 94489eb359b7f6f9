"""Questionnaires: the list, and the page of one with its versions and where it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import Count, Exists, F, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from cluster_portal.core.admin.scoped import ScopedAdmin, coordinators_only
from cluster_portal.core.admin.site import admin_page
from cluster_portal.core.errors import Refused
from cluster_portal.core.numbers import whole_of
from cluster_portal.surveys.models import Round, Template, Version
from cluster_portal.surveys.services.templates import begin_draft, copy_template
from members.models import Cluster

if TYPE_CHECKING:
    from django.db.models import Model
    from django.forms import ModelForm
    from django.http import HttpRequest, HttpResponse

LANGUAGES = ("fi", "sv", "en")


def in_languages(stem: str) -> tuple[str, ...]:
    """The fields of one text, side by side."""
    return tuple(f"{stem}_{language}" for language in LANGUAGES)


@admin.register(Template)
class TemplateAdmin(ScopedAdmin):
    partitive = pgettext_lazy("partitive", "questionnaire")
    change_form_template = "admin/surveys/template_change.html"
    list_display = ["named", "purpose", "home", "state", "used_in"]
    list_filter = ["purpose", "home_cluster", "is_retired"]
    list_select_related = ["home_cluster"]
    search_fields = ["name_fi", "name_sv", "name_en"]
    fieldsets = (
        (None, {"fields": (in_languages("name"), "purpose", "home_cluster", "is_retired")}),
        (gettext_lazy("Description"), {"fields": (in_languages("description"),)}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        versions = Version.objects.filter(template=OuterRef("pk"))
        rows = super().get_queryset(request)
        return rows.annotate(
            rounds=Count("versions__rounds", distinct=True),
            is_published=Exists(versions.published()),
            has_draft=Exists(versions.filter(published_at=None)),
        )

    @admin.display(description=gettext_lazy("Questionnaire"), ordering="name_fi")
    def named(self, template: Template) -> str:
        return str(template.name)

    @admin.display(description=gettext_lazy("Whose it is"), ordering="home_cluster")
    def home(self, template: Template) -> str:
        return str(template.home_cluster or _("Ready-made"))

    @admin.display(description=gettext_lazy("State"))
    def state(self, template: Any) -> str:
        if template.is_retired:
            return _("No longer in use")
        if template.has_draft:
            return _("A new version in the making") if template.is_published else _("Draft")
        return _("In use")

    @admin.display(description=gettext_lazy("Rounds"), ordering="rounds")
    def used_in(self, template: Any) -> int:
        return int(template.rounds)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> tuple[str, ...]:
        return ("home_cluster",) if obj else ("is_retired",)

    def get_form(
        self, request: HttpRequest, obj: Template | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[Template]]:
        """A questionnaire of one's own belongs to a cluster from the beginning."""
        form = super().get_form(request, obj, change, **kwargs)
        if "home_cluster" in form.base_fields:
            field: Any = form.base_fields["home_cluster"]
            field.required = True
            field.initial = field.queryset.first() if field.queryset.count() == 1 else None
        return form

    def save_model(
        self, request: HttpRequest, obj: Template, form: ModelForm, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            begin_draft(obj, by=request.user)

    def response_add(self, request: HttpRequest, obj: Template, *args: Any, **kwargs: Any) -> Any:
        messages.success(request, _("Now add the sections and questions."))
        return redirect("admin:surveys_draft", obj.versions.get().pk)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        template = kwargs.get("obj")
        if template is not None:
            rounds = Round.objects.in_scope_of(request.user).filter(version__template=template)
            context |= {
                "versions": template.versions.annotate(used=Count("rounds")),
                "rounds": rounds.annotate(number=F("version__number")).newest_first(),
                "is_ready_made": template.home_cluster_id is None,
                "can_edit": self.has_change_permission(request, template),
                "can_copy": template.newest() is not None,
                "clusters": Cluster.objects.in_scope_of(request.user),
            }
        return super().render_change_form(request, context, *args, **kwargs)


@admin_page("surveys_copy", "surveys/template/<int:pk>/copy/")
@require_POST
@coordinators_only
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    template = get_object_or_404(Template.objects.visible_to(request.user), pk=pk)
    chosen = whole_of(request.POST.get("cluster", "")) or 0
    cluster = Cluster.objects.in_scope_of(request.user).filter(pk=chosen).first()
    if cluster is None:
        raise Http404
    try:
        made = copy_template(template, by=request.user, cluster=cluster)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("admin:surveys_template_change", pk)
    messages.success(request, _("Your copy is ready to be changed."))
    return redirect("admin:surveys_draft", made.versions.get().pk)


@admin_page("surveys_new_version", "surveys/template/<int:pk>/new-version/")
@require_POST
@coordinators_only
def new_version(request: HttpRequest, pk: int) -> HttpResponse:
    template = get_object_or_404(Template.objects.visible_to(request.user), pk=pk)
    try:
        draft = begin_draft(template, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("admin:surveys_template_change", pk)
    return redirect("admin:surveys_draft", draft.pk)

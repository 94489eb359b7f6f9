"""The coordinators' screens: projects with partners and steps, budgets, challenges, programmes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cluster_portal.core import search
from cluster_portal.core.admin.base import link
from cluster_portal.core.admin.scoped import ScopedAdmin, ScopedStackedInline, ScopedTabularInline
from projects.admin.base import IdeaTurnFilter, StagedAdmin, VersionFilter, version_banner
from projects.admin.partners import (
    PEOPLE_AND_WORK,
    PartnershipInline,
    StepInline,
    tell_newly_invited,
)
from projects.admin.programme_life import (
    InfluenceGoalInline,
    MandateInline,
    ReviewInline,
    TransferInline,
)
from projects.forms.content import (
    ChallengeForm,
    CostLineForm,
    FundingFormSet,
    FundingSourceForm,
    MeasureForm,
    ProgrammeForm,
    SaneDays,
)
from projects.models import (
    ActualCost,
    Budget,
    Challenge,
    CostLine,
    FundingSource,
    Goal,
    Measure,
    Programme,
    Project,
)
from projects.models import challenges as challenge_rules
from projects.models import programmes as programme_rules
from projects.models import projects as project_rules
from projects.models.measures import PROGRESS, lacks
from projects.models.programmes import Stage as ProgrammeStage
from projects.pages.budget import budget_tables
from projects.pages.budget_tables import money
from projects.pages.figures import counted_of, with_seen_source
from projects.services.budgets import record_budget
from projects.services.challenges import move_challenge
from projects.services.programmes import approve_programme, new_version
from projects.services.projects import move_project

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.forms import BaseModelFormSet, ModelForm
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from members.models import User

TEXTS_FI = ("title_fi", "summary_fi")
OTHER_LANGUAGES: Any = (
    gettext_lazy("Swedish and English"),
    {"classes": ["collapse"], "fields": ["title_sv", "summary_sv", "title_en", "summary_en"]},
)


@admin.register(Project)
class ProjectAdmin(StagedAdmin):
    form = SaneDays
    partitive = pgettext_lazy("partitive", "project")
    workflow = project_rules.MOVES.without("amend")  # it has a form on the project's page
    waiting_stages = project_rules.UNSETTLED
    list_display = ["title_fi", "stage", "home_cluster", "organisation", "starts_on", "ends_on"]
    list_filter = [IdeaTurnFilter, "stage", "instrument", "home_cluster"]
    search_fields = ["title_fi", "title_sv", "title_en", "code"]
    list_select_related = ["home_cluster", "organisation"]
    prepopulated_fields = {"slug": ["title_fi"]}
    readonly_fields = ["stage", "budget_link", "author", "published_at", "from_need"]
    inlines = [PartnershipInline, StepInline, *PEOPLE_AND_WORK]
    fieldsets = [
        (None, {"fields": [*TEXTS_FI, "description_fi", "slug", "stage", "budget_link"]}),
        (
            gettext_lazy("Owner and readers"),
            {"fields": ["home_cluster", "organisation", "visibility"]},
        ),
        (
            gettext_lazy("Funding and time"),
            {
                "fields": [
                    "instrument",
                    "funder",
                    "call",
                    "code",
                    "starts_on",
                    "ends_on",
                ]
            },
        ),
        (
            gettext_lazy("The idea"),
            {
                "classes": ["collapse"],
                "fields": [
                    "author",
                    "published_at",
                    "aim",
                    "size_cents",
                    "duration_months",
                    "trl_now",
                    "trl_goal",
                    "roles_by",
                    "from_need",
                ],
            },
        ),
        (gettext_lazy("Links"), {"fields": ["scopes", "terms", "challenges", "measures"]}),
        OTHER_LANGUAGES,
        (
            gettext_lazy("Descriptions in Swedish and English"),
            {"classes": ["collapse"], "fields": ["description_sv", "description_en"]},
        ),
    ]

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: list[BaseModelFormSet], change: bool
    ) -> None:
        """Whom a coordinator invites here hears of it as from the project's own page."""
        with tell_newly_invited(form.instance, by=request.user):
            super().save_related(request, form, formsets, change)

    def move(self, obj: Project, action: str, *, by: User, reason: str) -> None:
        move_project(obj, action, by=by, reason=reason)

    @admin.display(description=gettext_lazy("Budget"))
    def budget_link(self, project: Project) -> SafeString | str:
        if project.pk is None:
            return _("Save the project first.")
        budget = Budget.objects.filter(project=project).first()
        if budget is None:
            address = f"{reverse('admin:projects_budget_add')}?project={project.pk}"
            return link(address, _("Add a budget"))
        address = reverse("admin:projects_budget_change", args=[budget.pk])
        shown = _("Net costs %(sum)s: open the budget") % {"sum": money(budget, budget.result.net)}
        return link(address, shown)


class CostInline(ScopedTabularInline):
    model = CostLine
    form = CostLineForm


class ActualCostInline(ScopedTabularInline):
    """Entered and removed on the project's own pages; here to be read."""

    model = ActualCost
    fields = ["day", "organisation", "kind", "amount", "note"]
    readonly_fields = ["day", "organisation", "kind", "amount", "note"]
    can_delete = False

    @admin.display(description=gettext_lazy("Amount, €"))
    def amount(self, cost: ActualCost) -> str:
        return money(cost.budget, cost.amount_cents)

    def has_add_permission(self, *_args: Any) -> bool:
        return False


class FundingInline(ScopedTabularInline):
    model = FundingSource
    form = FundingSourceForm
    formset = FundingFormSet


@admin.register(Budget)
class BudgetAdmin(ScopedAdmin):
    """The whole budget is one form: nothing is stored unless all of it holds."""

    partitive = pgettext_lazy("partitive", "budget")
    list_display = ["project", "cost_model", "rounding", "is_public"]
    list_filter = ["cost_model"]
    search_fields = ["project__title_fi"]
    list_select_related = ["project"]
    readonly_fields = ["figures"]
    inlines = [CostInline, FundingInline, ActualCostInline]
    fields = ["project", "cost_model", "rounding", "is_public", "figures"]

    @admin.display(description=gettext_lazy("Computed figures"))
    def figures(self, budget: Budget) -> SafeString | str:
        if budget.pk is None:
            return _("The totals are shown once the budget has been saved.")
        return render_to_string("projects/admin_figures.html", {"tables": budget_tables(budget)})

    def get_readonly_fields(self, request: HttpRequest, obj: Budget | None = None) -> list[str]:
        """A budget stays with its project."""
        return ["figures", "project"] if obj else ["figures"]

    def _create_formsets(self, request: HttpRequest, obj: Model, change: bool) -> Any:
        """The funding is checked against the cost lines that are saved with it."""
        formsets, inlines = super()._create_formsets(request, obj, change)  # type: ignore[misc]
        costs = next((each for each in formsets if each.model is CostLine), None)
        for formset in formsets:
            if isinstance(formset, FundingFormSet):
                formset.costs = costs
        return formsets, inlines

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: list[BaseModelFormSet], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        record_budget(form.instance, by=request.user)


@admin.register(Challenge)
class ChallengeAdmin(StagedAdmin):
    partitive = pgettext_lazy("partitive", "challenge")
    form = ChallengeForm
    workflow = challenge_rules.MOVES
    waiting_stages = frozenset({challenge_rules.Stage.IN_REVIEW})
    list_display = ["title_fi", "stage", "home_cluster", "organisation", "closes_at"]
    list_filter = ["stage", "home_cluster"]
    search_fields = ["title_fi", "title_sv", "title_en"]
    list_select_related = ["home_cluster", "organisation"]
    prepopulated_fields = {"slug": ["title_fi"]}
    readonly_fields = ["stage", "teller", "published_at", "decided_at"]
    fieldsets = [
        (None, {"fields": [*TEXTS_FI, "slug", "stage", "closes_at", "decision_on"]}),
        (
            gettext_lazy("Owner and readers"),
            {
                "fields": [
                    "home_cluster", "organisation", "contact", "teller", "visibility",
                    "named_organisations", "named_sectors", "named_people", "has_teaser",
                    "proposer_sectors", "takes_anonymous",
                ],
            },
        ),
        (
            gettext_lazy("The challenge"),
            {
                "fields": [
                    "background", "need", "current_practice", "limits", "not_to_tell", "outcome",
                    "solution",
                ],
                "description": gettext_lazy(
                    "Do not store security-classified (TL I–IV) or other secret information. "
                    "If unsure, do not save."
                ),
            },
        ),
        (gettext_lazy("Links"), {"fields": ["scopes", "terms"]}),
        OTHER_LANGUAGES,
        (gettext_lazy("Moments"), {"fields": ["published_at", "decided_at"]}),
    ]  # fmt: skip

    def move(self, obj: Challenge, action: str, *, by: User, reason: str) -> None:
        move_challenge(obj, action, by=by, reason=reason)


class GoalInline(ScopedStackedInline):
    model = Goal
    classes = ["collapse"]
    fields = [
        "number", "title_fi", "title_sv", "title_en", "owner", "lead_region", "description_fi",
        "aim_fi",
    ]  # fmt: skip
    show_change_link = True


@admin.register(Programme)
class ProgrammeAdmin(StagedAdmin):
    partitive = pgettext_lazy("partitive", "action programme")
    form = ProgrammeForm
    workflow = programme_rules.MOVES
    waiting_stages = frozenset({ProgrammeStage.DRAFT})
    change_form_template = "projects/admin_programme.html"
    list_display = ["title_fi", "version", "stage", "home_cluster", "organisation", "approved_on"]
    list_filter = ["stage", "home_cluster"]
    list_select_related = ["home_cluster", "organisation"]
    readonly_fields = ["stage", "approved_on", "approved_by"]
    inlines = [GoalInline, InfluenceGoalInline, ReviewInline, MandateInline, TransferInline]
    fieldsets = [
        (None, {"fields": [*TEXTS_FI, "version", "stage", "approved_on", "approved_by"]}),
        (
            gettext_lazy("Maintaining body and readers"),
            {"fields": ["home_cluster", "organisation", "visibility"]},
        ),
        (
            gettext_lazy("Comment round"),
            {"fields": ["talks", "comments_until", "commenters", "comments_of_members"]},
        ),
        OTHER_LANGUAGES,
    ]

    def move(self, obj: Programme, action: str, *, by: User, reason: str) -> None:
        """Both steps take no reason."""
        {"approve": approve_programme, "new_version": new_version}[action](obj, by=by)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        programme = kwargs.get("obj")
        context |= {"missing": [], "banner": None}
        if programme is not None:
            is_draft = programme.stage == ProgrammeStage.DRAFT
            context["missing"] = lacks(programme) if is_draft else []
            context["banner"] = version_banner(programme)
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(Measure)
class MeasureAdmin(ScopedAdmin):
    partitive = pgettext_lazy("partitive", "measure")
    form = MeasureForm
    change_form_template = "projects/admin_measure.html"
    may_delete = True
    list_display = [
        "__str__", "programme", "programme_stage", "state", "responsible", "starts_on", "ends_on",
    ]  # fmt: skip
    list_filter = [VersionFilter, "state"]
    search_fields = ["title_fi", "title_sv", "title_en"]
    list_select_related = ["goal__programme", "responsible"]
    fieldsets = [
        (None, {"fields": ["goal", "number", "title_fi", "responsible", "implementers"]}),
        (
            gettext_lazy("Progress"),
            {
                "fields": [
                    "state", "starts_on", "ends_on", "done_on", "indicator_fi", "target",
                    "achieved", "progress", "note_fi", "follow_up_fi", "others_fi",
                ]
            },
        ),
        (
            gettext_lazy("Swedish and English"),
            {
                "classes": ["collapse"],
                "fields": [
                    f"{stem}_{code}"
                    for code in ("sv", "en")
                    for stem in ("title", "indicator", "note", "follow_up", "others")
                ],
            },
        ),
    ]  # fmt: skip

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: list[BaseModelFormSet], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        search.reindex(form.instance)

    def get_readonly_fields(self, request: HttpRequest, obj: Measure | None = None) -> list[str]:
        """Progress is followed in the version in force, and passes to the draft's measure."""
        is_plan = obj and obj.continues_id and obj.goal.programme.stage == ProgrammeStage.DRAFT
        if is_plan:
            return [name for name in PROGRESS if Measure._meta.get_field(name).editable]
        return ["achieved"] if obj and obj.counts else []

    def save_model(self, request: HttpRequest, obj: Measure, form: ModelForm, change: bool) -> None:
        """A figure typed by hand is not the last counted one any more."""
        if "achieved" in form.changed_data and not obj.counts:
            obj.counted_at, obj.count_by, obj.count_words = None, {}, {}
        super().save_model(request, obj, form, change)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        measure = kwargs.get("obj")
        banner = version_banner(measure.goal.programme, measure) if measure else None
        context |= {"banner": banner, "counted": counted_of(measure) if measure else None}
        if measure and measure.takes_figures and self.has_change_permission(request, measure):
            context["figure_url"] = reverse("admin:projects_measure_figure", args=[measure.pk])
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=gettext_lazy("Programme"), ordering="goal__programme")
    def programme(self, measure: Measure) -> str:
        return str(measure.goal.programme)

    @admin.display(description=gettext_lazy("state of the version"))
    def programme_stage(self, measure: Measure) -> str:
        return measure.goal.programme.get_stage_display()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Measure]:
        rows = with_seen_source(super().get_queryset(request), request.user)
        return rows.select_related("goal__programme", "responsible")

"""A project's budget: what was entered; every total is computed by `projects.budget`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import OuterRef, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.database.columns import listed
from members.models import Organisation
from projects import budget as arithmetic
from projects.budget import WHOLE, Basis, CostKind, CostModel, FundingKind, Rounding
from projects.models.partnerships import MAX_CENTS
from projects.models.projects import Project

if TYPE_CHECKING:
    from typing import Self

    from django.utils.functional import _StrPromise

    from cluster_portal.core.visibility import Reader


FIRST_YEAR, LAST_YEAR = 2000, 2100


class BudgetQuerySet(models.QuerySet["Budget"]):
    def visible_to(self, user: Reader) -> Self:
        """A public summary with its project; else only the partners and the project's own side."""
        public = Q(is_public=True, project__in=Project.objects.visible_to(user))
        edited = Q(project__in=Project.objects.editable_by(user))
        return self.filter(public | edited | Q(project__in=Project.objects.budget_readers(user)))

    def with_lines(self) -> Self:
        """The lines of both tables in the budget's own statement."""
        costs = CostLine.objects.filter(budget=OuterRef("pk")).order_by("pk")
        sources = FundingSource.objects.filter(budget=OuterRef("pk")).order_by("pk")
        names = ("kind", "note", "amount_cents", "organisation_id")
        return self.annotate(
            cost_values=listed(costs, **{name: name for name in (*names, "year")}),
            source_values=listed(sources, **{name: name for name in (*names, "basis", "percent")}),
        )

    def editable_by(self, user: Reader) -> Self:
        return self.filter(project__in=Project.objects.editable_by(user))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(project__in=Project.objects.in_scope_of(user))

    def managed_by(self, user: Reader) -> Self:
        return self.filter(project__in=Project.objects.managed_by(user))


@audit.tracked()
class Budget(models.Model):
    project = models.OneToOneField(
        Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="budget"
    )
    cost_model = models.CharField(
        _("cost model"), max_length=10, choices=CostModel, default=CostModel.FR40
    )
    rounding = models.CharField(
        _("rounding"), max_length=10, choices=Rounding, default=Rounding.TRUNCATE
    )
    is_public = models.BooleanField(
        _("summary is public"),
        default=False,
        help_text=_("Otherwise only the partners and the coordinators see the figures."),
    )

    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        constraints = [
            one_of("cost_model", CostModel, name="projects_budget_cost_model_known"),
            one_of("rounding", Rounding, name="projects_budget_rounding_known"),
        ]

    def __str__(self) -> str:
        return str(self.project)

    def get_absolute_url(self) -> str:
        return reverse("projects:budget", args=[self.project.slug])

    @property
    def stamp(self) -> str:
        """Changes with every saving: tells whether somebody else was faster."""
        return self.updated_at.isoformat()

    @cached_property
    def cost_rows(self) -> list[CostLine]:
        values = self.__dict__.get("cost_values")
        return list(self.costs.all()) if values is None else [CostLine(**row) for row in values]

    @cached_property
    def source_rows(self) -> list[FundingSource]:
        values = self.__dict__.get("source_values")
        if values is None:
            return list(self.sources.all())
        return [FundingSource(**row) for row in values]

    @cached_property
    def result(self) -> arithmetic.Result:
        """The computed figures, from the lines as they were first read by this object."""
        return arithmetic.compute(
            self.cost_model, self.rounding,
            [line.plain for line in self.cost_rows], [source.plain for source in self.source_rows],
        )  # fmt: skip

    @property
    def flat_rate_label(self) -> str | _StrPromise:
        rule = arithmetic.FLAT_RATES.get(CostModel(self.cost_model))
        return rule.label if rule else ""  # type: ignore[return-value]


def _bearer() -> models.ForeignKey[Organisation | None]:
    return models.ForeignKey(
        Organisation, verbose_name=_("partner"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip


@audit.tracked()
class CostLine(models.Model):
    """A cost, or an income that is deducted from the costs."""

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="costs")
    kind = models.CharField(_("kind"), max_length=20, choices=CostKind, default=CostKind.STAFF)
    note = models.CharField(_("note"), max_length=120, blank=True, default="")
    organisation = _bearer()
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )  # fmt: skip
    amount_cents = models.PositiveBigIntegerField(
        _("amount"), validators=[MaxValueValidator(MAX_CENTS)]
    )

    class Meta:
        verbose_name = _("cost line")
        verbose_name_plural = _("cost lines")
        ordering = ["pk"]
        constraints = [
            one_of("kind", CostKind, name="projects_costline_kind_known"),
            models.CheckConstraint(
                condition=Q(amount_cents__gte=0, amount_cents__lte=MAX_CENTS),
                name="projects_costline_amount_sane",
            ),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                name="projects_costline_year_sane",
            ),
        ]

    def __str__(self) -> str:
        return self.note or self.get_kind_display()

    @property
    def plain(self) -> arithmetic.Cost:
        return arithmetic.Cost(
            self.kind, self.amount_cents, self.organisation_id, self.year, self.note
        )


@audit.tracked()
class FundingSource(models.Model):
    """Where a part of the net costs comes from: a sum, a percentage, or whatever is left."""

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="sources")
    kind = models.CharField(
        _("source"), max_length=20, choices=FundingKind, default=FundingKind.EU_STATE
    )
    note = models.CharField(_("note"), max_length=120, blank=True, default="")
    organisation = _bearer()
    basis = models.CharField(_("basis"), max_length=10, choices=Basis, default=Basis.AMOUNT)
    amount_cents = models.PositiveBigIntegerField(
        _("amount"), default=0, validators=[MaxValueValidator(MAX_CENTS)]
    )
    percent = models.PositiveIntegerField(
        _("percentage, in hundredths"), default=0, validators=[MaxValueValidator(WHOLE)]
    )

    class Meta:
        verbose_name = _("funding source")
        verbose_name_plural = _("funding sources")
        ordering = ["pk"]
        constraints = [
            one_of("kind", FundingKind, name="projects_fundingsource_kind_known"),
            one_of("basis", Basis, name="projects_fundingsource_basis_known"),
            models.UniqueConstraint(
                fields=["budget"],
                condition=Q(basis=Basis.REMAINDER),
                name="projects_fundingsource_one_remainder",
            ),
            models.CheckConstraint(
                condition=Q(basis=Basis.AMOUNT) | Q(amount_cents=0),
                name="projects_fundingsource_amount_where_fixed",
            ),
            models.CheckConstraint(
                condition=Q(basis=Basis.PERCENT, percent__range=(1, WHOLE)) | Q(percent=0),
                name="projects_fundingsource_percent_where_asked",
            ),
            models.CheckConstraint(
                condition=Q(amount_cents__gte=0, amount_cents__lte=MAX_CENTS),
                name="projects_fundingsource_amount_sane",
            ),
        ]

    def __str__(self) -> str:
        return self.note or self.get_kind_display()

    @property
    def plain(self) -> arithmetic.Source:
        return arithmetic.Source(
            self.kind, self.basis, self.amount_cents, self.percent, self.organisation_id, self.note
        )

"""Costs as they came about: entered by each partner, compared with the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.visibility import Reader, audience
from members.models import Organisation
from projects import budget as arithmetic
from projects.budget import CostKind
from projects.models.budgets import Budget
from projects.models.partnerships import MAX_CENTS, Partnership
from projects.models.projects import Project

if TYPE_CHECKING:
    from typing import Self


class ActualCostQuerySet(models.QuerySet["ActualCost"]):
    def visible_to(self, user: Reader) -> Self:
        """The project's own side and its partners, whatever the summary's readers are."""
        inside = Project.objects.budget_readers(user).values("pk")
        edited = Project.objects.editable_by(user).values("pk")
        return self.filter(Q(budget__project__in=inside) | Q(budget__project__in=edited))

    def editable_by(self, user: Reader) -> Self:
        """Whoever edits the project; a partner's contact the costs of that partner."""
        edited = Project.objects.editable_by(user).values("pk")
        own = Partnership.objects.accepted().filter(organisation__in=audience(user).edits)
        mine = Q(budget__project__in=own.values("project"), organisation__in=audience(user).edits)
        return self.filter(Q(budget__project__in=edited) | mine)

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(budget__in=Budget.objects.in_scope_of(user))

    def managed_by(self, user: Reader) -> Self:
        return self.filter(budget__in=Budget.objects.managed_by(user))


@audit.tracked()
class ActualCost(models.Model):
    """A sum that was spent, or an income, until a day. `form_key` makes a double press one cost."""

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="actual_costs")
    form_key = models.UUIDField(unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("partner"), on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=CostKind, default=CostKind.STAFF)
    day = models.DateField(_("until"), help_text=_("The last day that the sum covers."))
    amount_cents = models.PositiveBigIntegerField(
        _("amount"), validators=[MaxValueValidator(MAX_CENTS)]
    )
    note = models.CharField(_("note"), max_length=120, blank=True, default="")

    objects = ActualCostQuerySet.as_manager()

    class Meta:
        verbose_name = _("actual cost")
        verbose_name_plural = _("actual costs")
        ordering = ["day", "pk"]
        constraints = [
            one_of("kind", CostKind, name="projects_actualcost_kind_known"),
            models.CheckConstraint(
                condition=Q(amount_cents__gt=0, amount_cents__lte=MAX_CENTS),
                name="projects_actualcost_amount_sane",
            ),
        ]

    def __str__(self) -> str:
        return self.note or self.get_kind_display()

    def clean(self) -> None:
        refuse_marked(self.note)

    @property
    def plain(self) -> arithmetic.Cost:
        return arithmetic.Cost(
            self.kind, self.amount_cents, self.organisation_id, self.day.year, self.note
        )

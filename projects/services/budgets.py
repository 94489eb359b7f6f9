"""Writing a project's budget as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Overtaken, Refused
from members.models import Organisation
from projects import budget as arithmetic
from projects.models import ActualCost, Budget, CostLine, FundingSource, Project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from members.models import User


@dataclass(frozen=True)
class Plan:
    """What a budget consists of; the lines' order is the order of the tables."""

    cost_model: str
    rounding: str
    costs: Sequence[arithmetic.Cost]
    sources: Sequence[arithmetic.Source]
    is_public: bool = False


@transaction.atomic
def save_budget(project: Project, plan: Plan, *, by: User | None, seen: str = "") -> Budget:
    """Replaces the project's budget by the plan, or `Refused` with what does not add up.

    `seen` is the `stamp` of what the editor saw, "new" where there was none yet; another's change
    since is not lost.
    """
    faults = arithmetic.faults(plan.cost_model, plan.rounding, plan.costs, plan.sources)
    if faults:
        raise Refused(" ".join(faults))
    project = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if by is not None and not Project.objects.editable_by(by).filter(pk=project.pk).exists():
        raise Refused(_("You cannot change this budget."))
    _require_unchanged(project, seen)
    _require_partners(project, plan)
    budget, _is_new = Budget.objects.update_or_create(
        project=project,
        defaults={
            "cost_model": plan.cost_model,
            "rounding": plan.rounding,
            "is_public": plan.is_public,
        },
    )
    budget.costs.all().delete()
    budget.sources.all().delete()
    CostLine.objects.bulk_create(cost_line(budget, cost) for cost in plan.costs)
    FundingSource.objects.bulk_create(funding_source(budget, source) for source in plan.sources)
    record_budget(budget, by=by)
    return budget


def _require_unchanged(project: Project, seen: str) -> None:
    budget = Budget.objects.filter(project=project).first()
    now = budget.stamp if budget else "new"
    if seen and seen != now:
        raise Overtaken(_("Somebody else has changed the budget meanwhile."))


def _require_partners(project: Project, plan: Plan) -> None:
    """A line names the owner or a partner; one that named it before may stay."""
    named = {cost.partner for cost in plan.costs} | {source.partner for source in plan.sources}
    if named - {None} - {each.pk for each in bearers(project)}:
        raise Refused(_("A line names an organisation that is no partner of the project."))


def bearers(project: Project) -> list[Organisation]:
    """Who can bear costs: the owner, the accepted partners, and those named in a line already."""
    accepted = project.partnerships.accepted().values("organisation")
    lines = CostLine.objects.filter(budget__project=project).exclude(organisation=None)
    sources = FundingSource.objects.filter(budget__project=project).exclude(organisation=None)
    spent = ActualCost.objects.filter(budget__project=project)
    named = Q(pk__in=accepted) | Q(pk=project.organisation_id)
    for rows in (lines, sources, spent):
        named |= Q(pk__in=rows.values("organisation"))
    return list(Organisation.objects.filter(named).order_by("sort_name", "pk"))


def cost_line(budget: Budget, cost: arithmetic.Cost) -> CostLine:
    return CostLine(
        budget=budget, kind=cost.kind, amount_cents=cost.cents, organisation_id=cost.partner,
        year=cost.year, note=cost.note,
    )  # fmt: skip


def funding_source(budget: Budget, source: arithmetic.Source) -> FundingSource:
    return FundingSource(
        budget=budget, kind=source.kind, basis=source.basis, amount_cents=source.cents,
        percent=source.percent, organisation_id=source.partner, note=source.note,
    )  # fmt: skip


def record_budget(budget: Budget, *, by: User | None) -> None:
    """Writes to the ledger what the budget now comes to."""
    result = Budget.objects.get(pk=budget.pk).result
    audit.record(
        budget.project, "budget", by=by,
        details={"net_cents": result.net, "amounts_cents": list(result.amounts)},
    )  # fmt: skip

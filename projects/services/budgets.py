"""Writing a project's budget as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from projects import budget as arithmetic
from projects.models import Budget, CostLine, FundingSource, Project

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
def save_budget(project: Project, plan: Plan, *, by: User | None) -> Budget:
    """Replaces the project's budget by the plan, or `Refused` with what does not add up."""
    faults = arithmetic.faults(plan.cost_model, plan.rounding, plan.costs, plan.sources)
    if faults:
        raise Refused(" ".join(str(fault) for fault in faults))
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
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
    CostLine.objects.bulk_create(
        CostLine(budget=budget, kind=cost.kind, amount_cents=cost.cents) for cost in plan.costs
    )
    FundingSource.objects.bulk_create(_source(budget, source) for source in plan.sources)
    record_budget(budget, by=by)
    return budget


def _source(budget: Budget, source: arithmetic.Source) -> FundingSource:
    return FundingSource(
        budget=budget, kind=source.kind, basis=source.basis, amount_cents=source.cents,
        percent=source.percent,
    )  # fmt: skip


def record_budget(budget: Budget, *, by: User | None) -> None:
    """Writes to the ledger what the budget now comes to."""
    result = Budget.objects.get(pk=budget.pk).result
    audit.record(
        budget.project, "budget", by=by,
        details={"net_cents": result.net, "amounts_cents": list(result.amounts)},
    )  # fmt: skip

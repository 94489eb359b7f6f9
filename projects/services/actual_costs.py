"""Costs as they came about: entered by the project's editors and by each partner for itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from projects.models import ActualCost, Budget, Project
from projects.services.budgets import bearers

if TYPE_CHECKING:
    import datetime
    from uuid import UUID

    from members.models import Organisation, User


@dataclass(frozen=True)
class Spent:
    organisation: Organisation
    kind: str
    day: datetime.date
    cents: int
    form_key: UUID
    note: str = ""


def reporting(project: Project, user: User) -> list[Organisation]:
    """The organisations whose costs this user enters: an editor's all, a contact's own."""
    every = bearers(project)
    if project.is_editable_by(user):
        return every
    accepted = set(project.partnerships.accepted().values_list("organisation_id", flat=True))
    return [each for each in every if each.pk in audience(user).edits & accepted]


@transaction.atomic
def enter_cost(budget: Budget, spent: Spent, *, by: User) -> ActualCost:
    """Adds a cost; the form sent twice adds it once. The partner's place is looked at anew."""
    budget = _locked(budget)
    if spent.organisation not in reporting(budget.project, by):
        raise Refused(_("You cannot enter costs of this organisation."))
    if spent.day > timezone.localdate():
        raise Refused(_("Choose today or an earlier day."))
    found = made_by(ActualCost, spent.form_key, budget=budget, organisation=spent.organisation)
    if found is not None:
        return found
    cost = ActualCost.objects.create(
        budget=budget, organisation=spent.organisation, kind=spent.kind, day=spent.day,
        amount_cents=spent.cents, note=spent.note, form_key=spent.form_key,
    )  # fmt: skip
    _record(cost, "cost entered", by)
    return cost


@transaction.atomic
def remove_cost(cost: ActualCost, *, by: User) -> None:
    """Corrected by removing and entering again; the ledger keeps both. Twice is once."""
    _locked(cost.budget)
    rows = ActualCost.objects.filter(pk=cost.pk)
    if not rows.exists():
        return
    if not rows.editable_by(by).exists():
        raise Refused(_("You cannot remove this cost."))
    _record(cost, "cost removed", by)
    rows.delete()


def _locked(budget: Budget) -> Budget:
    rows = Budget.objects.select_for_update(of=("self",)).select_related("project")
    return rows.get(pk=budget.pk)


def _record(cost: ActualCost, action: str, by: User) -> None:
    details = {
        "kind": cost.kind, "cents": cost.amount_cents, "organisation": cost.organisation_id,
        "day": cost.day.isoformat(),
    }  # fmt: skip
    audit.record(cost.budget.project, action, by=by, details=details)

"""Business outcomes: told by an organisation's people, summed up so that nobody is given away."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Refused
from cluster_portal.surveys.disclosure import FEWEST
from members.models import User
from members.services.needs import home_of, organisations_of
from projects.models import BusinessOutcome

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

OTHERS = "others"


@transaction.atomic
def tell_outcome(values: dict[str, Any], *, by: User) -> BusinessOutcome:
    """The same form tells once."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    known = made_by(BusinessOutcome, values["form_key"], teller=by)
    if known is not None:
        return known
    organisation, project = values["organisation"], values.get("project")
    if not organisations_of(by).contains(organisation):
        raise Refused(_("You cannot tell an outcome for this organisation."))
    outcome = BusinessOutcome.objects.create(
        **values, teller=by,
        home_cluster=project.home_cluster if project else home_of(organisation, by),
    )  # fmt: skip
    audit.record(outcome, "outcome told", by=by)
    return outcome


@transaction.atomic
def remove_outcome(outcome: BusinessOutcome, *, by: User) -> None:
    rows = BusinessOutcome.objects.select_for_update(of=("self",)).editable_by(by)
    mine = rows.filter(pk=outcome.pk).first()
    if mine is None:
        raise Refused(_("You cannot do this."))
    audit.record(mine, "outcome removed", by=by)
    mine.delete()


@dataclass(frozen=True)
class Group:
    """How many outcomes there are under a key, told by how many organisations."""

    key: Hashable
    count: int
    organisations: int


Told = tuple["Hashable", int, int]  # key, organisation, count


def groups(told: Iterable[Told]) -> list[Group]:
    """Each group is of at least FEWEST organisations; smaller ones are told together.

    Where those together are still too few, the smallest of the others joins them, so that nothing
    can be found by subtracting. With too few organisations in all there are no groups.
    """
    counts: dict[Hashable, int] = defaultdict(int)
    owners: dict[Hashable, set[int]] = defaultdict(set)
    for key, organisation, count in told:
        counts[key] += count
        owners[key].add(organisation)
    if len(set().union(*owners.values())) < FEWEST:
        return []
    in_order = sorted(counts, key=lambda key: (len(owners[key]), str(key)))
    merged: list[Hashable] = [key for key in in_order if len(owners[key]) < FEWEST]
    shown = [key for key in in_order if key not in merged]
    while merged and len(set().union(*(owners[key] for key in merged))) < FEWEST:
        merged.append(shown.pop(0))
    found = [Group(key, counts[key], len(owners[key])) for key in shown]
    if merged:
        together = set().union(*(owners[key] for key in merged))
        found.append(Group(OTHERS, sum(counts[key] for key in merged), len(together)))
    return found

"""Acts of influence: what has been done for an influence goal of a programme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from projects.models import InfluenceAct, Programme

if TYPE_CHECKING:
    from members.models import User

MOST_ACTS = 500  # of one version


@transaction.atomic
def add_act(programme: Programme, values: dict[str, Any], *, by: User) -> InfluenceAct:
    """The version's row is the lock: nothing is written into one that is being replaced.

    The same act sent twice is one.
    """
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    if not Programme.objects.managed_by(by).filter(pk=programme.pk).exists():
        raise Refused(_("You cannot do this."))
    rows = InfluenceAct.objects.filter(goal__programme=programme)
    same = rows.filter(**values).first()
    if same is not None:
        return same
    if rows.count() >= MOST_ACTS:
        raise Refused(_("The list is full: at most %(count)s.") % {"count": MOST_ACTS})
    act = InfluenceAct(**values)
    try:
        act.full_clean()
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages)) from fault
    act.save()
    audit.record(act, "influence act added", by=by)
    return act

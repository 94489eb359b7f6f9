"""A member commits itself to the shared values of its cluster; the day is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from members.models import Membership
from members.models.memberships import Stage, applies

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def commit(membership: Membership, *, by: User) -> Membership:
    """By whoever speaks for the member; the first day stays when it is said again."""
    locked = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if locked.stage != Stage.ACTIVE or not applies(locked, by):
        raise Refused(_("You cannot do this."))
    if locked.values_accepted_at is None:
        locked.values_accepted_at = timezone.now()
        locked.save(update_fields=["values_accepted_at", "updated_at"])
        audit.record(locked, "shared values accepted", by=by)
    return locked

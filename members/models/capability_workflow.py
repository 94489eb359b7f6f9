"""The steps of a capability, and who may take them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.visibility import audience
from cluster_portal.core.workflow import Move, Workflow
from members.models.capabilities import Stage

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from members.models.capabilities import Capability


def speaks_for_owner(capability: Capability, user: Reader) -> bool:
    """The owner's contact, or the colleague who entered it."""
    known = audience(user)
    entered = capability.entered_by_id == known.user_id
    own = capability.organisation_id in known.organisations
    return capability.organisation_id in known.edits or (entered and own)


def looks_after(capability: Capability, user: Reader) -> bool:
    known = audience(user)
    return known.is_admin or capability.home_cluster_id in known.coordinates


def edits(capability: Capability, user: Reader) -> bool:
    return speaks_for_owner(capability, user) or looks_after(capability, user)


MOVES = Workflow(
    publish=Move(
        frozenset({Stage.DRAFT}), Stage.PUBLISHED, may=speaks_for_owner,
        label=_("Publish"), style="primary",
    ),
    propose=Move(
        frozenset({Stage.DRAFT}), Stage.UNCONFIRMED, may=looks_after,
        label=_("Ask the organisation to confirm"),
    ),
    confirm=Move(
        frozenset({Stage.UNCONFIRMED}), Stage.PUBLISHED, may=speaks_for_owner,
        label=_("Confirm and publish"), style="primary",
    ),
    vouch=Move(
        frozenset({Stage.UNCONFIRMED}), Stage.PUBLISHED, may=looks_after,
        label=_("Publish: the organisation has confirmed it to me"), needs_reason=True,
    ),
    renew=Move(
        frozenset({Stage.PUBLISHED, Stage.EXPIRED, Stage.WITHDRAWN}), Stage.PUBLISHED,
        may=speaks_for_owner, label=_("Still true: renew"), style="primary",
    ),
    withdraw=Move(
        frozenset({Stage.UNCONFIRMED, Stage.PUBLISHED, Stage.EXPIRED}), Stage.WITHDRAWN,
        may=edits, label=_("Withdraw"), style="danger",
    ),
)  # fmt: skip

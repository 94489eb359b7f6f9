"""Kinds of mail about who coordinates a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay
from cluster_portal.notifications.sending.rendering import absolute
from members.models.nominations import Stage

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


def of_nomination(mail: OutboxMail) -> dict[str, Any]:
    nomination = mail.about
    return {
        "person": str(nomination.user),
        "named_by": str(nomination.named_by or ""),
        "cluster": nomination.cluster.name,
        "reason": nomination.decision_reason or nomination.reason,
        "is_own": nomination.user_id == mail.recipient_id,
    }


def for_administrators(mail: OutboxMail) -> dict[str, Any]:
    """Nothing to say once another administrator has decided."""
    if mail.about.stage != Stage.PROPOSED:
        raise NothingToSay
    page = reverse("admin:members_nomination_change", args=[mail.about_id])
    return {**of_nomination(mail), "url": absolute(page)}


KINDS = (
    Kind(
        "coordinator_named", label=_("A coordinator has been named"),
        group=KindGroup.MEMBERSHIP, context=for_administrators, can_unsubscribe=False,
    ),
    Kind(
        "coordinator_confirmed", label=_("A coordinator you named is confirmed"),
        group=KindGroup.MEMBERSHIP, context=of_nomination, can_unsubscribe=False,
    ),
    Kind(
        "coordinator_refused", label=_("The naming of a coordinator was refused"),
        group=KindGroup.MEMBERSHIP, context=of_nomination, can_unsubscribe=False,
    ),
    Kind(
        "coordinator_ended", label=_("A coordination has ended"),
        group=KindGroup.MEMBERSHIP, context=of_nomination, can_unsubscribe=False,
    ),
)  # fmt: skip

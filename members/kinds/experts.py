"""What an expert is told of the own profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications.kinds import Kind, KindGroup, register
from cluster_portal.notifications.sending.rendering import absolute
from members.models.experts import Stage

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


def of_profile(mail: OutboxMail) -> dict[str, Any]:
    profile = mail.about
    return {
        "is_withheld": profile.stage == Stage.WITHHELD,
        "reason": profile.withheld_reason,
        "url": absolute(reverse("members:my_expert")),
    }


def register_kinds() -> None:
    register(
        Kind(
            "expert_moved", _("A coordinator acted on your expert profile"), KindGroup.MEMBERSHIP,
            of_profile, can_unsubscribe=False,
        )
    )  # fmt: skip

"""The yearly question whether an organisation's facts still hold."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay
from cluster_portal.notifications.sending.rendering import absolute
from members.services import profiles

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


def of_facts(mail: OutboxMail) -> dict[str, Any]:
    """With the link that confirms without signing in; it dies when the facts are confirmed."""
    organisation, asked = mail.about, str(mail.values["asked"])
    if mail.recipient is None or not profiles.is_asked(organisation, asked):
        raise NothingToSay
    path = profiles.confirmation_path(organisation.pk, mail.recipient.pk, asked)
    return {
        "name": organisation.title,
        "confirmed_on": organisation.confirmed_on,
        "confirm_url": absolute(path),
        "until": datetime.date.fromisoformat(asked) + profiles.LINK_LIVES,
    }


KINDS = (
    Kind(
        profiles.KIND, label=_("Whether your organisation’s facts still hold"),
        group=KindGroup.MEMBERSHIP, context=of_facts, lifetime=profiles.LINK_LIVES,
    ),
)  # fmt: skip

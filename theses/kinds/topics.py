"""Messages about topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications.kinds import Kind, KindGroup
from theses.models import Topic

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


def _of_topic(mail: OutboxMail) -> dict[str, Any]:
    return {"title": mail.about.heading if isinstance(mail.about, Topic) else ""}


# An answer that somebody waits for cannot be switched off; a notice of work to do can.
KINDS = [
    Kind("topic_submitted", _("A topic waits for review"), KindGroup.THESES, _of_topic),
    Kind("topic_published", _("My topic is open"), KindGroup.THESES, _of_topic),
    Kind(
        "topic_returned",
        _("My topic needs changes"),
        KindGroup.THESES,
        _of_topic,
        can_unsubscribe=False,
    ),
    Kind("topic_expired", _("My topic has expired"), KindGroup.THESES, _of_topic),
]

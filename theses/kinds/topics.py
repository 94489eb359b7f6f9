"""Messages about topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay
from cluster_portal.notifications.rendering import absolute
from theses.models import Topic
from theses.services.renewals import renewal_path
from theses.services.topics import renewed_until

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


def _of_topic(mail: OutboxMail) -> dict[str, Any]:
    topic = mail.about
    if not isinstance(topic, Topic):
        return {"title": ""}
    return {"title": topic.heading, "is_idea": topic.student_id is not None}


def _of_ending(mail: OutboxMail) -> dict[str, Any]:
    """With the link that renews the topic without signing in; it dies when it is renewed."""
    topic = mail.about
    if not isinstance(topic, Topic) or mail.recipient is None:
        raise NothingToSay
    until = str(mail.values.get("until") or topic.expires_on)
    if str(topic.expires_on) != until:
        raise NothingToSay
    return {
        "title": topic.heading,
        "until": topic.expires_on,
        "renewed_until": renewed_until(topic),
        "renew_url": absolute(renewal_path(topic.pk, mail.recipient.pk, until)),
    }


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
    Kind(
        "topic_joined", _("My topic has a supervisor or commissioner"), KindGroup.THESES, _of_topic
    ),
    Kind("topic_passed", _("A topic has passed to me"), KindGroup.THESES, _of_topic),
    Kind("topic_expiring", _("My topic is about to expire"), KindGroup.THESES, _of_ending),
    Kind("topic_expired", _("My topic has expired"), KindGroup.THESES, _of_ending),
]

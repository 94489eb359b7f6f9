"""Messages about topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay
from cluster_portal.notifications.sending.rendering import absolute, page_link
from theses.models import Approach, Topic
from theses.pages.approach_page import opening_of, organisation_of
from theses.services.renewals import renewal_path
from theses.services.topics import renewed_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrPromise

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


def _of_approach(mail: OutboxMail) -> dict[str, Any]:
    """What was taken back has no page any more: its title comes with the message."""
    approach = mail.about
    list_url = absolute(reverse("theses:list"))
    if not isinstance(approach, Approach):
        return {"title": mail.values.get("title", ""), "list_url": list_url}
    organisation = organisation_of(approach)
    return {
        "title": approach.topic.heading,
        "what": approach.get_kind_display(),
        "opening": opening_of(approach),
        "sender": approach.by.get_full_name(),
        "organisation": organisation.title if organisation else "",
        "answerer": approach.answered_by.get_full_name() if approach.answered_by else "",
        "message": approach.message,
        "answer_by": approach.answer_by,
        "topic_url": page_link(approach.topic.get_absolute_url()),
        "list_url": list_url,
    }


def _kind(
    name: str,
    label: str | _StrPromise,
    context: Callable[[OutboxMail], dict[str, Any]] = _of_topic,
    *,
    may_stop: bool = True,
) -> Kind:
    return Kind(name, label, KindGroup.THESES, context, can_unsubscribe=may_stop)


# An answer that somebody waits for cannot be switched off; a notice of work to do can.
KINDS = [
    _kind("topic_submitted", _("A topic waits for review")),
    _kind("topic_published", _("My topic is open")),
    _kind("topic_returned", _("My topic needs changes"), may_stop=False),
    _kind("topic_joined", _("My topic has a supervisor or commissioner")),
    _kind("topic_passed", _("A topic has passed to me")),
    _kind("topic_expiring", _("My topic is about to expire"), _of_ending),
    _kind("topic_expired", _("My topic has expired"), _of_ending),
    _kind("approach_received", _("An offer or invitation about a thesis topic"), _of_approach),
    _kind(
        "approach_accepted", _("My offer or invitation was accepted"), _of_approach, may_stop=False
    ),
    _kind(
        "approach_declined", _("My offer or invitation was declined"), _of_approach, may_stop=False
    ),
    _kind("approach_withdrawn", _("An offer or invitation to me was taken back"), _of_approach),
    _kind("approach_expired", _("My offer or invitation was not answered in time"), _of_approach),
]

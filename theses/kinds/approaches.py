"""Messages about approaches: one party turns to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications.kinds import Kind, KindGroup
from cluster_portal.notifications.rendering import absolute, page_link
from theses.models import Approach
from theses.pages.approach_page import opening_of, organisation_of

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


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


def _kind(name: str, label: Any, *, can_unsubscribe: bool = True) -> Kind:
    return Kind(name, label, KindGroup.THESES, _of_approach, can_unsubscribe=can_unsubscribe)


KINDS = [
    _kind("approach_received", _("An offer or invitation about a thesis topic")),
    _kind("approach_accepted", _("My offer or invitation was accepted"), can_unsubscribe=False),
    _kind("approach_declined", _("My offer or invitation was declined"), can_unsubscribe=False),
    _kind("approach_withdrawn", _("An offer or invitation to me was taken back")),
    _kind("approach_expired", _("My offer or invitation was not answered in time")),
]

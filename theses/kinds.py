"""The kinds of message that the theses app sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications import kinds
from cluster_portal.notifications.kinds import Kind, KindGroup
from cluster_portal.notifications.rendering import absolute
from theses.models import Application, Topic

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


def _of_topic(mail: OutboxMail) -> dict[str, Any]:
    return {"title": mail.about.heading if isinstance(mail.about, Topic) else ""}


def _of_application(mail: OutboxMail) -> dict[str, Any]:
    application = mail.about
    if not isinstance(application, Application):
        return {"title": ""}
    organisation = application.topic.named_owner
    return {
        "title": application.topic.heading,
        "organisation": organisation.title if organisation else "",
        "student": application.student.get_full_name(),
        "topic_url": absolute(application.topic.get_absolute_url()),
        "list_url": absolute(reverse("theses:list")),
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
    Kind("topic_expired", _("My topic has expired"), KindGroup.THESES, _of_topic),
    Kind(
        "topic_withdrawn",
        _("A topic I applied to was withdrawn"),
        KindGroup.THESES,
        _of_application,
        can_unsubscribe=False,
    ),
    Kind(
        "thesis_application_received",
        _("Application to my topic"),
        KindGroup.THESES,
        _of_application,
    ),
    Kind(
        "thesis_application_sent", _("My application was sent"), KindGroup.THESES, _of_application
    ),
    Kind(
        "thesis_application_accepted",
        _("My application was accepted"),
        KindGroup.THESES,
        _of_application,
        can_unsubscribe=False,
    ),
    Kind(
        "thesis_application_declined",
        _("My application was declined"),
        KindGroup.THESES,
        _of_application,
        can_unsubscribe=False,
    ),
    Kind(
        "thesis_application_withdrawn",
        _("An applicant stepped back"),
        KindGroup.THESES,
        _of_application,
    ),
]


def register() -> None:
    for kind in KINDS:
        kinds.register(kind)

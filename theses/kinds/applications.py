"""Messages about applications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications.kinds import Kind, KindGroup
from cluster_portal.notifications.rendering import absolute
from theses.models import Application

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


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


KINDS = [
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

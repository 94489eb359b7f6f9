"""Mail about what is written in a project."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay
from cluster_portal.notifications.sending.rendering import absolute
from projects.models import Discussion, DiscussionMessage, StatusReport
from projects.pages.documents import name_of
from projects.services.status_reports import due

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


def _of_message(mail: OutboxMail) -> dict[str, Any]:
    """What others wrote in its time, as it stands now; silent once all of it is removed."""
    discussion, times = mail.about, (mail.values["since"], mail.values["until"])
    since, until = (datetime.datetime.fromtimestamp(time, tz=datetime.UTC) for time in times)
    rows = DiscussionMessage.objects.filter(
        discussion=mail.about_id, sent_at__gte=since, sent_at__lt=until, removed_at=None
    )
    others = rows.exclude(author__isnull=False, author=mail.recipient).select_related("author")
    found = list(others.order_by("sent_at", "pk"))
    if not isinstance(discussion, Discussion) or not found:
        raise NothingToSay
    return {
        "title": discussion.project.title,
        "topic": discussion.title,
        "messages": [{"author": name_of(one.author), "text": one.text} for one in found],
    }


def _of_report(mail: OutboxMail) -> dict[str, Any]:
    report = mail.about
    if not isinstance(report, StatusReport):
        raise NothingToSay
    return {
        "title": report.project.title, "period": str(report), "reason": report.reason,
        "state": report.get_light_display(),
    }  # fmt: skip


def _report_due(mail: OutboxMail) -> dict[str, Any]:
    """Silent once it is written."""
    project = due().filter(pk=mail.about_id).first()
    if project is None:
        raise NothingToSay
    page = reverse("projects:status_report_add", args=[project.slug])
    return {"title": project.title, "write_url": absolute(page)}


KINDS = [
    Kind("project_message", _("A message in a project’s discussion"), KindGroup.PROJECTS,
         _of_message),
    Kind("status_reported", _("A status report of a project"), KindGroup.PROJECTS, _of_report),
    Kind("status_report_due", _("A status report of my project is due"), KindGroup.PROJECTS,
         _report_due),
]  # fmt: skip

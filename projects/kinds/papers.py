"""Mail about what is written in a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay
from projects.models import DiscussionMessage
from projects.pages.documents import name_of

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


def _of_message(mail: OutboxMail) -> dict[str, Any]:
    """As it stands now; silent once it is removed."""
    message = mail.about
    if not isinstance(message, DiscussionMessage) or message.removed_at:
        raise NothingToSay
    return {
        "title": message.discussion.project.title,
        "topic": message.discussion.title,
        "author": name_of(message.author),
        "text": message.text,
    }


KINDS = [
    Kind("project_message", _("A message in a project’s discussion"), KindGroup.PROJECTS,
         _of_message),
]  # fmt: skip

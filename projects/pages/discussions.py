"""The discussions of a project: the list, and one with its messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.models import Organisation
from projects.models import Discussion, DiscussionMessage
from projects.pages.budget import trail
from projects.pages.documents import moment, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.forms import BaseForm

    from cluster_portal.core.visibility import Reader
    from projects.models import Project

Row = dict[str, Any]
ON_PAGE, BEGINNING = 50, 140


def address(project: Project) -> str:
    return reverse("projects:discussions", args=[project.slug])


def list_values(project: Project, user: Reader) -> Row:
    last = DiscussionMessage.objects.filter(discussion=OuterRef("pk")).order_by("-sent_at", "-pk")
    rows = Discussion.objects.visible_to(user).filter(project=project)
    rows = rows.annotate(
        count=Count("messages"), last_text=Subquery(last.values(begins=Left("text", BEGINNING))[:1])
    )
    return {
        "project": project,
        "rows": [_row(each, project) for each in rows.order_by("-last_at", "-pk")[:200]],
        "trail": trail(project, {"name": _("Discussion")}),
    }


def _row(discussion: Any, project: Project) -> Row:
    discussion.project = project
    messages = ngettext("%(count)s message", "%(count)s messages", discussion.count)
    return {
        "url": discussion.get_absolute_url(),
        "title": discussion.title,
        "kind": f"{moment(discussion.last_at)} · {messages % {'count': discussion.count}}",
        "text": discussion.last_text or _("The message is removed."),
    }


def last_page(discussion: Discussion) -> int:
    return max(1, -(-discussion.messages.count() // ON_PAGE))


def place_of(message: DiscussionMessage) -> str:
    """The address of a message on its page of the discussion."""
    place = Q(sent_at__lt=message.sent_at) | Q(sent_at=message.sent_at, pk__lt=message.pk)
    number = message.discussion.messages.filter(place).count() // ON_PAGE + 1
    page = f"?page={number}" if number > 1 else ""
    return f"{message.discussion.get_absolute_url()}{page}#message-{message.public_id}"


def values(discussion: Discussion, shown: Any, form: BaseForm, user: Reader) -> Row:
    project = discussion.project
    rows = DiscussionMessage.objects.filter(pk__in=[message.pk for message in shown])
    changed = set(rows.editable_by(user).values_list("pk", flat=True))
    removed = set(rows.removable_by(user).values_list("pk", flat=True))
    return {
        "project": project,
        "discussion": discussion,
        "form": form,
        "page": shown,
        "messages_shown": [
            message | {"can_change": pk in changed, "can_remove": pk in removed}
            for pk, message in _messages(shown, user)
        ],
        "trail": trail(
            project, {"name": _("Discussion"), "url": address(project)},
            {"name": discussion.title},
        ),
    }  # fmt: skip


def _messages(shown: Iterable[DiscussionMessage], user: Reader) -> list[tuple[int, Row]]:
    keys = {message.organisation_id for message in shown} - {None}
    seen = Organisation.objects.visible_to(user).in_bulk(keys)
    return [
        (
            message.pk,
            {
                "key": message.public_id,
                "author": name_of(message.author),
                "organisation": seen[message.organisation_id].name
                if message.organisation_id in seen else "",
                "sent": moment(message.sent_at),
                "is_changed": message.changed_at is not None,
                "is_removed": message.removed_at is not None,
                "text": message.text,
            },
        )
        for message in shown
    ]  # fmt: skip

"""The kinds of message about articles and the regional situation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.visibility import Visibility
from cluster_portal.knowledge.kinds import signals, situation
from cluster_portal.knowledge.models import Article, LibraryDocument
from cluster_portal.knowledge.models.articles import Stage
from cluster_portal.notifications import kinds
from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


def _of_article(mail: OutboxMail) -> dict[str, Any]:
    article = mail.about
    if not isinstance(article, Article):
        raise NothingToSay
    stage = mail.values.get("stage", article.stage)
    moment = article.publish_at if stage == Stage.SCHEDULED else None
    return {
        "title": article.title,
        "stage": Stage(stage).label,
        "is_returned": stage == Stage.DRAFT,
        "reason": mail.values.get("reason", ""),
        "moment": date_format(timezone.localtime(moment), "DATETIME_FORMAT") if moment else "",
        "author": article.author.get_full_name() if article.author else "",
    }


def _of_document(mail: OutboxMail) -> dict[str, Any]:
    """Silent once it is open to everyone again."""
    document = mail.about
    if not isinstance(document, LibraryDocument) or document.visibility == Visibility.PUBLIC:
        raise NothingToSay
    return {"title": document.title}


KINDS = (
    Kind("article_submitted", _("An article waits for review"), KindGroup.KNOWLEDGE, _of_article),
    Kind("article_moved", _("My article moved on"), KindGroup.KNOWLEDGE, _of_article),
    Kind(
        "document_changed",
        _("A document waits to be opened to everyone again"),
        KindGroup.KNOWLEDGE,
        _of_document,
    ),
    *situation.KINDS,
    *signals.KINDS,
)


def register() -> None:
    for kind in KINDS:
        kinds.register(kind)

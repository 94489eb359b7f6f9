"""The way of an article: review, its moment, its withdrawal."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Refused
from cluster_portal.core.text.classified import unmarked
from cluster_portal.knowledge.models import Article
from cluster_portal.knowledge.models.articles import MOVES, Stage, coordinates, is_ahead
from cluster_portal.knowledge.services.arrivals import article_came
from cluster_portal.knowledge.services.letter_text import text_of_article
from cluster_portal.knowledge.services.writing import locked
from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import Letter
from cluster_portal.notifications.services import following
from members.services.recipients import coordinators_of
from projects.services.projects import checked_reason

if TYPE_CHECKING:
    import datetime

    from cluster_portal.core.workflow import Move
    from members.models import User

logger = logging.getLogger(__name__)

TO_MEMBERS = "members"  # the audience that a letter begins with
NEEDS_ALL = frozenset({"submit", "publish", "schedule"})
AT_ONCE = 50


@transaction.atomic
def move_article(
    article: Article,
    action: str,
    *,
    by: User,
    reason: str = "",
    at: datetime.datetime | None = None,
) -> Article:
    """Takes one step; coordinators hear of what waits for them, the author of the rest.

    `at` is the moment of `schedule`; without it the one that is set holds.
    """
    article = locked(article)
    move = MOVES.step(action, article, by)
    reason = unmarked(checked_reason(move, reason))
    if action in NEEDS_ALL and article.missing:
        raise Refused(_("Something is still missing. Check the article first."))
    if action == "schedule":
        article.publish_at = at or article.publish_at
        if not is_ahead(article.publish_at):
            raise Refused(_("Set a moment that is still ahead."))
    article.answer = reason if action == "send_back" else ""
    return _moved(article, action, move, by=by, reason=reason)


def _moved(
    article: Article, action: str, move: Move, *, by: User | None, reason: str = ""
) -> Article:
    article.stage = move.target
    if article.stage == Stage.PUBLISHED:
        article.published_at = timezone.now()
    article.save()
    search.reindex(article)
    entry = audit.record(
        article, f"article {action}", by=by, reason=reason, details={"stage": move.target}
    )
    article_came(article)
    following.tell(article, "moved", key=str(entry.pk), by=by)
    _tell(article, action, key=str(entry.pk), by=by, reason=reason)
    return article


def _tell(article: Article, action: str, *, key: str, by: User | None, reason: str) -> None:
    if article.stage == Stage.IN_REVIEW:
        readers = list(coordinators_of([article.home_cluster_id], but=by))
        outbox.post_to_all("article_submitted", to=readers, key=key, about=article)
        return
    author = article.author
    if author is None or not author.is_active or author == by:
        return
    values: dict[str, str | int] = {"stage": article.stage, "reason": reason}
    outbox.post("article_moved", to=author, key=key, about=article, values=values)


def publish_due(now: datetime.datetime | None = None) -> int:
    """Those whose moment has come, one transaction each: what fails holds up none of the rest."""
    moment = now or timezone.now()
    due = Article.objects.due(moment).order_by("publish_at", "pk").values_list("pk", flat=True)
    return sum(_tried(pk, moment) for pk in list(due[:AT_ONCE]))


def _tried(pk: int, moment: datetime.datetime) -> bool:
    try:
        return _publish_one(pk, moment)
    except OperationalError:
        raise
    except Exception:
        logger.exception("article %s cannot be published", pk)
        return False


@transaction.atomic
def _publish_one(pk: int, moment: datetime.datetime) -> bool:
    """Skips one that another worker holds, or that a coordinator has just taken back."""
    rows = Article.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    article = rows.due(moment).filter(pk=pk).first()
    if article is None:
        return False
    if article.missing:
        _return_incomplete(article)
        return False
    _moved(article, "publish", MOVES.moves["publish"], by=None)
    return True


def _return_incomplete(article: Article) -> None:
    """It was whole when its moment was set; its writer hears why it did not come out."""
    language = article.author.language if article.author else settings.LANGUAGE_CODE
    with override(language):
        article.answer = _("Its moment came, but something is still missing.")
    _moved(article, "send_back", MOVES.moves["send_back"], by=None, reason=article.answer)


@transaction.atomic
def write_letter(article: Article, *, by: User) -> Letter:
    """A draft in the languages of the article; who presses twice gets the same one."""
    article = locked(article)
    if not coordinates(article, by):
        raise Refused(_("You cannot do this."))
    if article.stage != Stage.PUBLISHED:
        raise Refused(_("Publish the article before you send it."))
    words: dict[str, str] = {}
    for code in article.languages:
        with override(code):
            words[f"subject_{code}"], words[f"body_{code}"] = text_of_article(article)
    drafts = Letter.objects.filter(cluster=article.home_cluster, sender=by, stage="draft")
    known = drafts.filter(subject_fi=words["subject_fi"]).first()
    if known is not None:
        return known
    letter = Letter.objects.create(
        cluster=article.home_cluster, sender=by, sender_name=by.get_full_name(),
        audience=[TO_MEMBERS], **words,
    )  # fmt: skip
    audit.record(article, "article letter", by=by, details={"letter": letter.pk})
    return letter

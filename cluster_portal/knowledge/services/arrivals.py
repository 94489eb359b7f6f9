"""An article that comes to the list is told to whose saved search finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from members.services.arrivals import came

if TYPE_CHECKING:
    from cluster_portal.knowledge.models import Article


def article_came(article: Article, *, before: str = "") -> None:
    """`before` is the visibility that it had."""
    if article.is_out:
        came("articles", article, since=article.published_at, before=before)

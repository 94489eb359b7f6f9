"""One step of the form of an article: words, or a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cluster_portal.knowledge.services.pictures import add_picture
from cluster_portal.knowledge.services.writing import edit_article

if TYPE_CHECKING:
    from cluster_portal.knowledge.models import Article
    from members.models import User


def keep_step(article: Article, values: dict[str, Any], *, by: User, seen: str = "") -> None:
    if "picture" in values:
        add_picture(article, values["picture"], by=by)
    else:
        edit_article(article, values, by=by, seen=seen)

"""The press kit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from cluster_portal.core.content import parts
from cluster_portal.knowledge.models.articles import Kind
from cluster_portal.knowledge.models.pages import Page, current, may_edit_pages
from cluster_portal.knowledge.pages.articles import of_reader, story, trail

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

STORIES = 3
MOST_FIGURES = 6


def values(user: Reader) -> dict[str, Any]:
    counted = [(one.label, one.rows(user).count()) for one in parts(lambda one: one.figures)]
    figures = [{"label": label, "value": count} for label, count in counted if count]
    stories = of_reader(user).filter(kind=Kind.STORY)[:STORIES]
    return {
        "page": current(Page.PRESS),
        "title": Page.PRESS.label,
        "trail": trail(Page.PRESS.label),
        "figures": figures[:MOST_FIGURES],
        "stories": [story(article) for article in stories],
        "edit_url": reverse("pages:edit", args=[Page.PRESS]) if may_edit_pages(user) else "",
    }

"""The pages that coordinators edit, with what the portal knows of the clusters beside the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from cluster_portal.knowledge.models.pages import Page, current, may_edit_pages
from members.pages import clusters

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def about(user: Reader) -> dict[str, Any]:
    return {**_page(Page.ABOUT, user), "milestones": clusters.milestones(user)}


def contact(user: Reader) -> dict[str, Any]:
    return _page(Page.CONTACT, user)


def _page(key: Page, user: Reader) -> dict[str, Any]:
    page = current(key)
    return {
        "page": page,
        "title": key.label,
        "trail": [{"name": key.label}],
        "clusters": clusters.clusters(user),
        "edit_url": reverse("pages:edit", args=[key]) if may_edit_pages(user) else "",
    }

"""Where standing pages stand, and what is around their editing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from cluster_portal.knowledge.models.pages import Page

if TYPE_CHECKING:
    from cluster_portal.knowledge.models import PageVersion


def address_of(key: str) -> str:
    """The pages themselves stand in apps above this one."""
    return reverse("knowledge:press" if key == Page.PRESS else f"home:{key}")


def trail(page: PageVersion, name: str) -> list[dict[str, str]]:
    label = str(page.get_key_display())
    return [{"name": label, "url": address_of(page.key)}, {"name": name}]

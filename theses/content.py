"""The content types of the theses app: what is searched, listed and shown elsewhere."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from theses.models import SupervisorProfile, Thesis, Topic
from theses.models.choices import UNPUBLISHED
from theses.pages import finished_list
from theses.pages.presentation import row_of

ON_FRONT, COUNTED = 4, 10_000


def newest(user: Any) -> dict[str, Any] | None:
    open_topics = Topic.objects.visible_to(user).open()
    topics = open_topics.for_cards().order_by("-published_at", "-pk")[:ON_FRONT]
    rows = [row_of(topic) for topic in topics]
    if not rows:
        return None
    count = open_topics.order_by()[:COUNTED].count()
    figures = [{"label": _("Open thesis topics"), "value": count}]
    return {"rows": rows, "list_url": reverse("theses:list"), "figures": figures}


def searchable_topics(user: Any) -> Any:
    return Topic.objects.visible_to(user).exclude(stage__in=sorted(UNPUBLISHED))


def searchable_people(user: Any) -> Any:
    """Who has opened a profile to this reader."""
    rows = SupervisorProfile.objects.visible_to(user).filter(is_open=True)
    return rows.select_related("user")


def searchable_theses(user: Any) -> Any:
    rows = Thesis.objects.visible_to(user).finished()
    return rows.select_related(*finished_list.RELATED, "application__student")

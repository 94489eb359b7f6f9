"""Topics on the thread: what hangs on a challenge, a project or a measure."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from projects.thread import Link
from theses.models import ThreadLink, Topic
from theses.models.choices import TAKEN, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from projects.thread import Anchor

KIND = _("Thesis topic")


def topic_links(anchor: Anchor, pks: Iterable[int], user: Any) -> dict[int, list[Link]]:
    """Open topics and those being worked on; a finished one is told of by its thesis."""
    shown = [Stage.OPEN, *sorted(TAKEN - {Stage.FINISHED})]
    topics = Topic.objects.visible_to(user).filter(stage__in=shown)
    rows = ThreadLink.objects.filter(**{f"{anchor}__in": list(pks)}, topic__in=topics.values("pk"))
    found: dict[int, list[Link]] = defaultdict(list)
    for row in rows.select_related("topic").order_by("-topic"):
        link = Link(KIND, row.topic.heading, row.topic.get_absolute_url())
        found[getattr(row, f"{anchor}_id")].append(link)
    return found

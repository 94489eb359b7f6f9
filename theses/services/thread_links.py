"""What a topic is tied to: a challenge, a project, a measure of the programme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from theses.models import ThreadLink

if TYPE_CHECKING:
    from django.db.models import Model

    from theses.models import Topic

ANCHORS = ("challenge", "project", "measure")


def links_of(topic: Topic) -> dict[str, int]:
    """The first link of each kind, by the primary key of what it leads to."""
    found: dict[str, int] = {}
    for row in ThreadLink.objects.filter(topic=topic).order_by("pk"):
        for anchor in ANCHORS:
            pk = getattr(row, f"{anchor}_id")
            if pk is not None:
                found.setdefault(anchor, pk)
    return found


def move_measure(earlier: int, later: int) -> None:
    """In the approval of a new version of the programme: a topic goes on serving the measure."""
    tied = ThreadLink.objects.filter(measure=later).values("topic")
    ThreadLink.objects.filter(measure=earlier, topic__in=tied).delete()
    ThreadLink.objects.filter(measure=earlier).update(measure=later)


def set_links(topic: Topic, links: dict[str, Model | None]) -> bool:
    """Under the topic's lock: one link of each given kind, or none. Whether anything changed."""
    had = links_of(topic)
    changed = False
    for anchor, wanted in links.items():
        pk = wanted.pk if wanted is not None else None
        if had.get(anchor) == pk:
            continue
        changed = True
        ThreadLink.objects.filter(topic=topic, **{anchor: had.get(anchor)}).delete()
        if wanted is not None:
            given: dict[str, Any] = {anchor: wanted}
            ThreadLink.objects.get_or_create(topic=topic, **given)
    return changed

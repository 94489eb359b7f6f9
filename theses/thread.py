"""The thread of a thesis: the challenges, projects and measures that it answers, and back again."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from projects.models import Challenge, Measure, Project
from projects.thread import Link
from theses.models import Thesis, ThreadLink
from theses.models.works import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from projects.thread import Anchor
    from theses.models import Topic

KINDS = {"challenge": _("Challenge"), "project": _("Project"), "measure": _("Measure")}
MODELS: dict[str, Any] = {"challenge": Challenge, "project": Project, "measure": Measure}
FINISHED = _("Finished thesis")


def finished_links(anchor: Anchor, pks: Iterable[int], user: Any) -> dict[int, list[Link]]:
    """For `projects.thread`: the finished theses that hang on these challenges, projects, measures."""
    rows = ThreadLink.objects.filter(**{f"{anchor}__in": list(pks)})
    pairs = list(rows.values_list(anchor, "topic"))
    topics = {topic for _pk, topic in pairs}
    theses = Thesis.objects.visible_to(user).filter(
        stage=Stage.FINISHED, application__topic__in=topics
    )
    by_topic: dict[int, list[Link]] = defaultdict(list)
    for thesis in theses.select_related("application").defer("search").order_by("-finished_on"):
        link = Link(FINISHED, thesis.title, thesis.get_absolute_url())
        by_topic[thesis.application.topic_id].append(link)
    found: dict[int, list[Link]] = defaultdict(list)
    for pk, topic in pairs:
        found[pk] += by_topic[topic]
    return found


def links_of_topic(topic: Topic, user: Any) -> list[dict[str, Any]]:
    """What the topic hangs on, as far as the reader may see it, with the link's own key."""
    rows = list(ThreadLink.objects.filter(topic=topic).order_by("pk"))
    found = []
    for kind, model in MODELS.items():
        wanted = {getattr(row, f"{kind}_id"): row.pk for row in rows if getattr(row, f"{kind}_id")}
        if not wanted:
            continue
        for obj in model.objects.visible_to(user).filter(pk__in=wanted):
            found.append(
                {
                    "kind": KINDS[kind],
                    "title": str(obj),
                    "url": obj.get_absolute_url(),
                    "link": wanted[obj.pk],
                }
            )
    return found

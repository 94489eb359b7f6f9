"""Topics and finished theses on the thread: what hangs on a challenge, a project or a measure."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.columns import listed
from projects.thread import Link
from theses.models import Thesis, ThreadLink, Topic
from theses.models.choices import TAKEN, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from projects.thread import Anchor

KIND, FINISHED = _("Thesis topic"), _("Finished thesis")
SHOWN = frozenset({Stage.OPEN, *TAKEN}) - {Stage.FINISHED}


def links(anchor: Anchor, pks: Iterable[int], user: Any) -> dict[int, list[Link]]:
    """Open topics and those being worked on, then finished theses, in one statement."""
    seen = Topic.objects.visible_to(user).values("pk")
    theses = Thesis.objects.visible_to(user).finished().filter(application__topic=OuterRef("topic"))
    rows = (
        ThreadLink.objects.filter(**{f"{anchor}__in": list(pks)}, topic__in=seen)
        .select_related("topic")
        .annotate(
            finished=listed(theses.order_by("-finished_on", "-pk"), title="title", slug="slug")
        )
    )
    topics: dict[int, list[Link]] = defaultdict(list)
    finished: dict[int, list[Link]] = defaultdict(list)
    for row in rows.order_by("-topic"):
        pk = getattr(row, f"{anchor}_id")
        if row.topic.stage in SHOWN:
            topics[pk].append(Link(KIND, row.topic.heading, row.topic.get_absolute_url()))
        finished[pk] += [_finished(**one) for one in row.finished]
    return {pk: topics[pk] + finished[pk] for pk in {*topics, *finished}}


def _finished(title: str, slug: str) -> Link:
    return Link(FINISHED, title, reverse("theses:finished_thesis", args=[slug]))

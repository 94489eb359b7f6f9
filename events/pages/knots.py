"""Events on the thread: what was held because of a challenge or an idea."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.database.columns import in_language
from cluster_portal.core.knots import Column, Knot, Tie
from events.models import Event
from events.models.events import Stage
from members.pages.owner_names import owner_name
from projects.models import Challenge, Measure, Project

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def _events(user: Reader) -> Any:
    return Event.objects.visible_to(user).exclude(stage=Stage.WITHDRAWN)


def _fields(user: Reader) -> dict[str, Any]:
    return {
        "title": in_language("title"), "text": in_language("summary"),
        "day": TruncDate("starts_at"), "who": owner_name(user),
    }  # fmt: skip


EVENT = Knot(
    Column.WORK, _("Event"), _events, _fields, ("events:detail", "slug"),
    "stage", Stage,
    over=(Stage.PUBLISHED,), stopped=(Stage.CANCELLED,),
)  # fmt: skip
TIES = (
    Tie("challenge", Challenge, Event, Event, "from_challenge", "pk"),
    Tie("project-event", Project, Event, Event, "from_project", "pk"),
    Tie("measure-of-event", Event, Measure, Event.measures.through, "event", "measure"),
)

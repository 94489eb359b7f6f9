"""The steps of a topic, and who stands on its side.

From `reserved` on a topic follows its theses (`theses.services.topics.follow_theses`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.workflow import Move, Workflow
from theses.models.choices import Stage

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from theses.models.topics import Topic

# What a reader of the topic decides upon; a change of it makes a new version.
TEXTS = (
    *("title", "description", "aim", "questions", "material", "levels", "languages", "pay"),
    *("schedule", "contract", "permits", "outside"),
)


def is_offered_by(topic: Topic, user: Reader) -> bool:
    """Whether the user stands on the commissioner's side: edits the topic, decides applications."""
    return topic.is_editable_by(user)


def _coordinates(topic: Topic, user: Reader) -> bool:
    return topic.is_managed_by(user)


MOVES = Workflow(
    submit=Move(
        frozenset({Stage.DRAFT}),
        Stage.IN_REVIEW,
        may=is_offered_by,
        label=_("Send for review"),
        style="primary",
    ),
    publish=Move(
        frozenset({Stage.DRAFT, Stage.IN_REVIEW}),
        Stage.OPEN,
        may=_coordinates,
        label=_("Publish"),
        style="primary",
    ),
    send_back=Move(
        frozenset({Stage.IN_REVIEW}),
        Stage.DRAFT,
        may=_coordinates,
        label=_("Return for changes"),
        needs_reason=True,
    ),
    renew=Move(
        frozenset({Stage.OPEN, Stage.EXPIRED}),
        Stage.OPEN,
        may=is_offered_by,
        label=_("Renew"),
    ),
    withdraw=Move(
        frozenset({Stage.DRAFT, Stage.IN_REVIEW, Stage.OPEN, Stage.EXPIRED}),
        Stage.WITHDRAWN,
        may=is_offered_by,
        label=_("Withdraw the topic"),
        style="danger",
        needs_reason=True,
    ),
)

"""One large topic split into linked ones, each for the students of one school."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from theses.models import Topic
from theses.models.choices import Stage
from theses.models.topic_workflow import is_offered_by
from theses.services.topics import create_topic, locked, move_topic

if TYPE_CHECKING:
    from members.models import User

MOST_PARTS = 12
CAN_BE_SPLIT = frozenset({Stage.DRAFT, Stage.OPEN})
# What a part has of its own: the rest is that of the whole.
OWN = ("title", "school", "levels")
COPIED = (
    *("origin", "description", "aim", "questions", "material", "keywords", "languages"),
    *("home_cluster", "organisation", "visibility", "contact", "supervisor"),
    *("municipality", "region", "is_remote", "pay", "schedule", "starts_on", "closes_on"),
    *("contract", "permits", "outside", "publicity_accepted_at"),
)


@transaction.atomic
def split_topic(topic: Topic, values: dict[str, Any], *, by: User, places: int = 1) -> Topic:
    """A part with its own title, school, levels and places; open or sent in when the whole is."""
    whole = locked(topic)
    refuse_unsplittable(whole, by)
    part = Topic(
        split_from=whole,
        **{name: getattr(whole, name) for name in COPIED},
        **{name: values[name] for name in OWN},
    )
    fields, terms = whole.education_fields.all(), whole.terms.all()
    create_topic(part, by=by, fields=fields, terms=terms, places=places)
    audit.record(whole, "split", by=by, details={"part": part.pk})
    return move_topic(part, "submit", by=by) if whole.stage == Stage.OPEN else part


def refuse_unsplittable(topic: Topic, by: User) -> None:
    if not is_offered_by(topic, by):
        raise Refused(_("You cannot do this."))
    if topic.split_from_id is not None:
        raise Refused(_("This topic is a part itself. Split the whole topic."))
    if topic.stage not in CAN_BE_SPLIT or topic.has_closed:
        raise Refused(_("Only a draft or an open topic can be split."))
    if topic.student_id is not None:
        raise Refused(_("A student’s own idea is for one student and cannot be split."))
    if topic.parts.exclude(stage=Stage.WITHDRAWN).count() >= MOST_PARTS:
        raise Refused(_("A topic has at most %(count)s parts.") % {"count": MOST_PARTS})

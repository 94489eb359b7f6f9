"""How a topic comes about: offered, proposed, or split from a larger one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from members.models import Cluster
from theses.models import SupervisorProfile, Topic
from theses.models.choices import Origin, Stage
from theses.models.topic_workflow import TEXTS, is_offered_by
from theses.services.parties import locked
from theses.services.topics import create_topic, move_topic

if TYPE_CHECKING:
    from members.models import User


# A student looks for one commissioner with a few ideas, not with a hundred.
MOST_IDEAS = 5


@transaction.atomic
def propose_idea(values: dict[str, Any], *, by: User, **parts: Any) -> Topic:
    """A student's own idea: one place, the student's; it seeks a commissioner and a supervisor."""
    _refuse_hidden_cluster(values["home_cluster"], by)
    ideas = Topic.objects.filter(student=by, organisation=None)
    if ideas.exclude(stage=Stage.WITHDRAWN).count() >= MOST_IDEAS:
        raise Refused(
            _("You have %(count)s ideas already. Withdraw one of them first.")
            % {"count": MOST_IDEAS}
        )
    topic = Topic(**values, origin=Origin.STUDENT, student=by)
    return create_topic(topic, by=by, **{**parts, "places": 1})


@transaction.atomic
def propose_as_supervisor(values: dict[str, Any], *, by: User, **parts: Any) -> Topic:
    """A supervisor's topic: commissioned by the institution, or it seeks a commissioner."""
    _refuse_hidden_cluster(values["home_cluster"], by)
    profile = SupervisorProfile.objects.acting(audience(by)).first()
    if profile is None:
        raise Refused(_("Tell first what you supervise: make a supervisor’s profile."))
    organisation = values.get("organisation")
    if organisation is not None and organisation.pk != profile.institution_id:
        raise Refused(_("You cannot offer topics for this organisation."))
    topic = Topic(**values, origin=Origin.SUPERVISOR, supervisor=by, contact=by)
    return create_topic(topic, by=by, **parts)


def _refuse_hidden_cluster(cluster: Cluster, by: User) -> None:
    if not Cluster.objects.visible_to(by).contains(cluster):
        raise Refused(_("Choose a cluster."))


MOST_PARTS = 12
CAN_BE_SPLIT = frozenset({Stage.DRAFT, Stage.OPEN})
# What a part has of its own: the rest is that of the whole.
OWN = ("title", "school", "levels")
COPIED = (
    *(name for name in TEXTS if name not in OWN),
    *("origin", "home_cluster", "organisation", "visibility", "contact", "supervisor", "keywords"),
    *("municipality", "region", "is_remote", "starts_on", "closes_on", "publicity_accepted_at"),
)


@transaction.atomic
def split_topic(topic: Topic, values: dict[str, Any], *, by: User) -> Topic:
    """A part with its own title, school, levels and places; open or sent in when the whole is."""
    whole = locked(topic)
    refuse_unsplittable(whole, by)
    part = Topic(
        split_from=whole,
        **{name: getattr(whole, name) for name in COPIED},
        **{name: values[name] for name in OWN},
    )
    fields, terms = whole.education_fields.all(), whole.terms.all()
    create_topic(part, by=by, fields=fields, terms=terms, places=values.get("places", 1))
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

"""Topics whose first mover is a student or a supervisor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from members.models import Cluster
from theses.models import SupervisorProfile, Topic
from theses.models.choices import Origin, Stage
from theses.services.topics import create_topic

if TYPE_CHECKING:
    from members.models import User

# A student looks for one commissioner with a few ideas, not with a hundred.
MOST_IDEAS = 5


@transaction.atomic
def propose_idea(values: dict[str, Any], *, by: User, **parts: Any) -> Topic:
    """A student's own idea: one place, hers; it seeks a commissioner and a supervisor."""
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
    """A supervisor's topic: commissioned by her institution, or it seeks a commissioner."""
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

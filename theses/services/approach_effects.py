"""What follows when an approach is accepted: the topic gains a commissioner or a supervisor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Refused
from theses.models import Thesis
from theses.models.approaches import Kind
from theses.models.choices import Origin
from theses.models.works import Stage as WorkStage
from theses.services import applications, supervision
from theses.services.closing import OTHER_COMMISSIONER, OTHER_SUPERVISOR, close_approaches
from theses.services.parties import locked_thesis

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import User
    from theses.models import Approach, Topic


def take_effect(approach: Approach, *, by: User) -> None:
    """Under the topic's lock. An invited student is led to the form instead: nothing changes."""
    if approach.kind in {Kind.COMMISSION, Kind.INVITE_COMMISSIONER}:
        _commission(approach, by=by)
    elif approach.kind == Kind.SUPERVISE:
        _supervise(approach, approach.by, by=by)
    elif approach.kind == Kind.INVITE_SUPERVISOR:
        _supervise(approach, by, by=by)


def _commission(approach: Approach, *, by: User) -> None:
    """The organisation and its contact person stand behind the topic from now on."""
    topic = approach.topic
    is_offer = approach.kind == Kind.COMMISSION
    topic.organisation = approach.organisation
    topic.contact = approach.by if is_offer else by
    topic.save()
    topic.__dict__.pop("_known", None)  # who stands on its side has changed
    search.reindex(topic)
    audit.record(topic, "commissioned", by=by, details={"organisation": topic.organisation_id})
    kinds = [Kind.COMMISSION, Kind.INVITE_COMMISSIONER]
    close_approaches(topic, by=by, why=OTHER_COMMISSIONER, kinds=kinds)
    if topic.origin == Origin.STUDENT and topic.student is not None:
        applications.accept_own_idea(topic, by=topic.contact)
    for thesis in _seeking(topic):
        supervision.settle(locked_thesis(thesis), by=by)


def _supervise(approach: Approach, supervisor: User, *, by: User) -> None:
    """She stands by the topic; theses of it that lack a supervisor are hers at once."""
    topic = approach.topic
    if not supervisor.is_active:
        raise Refused(_("You cannot do this."))
    topic.supervisor = supervisor
    topic.save(update_fields=["supervisor", "updated_at"])
    audit.record(topic, "supervised", by=by, details={"supervisor": supervisor.pk})
    kinds = [Kind.SUPERVISE, Kind.INVITE_SUPERVISOR]
    close_approaches(topic, by=by, why=OTHER_SUPERVISOR, kinds=kinds)
    for thesis in _seeking(topic).filter(supervisor=None):
        supervision.take_on(thesis, supervisor, by=by)


def _seeking(topic: Topic) -> QuerySet[Thesis]:
    rows = Thesis.objects.filter(application__topic=topic, stage=WorkStage.SEEKING)
    return rows.select_related("application__topic").order_by("pk")

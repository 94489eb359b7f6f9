"""A coordinator brings two parties together: an invitation in the topic's name, never twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from members.services.recipients import contacts_of
from theses.models import Approach, Topic
from theses.models.approaches import Kind
from theses.services import approaches
from theses.services.parties import locked

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import Organisation, User


@transaction.atomic
def introduce(
    topic: Topic,
    kind: str,
    *,
    by: User,
    to: User | None = None,
    organisation: Organisation | None = None,
    message: str,
) -> Approach:
    """Sends the invitation; `Refused` when this party was ever asked about the topic."""
    topic = locked(topic)
    if not Topic.objects.managed_by(by).contains(topic):
        raise Refused(_("You cannot do this."))
    if introduced(topic, kind).filter(to=to, organisation=organisation).exists():
        raise Refused(_("They have been introduced already. A second invitation is not sent."))
    approach = approaches.send(
        topic, kind, by=by, to=to, organisation=organisation, message=message
    )
    audit.record(topic, "introduced", by=by, details={"kind": kind, "approach": approach.pk})
    return approach


def introduced(topic: Topic, kind: str) -> QuerySet[Approach]:
    """Every invitation of the kind that was ever sent about the topic, whatever its answer."""
    return Approach.objects.filter(topic=topic, kind=kind)


def ready_message(
    topic: Topic,
    kind: str,
    *,
    by: User,
    to: User | None = None,
    organisation: Organisation | None = None,
) -> str:
    """What the coordinator may send as it is: in the language of whoever reads it."""
    reader = to or (contacts_of([organisation.pk]).first() if organisation else None)
    with override(reader.language if reader is not None else "fi"):
        words = {
            "title": topic.heading,
            "cluster": topic.home_cluster.name,
            "sender": by.get_full_name(),
        }
        return _TEXTS[Kind(kind)]() % words


def _to_student() -> str:
    return _(
        "Hello! I coordinate %(cluster)s. The thesis topic “%(title)s” seems to fit what you "
        "tell of yourself. Have a look at it, and apply if it interests you. I gladly answer "
        "questions.\n\n%(sender)s"
    )


def _to_supervisor() -> str:
    return _(
        "Hello! I coordinate %(cluster)s. The thesis topic “%(title)s” still lacks a supervisor "
        "and seems to belong to your field. Could you supervise it?\n\n%(sender)s"
    )


def _to_commissioner() -> str:
    return _(
        "Hello! I coordinate %(cluster)s. The thesis topic “%(title)s” seeks an organisation that "
        "commissions it: gives the need, a contact person and material. Could you be the "
        "one?\n\n%(sender)s"
    )


_TEXTS = {
    Kind.INVITE_STUDENT: _to_student,
    Kind.INVITE_SUPERVISOR: _to_supervisor,
    Kind.INVITE_COMMISSIONER: _to_commissioner,
}

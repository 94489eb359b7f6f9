"""What the invitation of a person recorded with a membership shows, and what waits of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core.content import Queue, QueueState, Waits
from members.models import Affiliation, NamedPerson
from members.models.named_people import Stage
from members.services import named_people

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from cluster_portal.core.visibility import Reader


def invitation(person: NamedPerson, user: Reader) -> dict[str, Any]:
    organisation = person.organisation
    return {
        "person": person,
        "trail": [{"name": _("Invitation")}],
        "facts": [
            {"name": _("Name"), "value": person.name},
            {"name": _("Organisation"), "value": organisation.title if organisation else ""},
            {"name": _("Role"), "value": _role(person)},
            {"name": _("Cluster"), "value": person.cluster.name,
             "url": person.cluster.get_absolute_url()},
        ],
        "is_sure": named_people.holds_address(person, user),
        "is_signed_in": user.is_authenticated,
    }  # fmt: skip


def _role(person: NamedPerson) -> str:
    return person.get_role_display() if person.organisation_id else _("Private member")


def welcome(person: NamedPerson, user: Reader) -> str:
    """What has come of accepting."""
    if person.organisation is None:
        return _("Welcome. You are now a private member of %(cluster)s.") % {
            "cluster": person.cluster
        }
    own = Affiliation.objects.confirmed().filter(user=user.pk, organisation=person.organisation)
    if own.exists():
        return _("Welcome. You now belong to the organisation.")
    return _("Thank you. The organisation’s contact person or the coordinator confirms you next.")


def uninvited(user: Reader) -> QueueState:
    rows = NamedPerson.objects.in_scope_of(user).in_force().filter(stage=Stage.RECORDED)
    return _queue(gettext_lazy("Named people, not invited"), rows.exclude(email=""), "recorded")


def mistaken(user: Reader) -> QueueState:
    rows = NamedPerson.objects.in_scope_of(user).filter(stage=Stage.MISTAKEN)
    return _queue(gettext_lazy("Named people with a wrong address"), rows, "mistaken")


def _queue(label: str | _StrPromise, rows: QuerySet[NamedPerson], stage: str) -> QueueState:
    found = rows.order_by().aggregate(count=Count("pk"), oldest=Min("updated_at"))
    url = f"{reverse('admin:members_namedperson_changelist')}?stage={stage}"
    return QueueState(label, url=url, **found)


QUEUES = (
    Queue("mistaken", mistaken, order=15),
    Queue("uninvited", uninvited, waits=Waits.OPEN, order=15),
)

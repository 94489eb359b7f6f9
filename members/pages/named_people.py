"""What the invitation of a person recorded with a membership shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from members.models import Affiliation
from members.services import named_people

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from members.models import NamedPerson


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

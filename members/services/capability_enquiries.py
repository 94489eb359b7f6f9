"""Asking about capabilities through the portal: one, or several at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from members.models import Capability
from members.services import contacts
from members.services.contacts import Readers, ReceiverKind
from members.services.receivers import of_organisation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import User

KIND = "capability"


def of_capability(capability: Capability) -> Readers:
    """The owner's contacts; where there is none, as for its organisation."""
    organisation = capability.organisation
    return of_organisation(organisation) if organisation else Readers([], "")


@transaction.atomic
def ask(capabilities: Iterable[Capability], message: str, *, by: User) -> int:
    """The same message to each owner, all or none; the limits of single messages hold."""
    count = 0
    for capability in capabilities:
        contacts.write(capability, message, by=by)
        count += 1
    return count


def register() -> None:
    contacts.register(ReceiverKind(KIND, Capability, of_capability))

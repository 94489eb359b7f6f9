"""Contact requests: a member writes to another organisation's contacts without seeing addresses."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from cluster_portal.notifications import outbox
from members.models import Organisation, User
from members.models.affiliations import Role

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

A_DAY = datetime.timedelta(days=1)
MOST_A_DAY = 10


def may_contact(organisation: Organisation, user: Reader) -> bool:
    known = audience(user)
    return known.is_member and organisation.pk not in known.organisations


@transaction.atomic
def send(organisation: Organisation, message: str, *, by: User) -> None:
    """Posts the message to the organisation's contacts, at most ten a day from one person."""
    if not may_contact(organisation, by):
        raise Refused(_("You cannot do this."))
    recent = AuditEntry.objects.filter(
        actor=by, action="contact request", at__gte=timezone.now() - A_DAY
    )
    if recent.count() >= MOST_A_DAY:
        raise Refused(_("You have sent many contact requests today. Try again tomorrow."))
    contacts = organisation.affiliations.confirmed().filter(role=Role.CONTACT)
    readers = User.objects.filter(affiliations__in=contacts, is_active=True).distinct()
    entry = audit.record(organisation, "contact request", by=by)
    values: dict[str, str | int] = {
        "sender": str(by), "sender_email": by.email, "message": message
    }  # fmt: skip
    for reader in readers:
        outbox.post(
            "contact_request", to=reader, key=str(entry.pk), about=organisation, values=values
        )

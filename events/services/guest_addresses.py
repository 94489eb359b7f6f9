"""A guest's new address: asked for by the link of a letter, theirs once its holder confirms it."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.text.addresses import mailbox_of
from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import OutboxMail
from events.models import Registration
from events.services.registrations import CAN_BE_EDITED, locked

KIND = "registration_address"
MOST_ASKED = 3


@transaction.atomic
def ask_new_address(registration: Registration, email: str) -> None:
    """Writes to the new address, a few times at the most; nothing changes before it answers."""
    _event, row = locked(registration)
    _refuse(row, email)
    about = ContentType.objects.get_for_model(Registration)
    asked = OutboxMail.objects.filter(kind=KIND, about_type=about, about_id=row.pk).count()
    if asked >= MOST_ASKED:
        raise Refused(_("The address has been changed so often that the organiser must do it."))
    guest = outbox.Guest(email=email, name=row.name, language=row.language)
    outbox.post(KIND, to=guest, key=f"{row.public_id}:{asked}", about=row, values={"email": email})


@transaction.atomic
def take_new_address(registration: Registration, email: str) -> Registration:
    """The holder of the new address has confirmed it; a second time changes nothing."""
    _event, row = locked(registration)
    if row.email == email:
        return row
    _refuse(row, email)
    row.email, row.mailbox = email, mailbox_of(email) if row.mailbox else ""
    row.save(update_fields=["email", "mailbox"])
    audit.record(row, "address changed", by=None)
    return row


def _refuse(row: Registration, email: str) -> None:
    if row.user_id is not None or row.stage not in CAN_BE_EDITED:
        raise Refused(_("You cannot do this."))
    if row.email.lower() == email.lower():
        raise Refused(_("This is the address already."))
    others = Registration.objects.active().filter(event=row.event_id, name__iexact=row.name)
    if others.filter(email__iexact=email).exclude(pk=row.pk).exists():
        raise Refused(_("%(name)s has registered already.") % {"name": row.name})

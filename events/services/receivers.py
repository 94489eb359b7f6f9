"""Whom one reaches through an event's page."""

from django.utils.translation import gettext as _

from events.models import Event
from members.services import contacts
from members.services.contacts import Readers, ReceiverKind
from members.services.recipients import contacts_of, coordinators_of


def of_event(event: Event) -> Readers:
    """The contact persons of the organisation that is named as organiser, else the coordinators."""
    organiser = event.named_owner
    people = list(contacts_of([organiser.pk])) if organiser else []
    people = people or list(coordinators_of([event.home_cluster_id]))
    return Readers(people, _("The organiser of the event gets your message."))


def register() -> None:
    contacts.register(ReceiverKind("event", Event, of_event))

"""Whom one reaches through a supervisor's page."""

from django.utils.translation import gettext as _

from members.services import contacts
from members.services.contacts import Readers, ReceiverKind
from theses.models import SupervisorProfile


def of_supervisor(profile: SupervisorProfile) -> Readers:
    people = [profile.user] if profile.user.is_active else []
    return Readers(people, _("The supervisor gets your message."))


def register() -> None:
    contacts.register(ReceiverKind("supervisor", SupervisorProfile, of_supervisor))

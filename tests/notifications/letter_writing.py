"""Letters and their readers, for tests."""

from django.utils import timezone

from cluster_portal.notifications.models import Letter
from cluster_portal.notifications.services import letters
from members.models import NamedPerson
from tests import factories
from tests.notifications.conftest import verified

AFFILIATION = {"role", "stage"}


def letter(cluster, **values):
    """A draft to the people of all member organisations."""
    values = {
        "subject_fi": "Hei kaikki", "body_fi": "Teksti.", "audience": ["members"],
        "sender_name": "Aino Esimerkki", "reply_to": "aino@example.org", **values,
    }  # fmt: skip
    return Letter.objects.create(cluster=cluster, **values)


def send(made, *, by):
    """As after the page of sending and one round of the worker."""
    letters.send(made, by=by, seen=letters.version_of(made))
    letters.send_due(timezone.now())
    return made


def member(name, cluster, **values):
    organisation = factories.organisation(name, **values)
    factories.membership(organisation, cluster)
    return organisation


def person(organisation, email="", **values):
    """With a confirmed address, in the organisation."""
    post = {name: values.pop(name) for name in AFFILIATION & values.keys()}
    made = verified(email, **values)
    factories.affiliation(made, organisation, **post)
    return made


def named(cluster, organisation, email, **values):
    """Recorded by a coordinator, without an account."""
    return NamedPerson.objects.create(
        cluster=cluster, organisation=organisation, name="Nimi Henkilö", email=email, **values
    )

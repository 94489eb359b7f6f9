"""How many statements the pages of members cost a member with everything there is to show."""

import datetime

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from cluster_portal.core.search import reindex
from cluster_portal.core.vocabulary import Term
from tests import factories, statements
from tests.events import factories as events
from tests.projects import factories as projects
from tests.theses import factories as theses

MOST_OF_LIST, MOST_OF_PAGE, MOST_OF_DESK = 8, 10, 15


def fill(shown, cluster, number):
    """One more of everything that the organisation's page shows."""
    other = factories.cluster()
    factories.membership(shown, other)
    other.terms.create(organisation=shown, from_year=2014, to_year=2017, source="Esittely")
    factories.affiliation(factories.user(), shown, role="contact")
    shown.terms.add(Term.objects.filter(scheme="security_task")[number])
    factories.organisation(parent=shown)
    factories.organisation(successor=shown, valid_until=timezone.localdate())
    events.event(cluster, organisation=shown, remote=True)
    projects.challenge(cluster, organisation=shown)
    projects.project(cluster, organisation=shown)
    projects.partnership(projects.project(cluster), shown)
    theses.topic(shown, cluster, fields=("061",))


@pytest.fixture
def busy(member, home_cluster, other_cluster):
    """A member with several affiliations, two of them as contact, and a verified address."""
    for number, role in enumerate(("contact", "member", "contact")):
        mine = factories.organisation(kind="association", email_domains=[f"oma{number}.fi"])
        factories.membership(mine, (home_cluster, other_cluster)[number % 2])
        factories.affiliation(member, mine, role=role)
        factories.affiliation(factories.user(), mine, stage="requested")
        fill(mine, home_cluster, number)
    EmailAddress.objects.create(user=member, email="member@firma.fi", verified=True)
    return member


@pytest.fixture
def stranger(home_cluster):
    """Another organisation, which the member could ask to belong to."""
    made = factories.organisation(slug="vieras", email_domains=["firma.fi"])
    fill(made, home_cluster, 3)
    return made


def test_organisation_costs_the_same_for_one_and_several_of_everything(
    client, busy, stranger, home_cluster
):
    client.force_login(busy)
    few = statements.of_page(client, stranger.get_absolute_url())
    for number in range(4, 7):
        fill(stranger, home_cluster, number)

    many = statements.of_page(client, stranger.get_absolute_url())

    assert len(many) == len(few) <= MOST_OF_PAGE

"""How many statements the pages of members cost a member with everything there is to show."""

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from cluster_portal.core.search import reindex
from cluster_portal.core.vocabulary import Term
from cluster_portal.notifications import outbox
from members.models import Affiliation, Organisation
from tests import factories, statements
from tests.events import factories as events
from tests.members.factories import submitted
from tests.projects import factories as projects
from tests.theses import factories as theses

MOST_OF_LIST, MOST_OF_PAGE, MOST_OF_DESK = 10, 18, 35


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


@pytest.mark.parametrize("query", ["", "?q=organisaatio", "?sector=business&sort=newest"])
def test_directory_costs_a_member_the_same_for_one_and_thirty_rows(
    client, busy, stranger, home_cluster, query
):
    client.force_login(busy)
    reindex(Organisation.objects.all())
    few = statements.of_page(client, f"/members/{query}")
    for _number in range(29):
        more = factories.organisation(region=factories.region())
        factories.membership(more, home_cluster)
        reindex(more)

    many = statements.of_page(client, f"/members/{query}")

    assert len(many) <= len(few) <= MOST_OF_LIST  # few hits are followed by what is related


def test_desk_of_a_member_with_everything_stays_within_its_statements(
    client, busy, stranger, home_cluster
):
    own = Organisation.objects.filter(affiliations__user=busy).first()
    programme = projects.approved_programme(home_cluster, own)
    projects.measure(programme, responsible=own)
    theses.application(theses.topic(own, home_cluster, contact=busy))
    theses.application(theses.topic(stranger, home_cluster), busy)
    events.registration(events.event(home_cluster), busy)
    applied = submitted(busy, home_cluster, name="Uusi yhdistys ry")
    outbox.post("application_submitted", to=busy, key="a", about=applied)
    asked = Affiliation.objects.filter(stage="requested").first()
    outbox.post("affiliation_requested", to=busy, key="b", about=asked)
    client.force_login(busy)

    assert len(statements.of_page(client, "/me/")) <= MOST_OF_DESK


def test_cluster_page_stays_within_its_statements(client, busy, stranger, home_cluster):
    home_cluster.terms.create(
        organisation=stranger, from_year=2014, to_year=2017, source="Esittely"
    )
    home_cluster.milestones.create(year=2011, text_fi="Perustettiin")
    client.force_login(busy)

    assert len(statements.of_page(client, home_cluster.get_absolute_url())) <= MOST_OF_PAGE

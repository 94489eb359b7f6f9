"""An authority's open challenge, who told it, and who else could answer."""

import pytest

from tests import factories
from tests.projects import factories as make


@pytest.fixture
def asked(home_cluster):
    """An authority's open challenge and its contact."""
    owner = factories.organisation("Esimerkkikunta", kind="municipality")
    factories.membership(owner, home_cluster)
    contact = factories.user("kunta@example.org")
    factories.affiliation(contact, owner, role="contact")
    challenge = make.challenge(home_cluster, organisation=owner, visibility="members")
    return challenge, contact


@pytest.fixture
def challenge(asked):
    return asked[0]


@pytest.fixture
def poster(asked):
    return asked[1]


@pytest.fixture
def rival(other_lead):
    return other_lead.affiliations.get().organisation

import pytest

from members.models import Cluster, Organisation, User
from tests import factories
from tests.theses import factories as made
from theses.models import Topic


@pytest.fixture
def student(db: None) -> User:
    return factories.user("student@example.org")


@pytest.fixture
def topic(company: Organisation, home_cluster: Cluster) -> Topic:
    return made.topic(company, home_cluster)

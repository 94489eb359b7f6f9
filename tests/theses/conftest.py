import pytest
from django.core.cache import cache

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


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()

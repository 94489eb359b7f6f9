import pytest
from django.utils import translation

from tests.events import factories as made


@pytest.fixture
def event(home_cluster):
    return made.event(home_cluster)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield

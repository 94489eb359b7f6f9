import pytest
from django.utils import translation

from tests import factories
from tests.events import body_factories
from tests.events import factories as made


@pytest.fixture
def event(home_cluster):
    return made.event(home_cluster)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def group(home_cluster):
    return body_factories.body(home_cluster)


@pytest.fixture
def chair(group):
    return body_factories.seat(group, factories.user("pj@example.org"), "chair").user


@pytest.fixture
def secretary(group):
    return body_factories.seat(group, factories.user("sihteeri@example.org"), "secretary").user


@pytest.fixture
def mate(group):
    return body_factories.seat(group, factories.user("jasen@example.org"), "member").user


@pytest.fixture
def planned(group, chair, secretary, mate):
    return body_factories.meeting(group, secretary)

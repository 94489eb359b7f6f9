"""What every test stands on: the one settings file, made quick and shut off from the network."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
import pytest_socket
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.backends.signals import connection_created
from django.test import TransactionTestCase, override_settings
from django.utils import translation

from cluster_portal.celery import app as celery_app
from cluster_portal.core.database.ledgers import TRUNCATE_SETTING
from cluster_portal.core.matching import additions
from cluster_portal.core.visibility import Reader
from cluster_portal.notifications import outbox
from members.models import Cluster, Organisation, User
from tests import emptying, factories

QUICK = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
    "CELERY_TASK_ALWAYS_EAGER": True,
    "CELERY_TASK_EAGER_PROPAGATES": True,
}
MAY_USE_SOCKETS = ("e2e", "smtp", "chaos")


@pytest.fixture(scope="session", autouse=True)
def _quick_settings() -> Iterator[None]:
    outbox.wake_hooks.clear()  # its thread would open a connection of its own
    celery_app.conf.task_always_eager = True
    celery_app.conf.task_eager_propagates = True
    with override_settings(**QUICK), pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_setup", emptying.keep)
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: emptying.restore())
        yield


def _may_truncate(connection: Any, **_kwargs: Any) -> None:
    """Tests with real transactions empty all tables after them, the ledgers too."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET {TRUNCATE_SETTING} = 'on'")


connection_created.connect(_may_truncate)


@pytest.fixture(autouse=True)
def _afresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Neither the language of the last page read nor what it kept meets the next test."""
    translation.activate(settings.LANGUAGE_CODE)
    cache.clear()
    monkeypatch.setattr(additions, "added", tuple)  # else read once a minute, whichever test runs
    yield
    translation.activate(settings.LANGUAGE_CODE)


def pytest_collection_finish() -> None:
    """What is imported by now stays to the end: the collector need not walk it at every test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Only marked tests reach the network; the database's unix socket stays open to all."""
    if any(item.get_closest_marker(mark) for mark in MAY_USE_SOCKETS):
        pytest_socket.enable_socket()
    else:
        pytest_socket.disable_socket(allow_unix_socket=True)


@pytest.fixture
def home_cluster(db: None) -> Cluster:
    return factories.cluster("pirkanmaa")


@pytest.fixture
def other_cluster(db: None) -> Cluster:
    return factories.cluster("pohjois-savo", region=factories.region("11"))


@pytest.fixture
def company(home_cluster: Cluster) -> Organisation:
    """A member organisation of the home cluster."""
    made = factories.organisation("Esimerkki Sensoritekniikka Oy", slug="esimerkki")
    factories.membership(made, home_cluster)
    return made


@pytest.fixture
def outsider(db: None) -> User:
    """Signed in, without any membership."""
    return factories.user("outsider@example.org")


@pytest.fixture
def member(company: Organisation) -> User:
    """A colleague of the company, hence a member of the home cluster."""
    person = factories.user("member@example.org")
    factories.affiliation(person, company)
    return person


@pytest.fixture
def lead(company: Organisation) -> User:
    """The company's contact, who edits its content."""
    person = factories.user("lead@example.org")
    factories.affiliation(person, company, role="contact")
    return person


def _enrolled(person: User, request: pytest.FixtureRequest) -> User:
    """Staff have a second factor; in a browser they sign in as in the demo, by password alone."""
    if request.node.get_closest_marker("e2e") is None:
        factories.second_factor(person)
    return person


@pytest.fixture
def office(home_cluster: Cluster, request: pytest.FixtureRequest) -> User:
    """The home cluster's coordinator."""
    return _enrolled(factories.coordinator(home_cluster, "office@example.org"), request)


@pytest.fixture
def other_office(other_cluster: Cluster, request: pytest.FixtureRequest) -> User:
    """Another cluster's coordinator."""
    return _enrolled(factories.coordinator(other_cluster, "other-office@example.org"), request)


@pytest.fixture
def other_lead(home_cluster: Cluster) -> User:
    """The contact of another member organisation of the home cluster."""
    organisation = factories.organisation("Naapuri Oy", slug="naapuri")
    factories.membership(organisation, home_cluster)
    person = factories.user("other-lead@example.org")
    factories.affiliation(person, organisation, role="contact")
    return person


CAST = ("outsider", "member", "lead", "other_lead", "office", "other_office", "admin_user")


@pytest.fixture
def cast(request: pytest.FixtureRequest) -> dict[str, Reader]:
    """Everybody by the name of the fixture (the administrator as `admin`), and a visitor."""
    people = {name.removesuffix("_user"): request.getfixturevalue(name) for name in CAST}
    return {"visitor": AnonymousUser(), **people}


@pytest.fixture
def admin_user(db: None, request: pytest.FixtureRequest) -> User:
    made = User.objects.create_superuser(
        "admin@example.org", "testi-salasana", first_name="Yli", last_name="Ylläpito"
    )
    return _enrolled(made, request)

"""A kind of our own with templates of its own, so that no app's wording can break these tests."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.template import Engine
from django.test import override_settings

from cluster_portal.core import content
from cluster_portal.core.digest_section import DigestSection
from cluster_portal.notifications import kinds
from cluster_portal.notifications.kinds import Kind, KindGroup
from cluster_portal.notifications.sending.delivery import deliver_one
from cluster_portal.notifications.sending.postman import Postman
from members.models import User
from tests import factories
from tests.notifications.searching import LIST

NOTICE = Kind("test_notice", label="Test notice", group=KindGroup.EVENTS)


@pytest.fixture(autouse=True)
def _own_templates() -> Iterator[None]:
    templates = deepcopy(django_settings.TEMPLATES)
    templates[0]["DIRS"].append(Path(__file__).parent / "templates")
    with override_settings(TEMPLATES=templates):
        Engine.get_default.cache_clear()
        yield
    Engine.get_default.cache_clear()


@pytest.fixture
def notice(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Kind]:
    """Register the test's kind, changed as asked."""

    def register(**changes: object) -> Kind:
        kind = replace(NOTICE, **changes)
        monkeypatch.setitem(kinds._kinds, kind.name, kind)
        return kind

    register()
    return register


@pytest.fixture
def reader(db: None) -> User:
    return verified("aino@example.org", first_name="Aino", language="en")


@pytest.fixture
def postman() -> Postman:
    return Postman()


def verified(email: str = "", **values: object) -> User:
    person = factories.user(email, **values)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def deliver_all(postman: Postman) -> None:
    while deliver_one(postman):
        pass


@pytest.fixture(autouse=True)
def _list_of_things(monkeypatch: pytest.MonkeyPatch) -> None:
    things = content.Content("things", 1, "Things", lists=(LIST,))
    monkeypatch.setitem(content._types, things.key, things)


def tell_of(*sections: DigestSection) -> None:
    """What the digest has, beside what other types say."""
    content.register(content.Content("told", 50, "Told", digest=sections))

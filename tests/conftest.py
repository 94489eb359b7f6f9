"""What every test stands on: the one settings file, made quick and shut off from the network."""

from collections.abc import Iterator

import pytest
import pytest_socket
from django.test import override_settings

from cluster_portal.celery import app as celery_app

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
    celery_app.conf.task_always_eager = True
    celery_app.conf.task_eager_propagates = True
    with override_settings(**QUICK):
        yield


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Only marked tests reach the network; the database's unix socket stays open to all."""
    if any(item.get_closest_marker(mark) for mark in MAY_USE_SOCKETS):
        pytest_socket.enable_socket()
    else:
        pytest_socket.disable_socket(allow_unix_socket=True)

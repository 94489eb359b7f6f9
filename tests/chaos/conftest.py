"""One portal of real processes for all these tests; it starts once."""

from __future__ import annotations

import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from cluster_portal.notifications.models import MailState, OutboxMail
from tests.chaos.marks import mark
from tests.chaos.rig import Portal, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    mark(items, "chaos")


@pytest.fixture(scope="package")  # its workers would take the letters of other tests
def processes(django_db_setup: None, django_db_blocker) -> Iterator[Portal]:
    with django_db_blocker.unblock():
        made = Portal.new()
        try:
            made.start()
            yield made
        finally:
            made.stop()
            shutil.rmtree(made.folder, ignore_errors=True)


@pytest.fixture
def portal(processes: Portal, transactional_db: None) -> Iterator[Portal]:
    processes.sink.seen.clear()
    yield processes
    processes.sink.pause = 0.0
    with suppress(TimeoutError):  # nobody may write while the tables are emptied
        wait_until(lambda: not OutboxMail.objects.filter(state=MailState.QUEUED).exists(), 30)

"""Faults of mail, digests and copies, each with worker processes of its own.

Apart from tests/chaos, whose portal would take the letters first.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections import Counter
from email import message_from_bytes
from typing import TYPE_CHECKING

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import connection
from django.utils import timezone

from cluster_portal.notifications.models import MailState, OutboxMail
from tests.chaos.marks import mark
from tests.chaos.rig import PATIENCE, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    mark(items, "chaos_mail")


class Post:
    """A mail server that takes what comes, and workers that run until nothing is due."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []  # address, Message-ID
        self.port = free_port()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's name
        letter = message_from_bytes(envelope.content)
        self.seen += [(address, letter["Message-ID"]) for address in envelope.rcpt_tos]
        await asyncio.sleep(0)
        return "250 OK"

    @property
    def copies(self) -> int:
        return sum(count - 1 for count in Counter(self.seen).values())

    def run(self, *command: str, **given: str) -> subprocess.Popen[bytes]:
        """One command of `manage.py` in a process of its own, on this test's database."""
        server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
        environment = {
            "DATABASE_URL": f"{server}/{connection.settings_dict['NAME']}",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.port}",
            **given,
        }
        return subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR,
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def act(self, *command: str, **given: str) -> str:
        """What the command said; it must succeed."""
        child = self.run(*command, **given)
        said = child.communicate(timeout=PATIENCE)[0].decode()
        assert child.returncode == 0, said
        return said

    def deliver(self, **given: str) -> None:
        self.act("deliver_mail", **given)


@pytest.fixture
def post(transactional_db: None) -> Iterator[Post]:
    handler = Post()
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    yield handler
    controller.stop()


def make_due() -> None:
    """As if the hours had passed."""
    OutboxMail.objects.filter(state=MailState.QUEUED).update(due_at=timezone.now())

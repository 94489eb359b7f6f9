"""A database that is away, frozen or full is noticed soon, and told apart from our own faults."""

import errno
import os
import signal
import socket
import time

import pytest
from django.db import DatabaseError, OperationalError, ProgrammingError, connection, transaction

from cluster_portal.core import database
from cluster_portal.core.database import readiness
from cluster_portal.core.database.base import DatabaseWrapper
from cluster_portal.core.http import outages
from cluster_portal.core.http.outages import Outage

pytestmark = pytest.mark.server


def _raised(state):
    with (
        pytest.raises(DatabaseError) as caught,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{state}'; END $$")
    return caught.value


@pytest.mark.parametrize(
    ("state", "outage"),
    [
        ("53100", Outage.FULL),
        ("53300", Outage.AWAY),
        ("57P01", Outage.AWAY),
        ("57014", Outage.AWAY),
        ("25006", Outage.AWAY),
        ("23505", None),
        ("42P01", None),
        ("P0001", None),
    ],
)
def test_error_of_the_database_is_an_outage_or_ours(db, state, outage):
    assert outages.behind(_raised(state)) is outage


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (OperationalError("no answer"), Outage.AWAY),
        (ProgrammingError("no answer"), None),
        (OSError(errno.ENOSPC, "No space left on device"), Outage.FULL),
        (OSError(errno.EACCES, "Permission denied"), None),
        (ValueError("x"), None),
        (None, None),
    ],
)
def test_error_without_a_code_is_an_outage_or_ours(error, outage):
    assert outages.behind(error) is outage


def test_full_disk_is_found_behind_the_error_that_followed(db):
    following = OperationalError("the connection is closed")
    following.__context__ = _raised("53100")

    assert outages.behind(following) is Outage.FULL


def test_commands_have_no_limit_but_that_of_a_lock():
    options = database.with_limits({}, 0)["OPTIONS"]

    assert options["patience"] is None
    assert "-c statement_timeout=0 -c lock_timeout=3000" in options["options"]
    assert "-c idle_in_transaction_session_timeout=0" in options["options"]


@pytest.fixture
def impatient(db):
    """A connection of its own that waits a second for an answer."""
    settings = connection.settings_dict
    settings = {**settings, "OPTIONS": {**settings["OPTIONS"], "patience": 1.0}}
    made = DatabaseWrapper(settings)
    yield made
    made.close()


@pytest.fixture
def frozen(impatient):
    """The same connection, after its server process was frozen."""
    if "PORTAL_TEST_SOCKETS" not in os.environ:
        pytest.skip("the server of DATABASE_URL is not ours to freeze")
    with impatient.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        process = cursor.fetchone()[0]
    os.kill(process, signal.SIGSTOP)
    yield impatient
    os.kill(process, signal.SIGCONT)


@pytest.mark.chaos
def test_frozen_server_is_given_up_within_patience(frozen):
    began = time.monotonic()
    with pytest.raises(OperationalError) as caught, frozen.cursor() as cursor:
        cursor.execute("SELECT 1")

    assert time.monotonic() - began < 3
    assert outages.behind(caught.value) is Outage.AWAY
    assert not frozen.is_usable()


@pytest.mark.chaos
def test_connection_to_a_frozen_server_is_made_anew(frozen):
    frozen.close_at = None
    frozen.health_check_done = False

    with frozen.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


@pytest.fixture
def silent(tmp_path, monkeypatch):
    """The folder of a server that takes connections and never says a word."""
    monkeypatch.setattr(DatabaseWrapper, "_silent_until", 0.0)
    port = connection.settings_dict["PORT"] or "5432"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / f".s.PGSQL.{port}"))
        listener.listen()
        yield str(tmp_path)


def test_silent_server_is_waited_for_once(db, silent):
    wrapper = DatabaseWrapper({**connection.settings_dict, "HOST": silent})
    began = time.monotonic()

    for _each in range(3):
        with pytest.raises(OperationalError):
            wrapper.ensure_connection()

    assert time.monotonic() - began < 3


def test_database_that_answers_is_ready(db):
    assert readiness.trouble() is None


def test_database_that_is_away_is_not_ready(db, monkeypatch, tmp_path):
    monkeypatch.setitem(connection.settings_dict, "HOST", str(tmp_path))

    assert readiness.trouble() is Outage.AWAY


def test_silent_database_is_not_ready_within_two_seconds(db, monkeypatch, silent):
    monkeypatch.setitem(connection.settings_dict, "HOST", silent)
    began = time.monotonic()

    assert readiness.trouble() is Outage.AWAY
    assert time.monotonic() - began < 2


def test_disk_without_room_for_uploads_is_not_ready(db, monkeypatch):
    monkeypatch.setattr(readiness, "LEAST_FREE", 2**60)

    assert readiness.trouble() is Outage.FULL

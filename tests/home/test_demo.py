"""The demo as its users meet it: real servers on a free port, stopped and killed for real."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import psycopg
import pytest

from cluster_portal.home.demo import environment, servers
from cluster_portal.home.demo.children import owner_of_servers
from cluster_portal.home.demo.locks import holders
from cluster_portal.home.demo.places import CHECKOUT, Places, open_places

pytestmark = pytest.mark.chaos
PATIENCE = 180.0  # seconds; two cores may be busy with other tests
OWN_SERVICES = environment.PREFERRED


class Demo:
    """One data folder and the process that runs the demo on it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.process: subprocess.Popen[str] | None = None

    def environment(self) -> dict[str, str]:
        return {name: value for name, value in os.environ.items() if name not in OWN_SERVICES}

    def start(self) -> "Demo":
        (self.data / "ports.json").unlink(missing_ok=True)  # an old web server may still answer
        self.process = self.call("--port", "0")
        await_true(self.is_ready)
        return self

    def call(self, *arguments: str, given: dict[str, str] | None = None) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "cluster_portal.home.demo", "--data", self.data, *arguments],
            cwd=CHECKOUT,
            env=self.environment() | (given or {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def manage(self, *arguments: str) -> str:
        process = self.call("--manage", *arguments)
        output, _ = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, output
        return output

    def places(self) -> Places:
        return open_places(self.data, owner_of_servers())

    def is_ready(self) -> bool:
        assert self.process is not None
        if self.process.poll() is not None:
            pytest.fail(f"the demo ended: {self.process.communicate()[0]}")
        ports = self.data / "ports.json"
        return ports.exists() and get(json.loads(ports.read_text())["web"], "/readyz") == 200

    def servers(self) -> list[int]:
        lock = self.places().home / "servers.lock"
        return [] if not lock.exists() else holders(lock)

    def stop(self, number: signal.Signals) -> str:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.communicate(timeout=PATIENCE)[0]


def get(port: int, path: str) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def await_true(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.1)


def running(demo: Demo, module: str) -> list[int]:
    """The demo's processes whose command line names that module."""
    return [process for process in demo.servers() if module in command_line(process)]


def command_line(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    demo = Demo(tmp_path_factory.mktemp("demo ä"))
    yield demo.start()
    if demo.process and demo.process.poll() is None:
        demo.process.terminate()
        demo.process.communicate(timeout=PATIENCE)
    shutil.rmtree(demo.places().home)  # root's lies outside the temporary folder


def test_demo_brings_back_a_killed_child(demo: Demo) -> None:
    sink = running(demo, "mailsink")
    assert len(sink) == 1

    os.kill(sink[0], signal.SIGKILL)

    await_true(lambda: running(demo, "mailsink") not in ([], sink))


def test_demo_refuses_a_second_one_on_the_same_data(demo: Demo) -> None:
    second = demo.call("--port", "0")

    output, _ = second.communicate(timeout=PATIENCE)

    assert second.returncode == 1
    assert output.startswith("Another demo already runs on")


def test_demo_runs_as_a_role_that_cannot_touch_the_ledgers(demo: Demo) -> None:
    sockets = str(demo.places().sockets)
    code = "from django.db import connection; print(connection.cursor().connection.info.user)"

    assert demo.manage("shell", "-c", code).split()[-1] == servers.ROLE
    with psycopg.connect(host=sockets, user=servers.ROLE, dbname=servers.DATABASE) as connection:
        assert connection.execute("SELECT count(*) FROM core_auditentry").fetchone() != (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("TRUNCATE core_auditentry")


def test_demo_leaves_a_database_alone_that_it_did_not_make(demo: Demo, tmp_path: Path) -> None:
    """As after the restore drill: tables with real data, and nobody who named the database."""
    sockets = demo.places().sockets
    with servers.connect(sockets) as connection:
        connection.execute("CREATE DATABASE restored")
    with psycopg.connect(host=str(sockets), user=servers.OWNER, dbname="restored") as connection:
        connection.execute("CREATE TABLE members_user (id int)")
    other = Demo(tmp_path)
    given = {"DATABASE_URL": servers.database_url(sockets, "restored")}

    refused = other.call("--port", "0", given=given).communicate(timeout=PATIENCE)[0]

    assert "The demo did not make the database restored and leaves it alone." in refused
    assert "DEMO_INTO=restored" in refused
    with psycopg.connect(host=str(sockets), user=servers.OWNER, dbname="restored") as connection:
        tables = connection.execute("SELECT relname FROM pg_stat_user_tables").fetchall()
    assert tables == [("members_user",)]


def test_demo_takes_commands_while_it_runs(demo: Demo) -> None:
    assert "[X] 0001_initial" in demo.manage("showmigrations", "members")


def test_killed_demo_starts_again_with_its_data(demo: Demo) -> None:
    demo.manage("shell", "-c", WRITE)
    assert demo.process is not None
    demo.process.kill()
    demo.process.communicate()

    demo.start()

    assert "kept" in demo.manage("shell", "-c", READ)


def test_stopped_demo_leaves_no_process(demo: Demo) -> None:
    assert demo.servers()

    output = demo.stop(signal.SIGTERM)

    assert demo.process is not None
    assert demo.process.returncode == 0, output
    assert demo.servers() == []
    assert not demo.places().sockets.exists()


def test_stopped_demo_still_takes_commands(demo: Demo) -> None:
    assert "kept" in demo.manage("shell", "-c", READ)
    assert demo.servers() == []


SITE = "from django.contrib.sites.models import Site; "
WRITE = SITE + "Site.objects.create(domain='kept.example.org', name='kept')"
READ = SITE + "print(*Site.objects.values_list('name', flat=True))"

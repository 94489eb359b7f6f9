"""The portal as it runs for real, on the test's database: two web servers, workers, beat, Valkey.
The second web server has PgBouncer before the database, where that is installed.

Whoever asks it does so over HTTP, as a browser with the session of somebody signed in.
"""

from __future__ import annotations

import asyncio
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import DatabaseError, connection
from django.test import Client

from cluster_portal.core.errors import Refused
from cluster_portal.home.demo import servers
from cluster_portal.home.demo.places import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Callable

    from cluster_portal.home.demo.children import Child
    from members.models import User

PATIENCE = 300  # seconds, for processes that start on a busy machine
CSRF = "a" * 32
Result = TypeVar("Result")
SIGN_IN = "allauth.account.auth_backends.AuthenticationBackend"
WORKERS = {
    "worker": ("worker", "-l", "WARNING", "-c", "2", "--without-mingle", "--without-gossip"),
    "urgent": (
        *("worker", "-l", "WARNING", "-c", "1", "-Q", "urgent", "-n", "urgent@%h"),
        *("--without-mingle", "--without-gossip"),
    ),
    "beat": ("beat", "-l", "WARNING", "--pidfile="),
}


PGBOUNCER = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
POOLER = """
[databases]
{name} = host={host} dbname={name}
[pgbouncer]
listen_addr =
listen_port = 5432
unix_socket_dir = {folder}
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = 4
logfile = {folder}/log
"""


class Sink:
    """Takes every letter, as slowly as it is told to, and remembers its Message-ID."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.pause = 0.0

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's name
        self.seen.append(message_from_bytes(envelope.content)["Message-ID"])
        await asyncio.sleep(self.pause)
        return "250 OK"


@dataclass
class Portal:
    folder: Path
    ports: tuple[int, int]
    mail: int
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    valkey: Child | None = None
    sink: Sink = field(default_factory=Sink)
    controller: Controller | None = None
    restarts: list[str] = field(default_factory=list)
    ending: threading.Event = field(default_factory=threading.Event)

    @classmethod
    def new(cls) -> Portal:
        folder = Path(tempfile.mkdtemp(prefix="portal-chaos-", dir="/tmp"))
        (folder / "media").mkdir()
        first, second, mail = (free_port() for _ in range(3))
        return cls(folder, (first, second), mail)

    @property
    def is_pooled(self) -> bool:
        return "pooler" in self.children

    @property
    def environment(self) -> dict[str, str]:
        server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
        broker = f"redis+socket://{self.folder}/valkey.sock?virtual_host=1"
        return os.environ | {
            "DATABASE_URL": f"{server}/{connection.settings_dict['NAME']}",
            "REDIS_URL": f"unix://{self.folder}/valkey.sock",
            "CELERY_BROKER_URL": broker,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mail}",
            "STATIC_ROOT": str(self.folder / "static"),
            "MEDIA_ROOT": str(self.folder / "media"),
            "CELERY_BEAT_FILE": str(self.folder / "beat"),
            "STATEMENT_TIMEOUT_MS": "5000",
            "PYTHONWARNINGS": "default",
        }

    def start(self) -> None:
        self.start_valkey()
        self.controller = Controller(self.sink, hostname="127.0.0.1", port=self.mail)
        self.controller.start()
        static = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(static, cwd=CHECKOUT, env=self.environment, check=True)
        if PGBOUNCER:
            self.start_pooler()
        for number in (0, 1):
            self.start_web(number)
        for name in WORKERS:
            self.start_worker(name)
        for number in (0, 1):
            self.wait_for_web(number)
        threading.Thread(target=self.supervise, daemon=True).start()

    def supervise(self) -> None:
        """As systemd with `Restart=always`, `RestartSec=2`."""
        while not self.ending.wait(2):
            for name in WORKERS:
                if self.children[name].poll() is not None:
                    self.restarts.append(name)
                    self.start_worker(name)

    def wait_for_web(self, number: int) -> float:
        child = self.children[f"web-{number}"]
        seconds = wait_until(lambda: answers(self.ports[number]) or child.poll() is not None)
        if child.poll() is not None:
            raise RuntimeError((self.folder / f"web-{number}.log").read_text()[-2000:])
        return seconds

    def start_valkey(self) -> None:
        self.valkey = servers.valkey(self.folder, self.folder, self.folder / "valkey.log").start()
        wait_until((self.folder / "valkey.sock").exists)

    def start_web(self, number: int) -> None:
        gunicorn = [str(Path(sys.executable).with_name("gunicorn"))]
        gunicorn += ["--config", "deploy/gunicorn.conf.py", "--log-level", "warning"]
        gunicorn += ["--pid", str(self.folder / f"web-{number}.pid")]
        given = {"WEB_BIND": f"127.0.0.1:{self.ports[number]}"}
        if number == 1 and self.is_pooled:
            name = connection.settings_dict["NAME"]
            address = servers.database_url(self.folder / "pooler", name)
            given |= {"DATABASE_URL": address, "DATABASE_POOLED": "1"}
        self._run(f"web-{number}", gunicorn, **given)

    def start_pooler(self) -> None:
        folder, here = self.folder / "pooler", connection.settings_dict
        folder.mkdir()
        folder.chmod(0o777)
        (folder / "users").write_text(f'"{here["USER"]}" ""\n')
        values = {"name": here["NAME"], "host": here["HOST"], "folder": folder}
        (folder / "pgbouncer.ini").write_text(POOLER.format(**values))
        argv = [PGBOUNCER or "", str(folder / "pgbouncer.ini")]
        if os.geteuid() == 0:
            self.folder.chmod(0o711)
            argv = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", *argv]
        self._run("pooler", argv)
        wait_until((folder / ".s.PGSQL.5432").exists)

    def start_worker(self, name: str) -> None:
        celery = [sys.executable, "-m", "celery", "-A", "cluster_portal", *WORKERS[name]]
        self._run(name, celery, STATEMENT_TIMEOUT_MS="60000")

    def _run(self, name: str, argv: list[str], **more: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.children[name] = subprocess.Popen(
                argv, cwd=CHECKOUT, env=self.environment | more, stdout=log, stderr=log
            )

    def master(self, number: int) -> int:
        """Zero while one generation hands the file over to the next."""
        try:
            return int((self.folder / f"web-{number}.pid").read_text())
        except (OSError, ValueError):
            return 0

    def update(self, number: int) -> float:
        """As `systemctl reload`: the next generation takes over; how long that took."""
        before = self.master(number)
        os.kill(before, signal.SIGUSR2)
        return wait_until(lambda: self.master(number) not in (0, before))

    def stop(self) -> None:
        self.ending.set()
        for number in (0, 1):
            with suppress(OSError, ValueError):  # the last generation is not our child
                os.kill(self.master(number), signal.SIGTERM)
        for child in self.children.values():
            child.send_signal(signal.SIGTERM)
        for child in self.children.values():
            try:
                child.wait(40)
            except subprocess.TimeoutExpired:
                child.kill()
        if self.valkey:
            self.valkey.ask_to_stop()
            self.valkey.wait()
        if self.controller:
            self.controller.stop()

    def browser(self, user: User | None = None, number: int = 0) -> Browser:
        cookies = {settings.CSRF_COOKIE_NAME: CSRF}
        if user is not None:
            client = Client()
            client.force_login(user, backend=SIGN_IN)
            name = settings.SESSION_COOKIE_NAME
            cookies[name] = client.cookies[name].value
        return Browser(self.ports[number % 2], cookies)


@dataclass
class Browser:
    port: int
    cookies: dict[str, str]

    def get(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path, None, {})

    def post(self, path: str, **form: str) -> tuple[int, str]:
        head = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": CSRF}
        return self._ask("POST", path, urlencode(form), head)

    def head_of(self, path: str) -> tuple[int, http.client.HTTPMessage]:
        to = http.client.HTTPConnection("localhost", self.port, timeout=PATIENCE)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        to.request("GET", path, headers={"Cookie": cookies})
        answer = to.getresponse()
        answer.read()
        to.close()
        return answer.status, answer.headers

    def _ask(self, method: str, path: str, body: str | None, head: dict[str, str]):
        to = http.client.HTTPConnection("localhost", self.port, timeout=PATIENCE)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            to.request(method, path, body, {"Cookie": cookies, **head})
            answer = to.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException) as error:
            return 0, repr(error)
        finally:
            to.close()


def at_once(acts: list[Callable[[], Result]]) -> list[Result]:
    """All begin together; what each gave."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], Result]) -> Result:
        gate.wait(PATIENCE)
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def in_transaction(act: Callable[..., object], *given: object, **named: object):
    """To be called in a thread: a connection of its own, and refusals as values."""

    def run() -> object:
        try:
            return act(*given, **named)
        except (Refused, DatabaseError) as error:
            return error
        finally:
            connection.close()

    return run


def answers(port: int) -> bool:
    return Browser(port, {}).get("/livez")[0] == http.HTTPStatus.OK


def wait_until(condition: Callable[[], bool], seconds: float = PATIENCE) -> float:
    """How long it took."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > seconds:
            raise TimeoutError("it took too long")
        time.sleep(0.05)
    return time.monotonic() - began


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def errors_shown(page: str) -> str:
    """What the page refuses with, for a failing test."""
    return " ".join(re.findall(r'class="[^"]*(?:error|message)[^"]*"[^>]*>([^<]+)', page))

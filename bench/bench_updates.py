"""An update under load: the web server hands over to its next generation, and nobody notices.

As in production: systemd's socket (made here), `deploy/gunicorn.conf.py`, and before it nginx with
`deploy/nginx/portal.conf`, which must be installed. Browsers that keep their connections read pages
and send forms meanwhile. Each form inserts one row, so that lost and doubled ones are counted.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group

from bench import served
from cluster_portal.home.demo.places import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.report import Report

COMMITS = True
BROWSERS = 8
REQUESTS = 10_000
RELOADS = 3
FORM_EVERY = 10
PATIENCE = 60
HANDING_OVER = 300  # seconds at most; the load leaves the next generation little of two cores
PAUSE = 0.02
OPENSSL = (
    "openssl",
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-subj",
    "/CN=localhost",
    "-addext",
    "subjectAltName=DNS:localhost",
)
GUNICORN = ("--config", "deploy/gunicorn.conf.py", "--log-level", "warning")


@dataclass
class Seen:
    answered: int = 0
    sent: int = 0
    refused: list[str] = field(default_factory=list)
    connections: int = 0
    slowest: float = 0.0

    def add(self, began: float, status: int, *, is_form: bool) -> None:
        self.slowest = max(self.slowest, time.perf_counter() - began)
        self.answered += 1
        self.sent += is_form and status == http.HTTPStatus.FOUND
        if status not in (http.HTTPStatus.OK, http.HTTPStatus.FOUND):
            self.refused.append(str(status))


def run(report: Report) -> None:
    Group.objects.all().delete()
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listener:
        web = _start(listener)
        try:
            with _proxy(listener) as (port, certificate):
                seen, generations = _under_load(port, certificate, web)
            report.add("requests over kept connections", sum(one.answered for one in seen))
            report.add("generations of the server", generations, goal=RELOADS + 1, at_least=True)
            failed = [fault for one in seen for fault in one.refused]
            report.add("failed or reset", len(failed), goal=0)
            report.add("connections that the browsers opened", sum(one.connections for one in seen))
            rows, sent = Group.objects.count(), sum(one.sent for one in seen)
            report.add("forms answered", sent)
            report.add("forms lost", max(0, sent - rows), goal=0)
            report.add("forms stored twice", max(0, rows - sent), goal=0)
            report.add("slowest answer", max(one.slowest for one in seen), "s")
            for fault in sorted(set(failed)):
                report.add(f"  of these {fault}", failed.count(fault))
        finally:
            _end(web.master)
            Group.objects.all().delete()


@dataclass
class Web:
    """The master that serves now; `systemctl` learns its number the same way."""

    notices: socket.socket
    master: int = 0

    def wait(self, before: int) -> None:
        until = time.monotonic() + HANDING_OVER
        while time.monotonic() < until:
            with suppress(TimeoutError):
                told = self.notices.recv(4096).decode()
                if found := re.search(r"MAINPID=(\d+)", told):
                    self.master = int(found[1])
            if self.master != before and not _lives(before):
                return
        raise TimeoutError("the next generation does not come")


def _start(listener: socket.socket) -> Web:
    folder = tempfile.mkdtemp(prefix="portal-bench-")
    notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    notices.bind(f"{folder}/notify")
    notices.settimeout(0.5)
    program = str(Path(sys.executable).with_name("gunicorn"))
    command = f'exec 3<&{listener.fileno()}; LISTEN_FDS=1 LISTEN_PID=$$ exec "$@"'
    subprocess.Popen(  # noqa: S603  our own server
        ["/bin/sh", "-c", command, "sh", program, *GUNICORN, "bench.served_app"],
        cwd=CHECKOUT,
        env={
            **os.environ,
            "DATABASE_URL": served.database_url(),
            "NOTIFY_SOCKET": f"{folder}/notify",
        },
        pass_fds=[listener.fileno()],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    web = Web(notices)
    web.wait(0)
    return web


@contextmanager
def _proxy(listener: socket.socket) -> Iterator[tuple[int, Path]]:
    """nginx with the portal's own file, on a free port."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        raise FileNotFoundError("apt install nginx-light")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
    key = [*OPENSSL, "-keyout", str(folder / "key"), "-out", str(folder / "certificate")]
    subprocess.run(key, check=True, capture_output=True)  # noqa: S603
    (folder / "nginx.conf").write_text(_configuration(folder, port, listener.getsockname()[1]))
    argv = [nginx, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    child = subprocess.Popen(argv)  # noqa: S603
    while child.poll() is None and not _listens(port):
        time.sleep(0.1)
    try:
        yield port, folder / "certificate"
    finally:
        child.terminate()
        child.wait(PATIENCE)
        shutil.rmtree(folder)


def _configuration(folder: Path, port: int, portal: int) -> str:
    text = (CHECKOUT / "deploy" / "nginx" / "portal.conf").read_text()
    text = re.sub(r"listen \[::\].*\n|listen 80;\n", "", text)
    text = re.sub(r"server \{\s*server_name[^}]*return 301[^}]*\}", "", text)
    changes = {
        "listen 443": f"listen 127.0.0.1:{port}",
        "/etc/ssl/portaali/fullchain.pem": str(folder / "certificate"),
        "/etc/ssl/portaali/privkey.pem": str(folder / "key"),
        "/var/log/nginx/portal.log": str(folder / "log"),
        "server 127.0.0.1:8000": f"server 127.0.0.1:{portal}",
    }
    for before, after in changes.items():
        text = text.replace(before, after)
    head = f"pid {folder}/pid; error_log {folder}/error.log; events {{ worker_connections 512; }}"
    return f"{head}\nhttp {{\n{text}\n}}\n"


def _under_load(port: int, certificate: Path, web: Web) -> tuple[list[Seen], int]:
    seen, done = [Seen() for _ in range(BROWSERS)], threading.Event()
    threads = [
        threading.Thread(target=_browse, args=(port, certificate, one, done)) for one in seen
    ]
    for each in threads:
        each.start()
    generations = 1
    try:
        for _ in range(RELOADS):
            before = web.master
            os.kill(before, signal.SIGUSR2)
            web.wait(before)
            generations += 1
        while sum(one.answered for one in seen) < REQUESTS and any(t.is_alive() for t in threads):
            time.sleep(0.1)
    finally:
        done.set()
        for each in threads:
            each.join(PATIENCE)
    return seen, generations


def _browse(port: int, certificate: Path, seen: Seen, done: threading.Event) -> None:
    context = ssl.create_default_context(cafile=str(certificate))
    to = http.client.HTTPSConnection("localhost", port, timeout=PATIENCE, context=context)
    token = served.token(to, "/accounts/login/")
    seen.connections = 1
    number = 0
    while not done.is_set():
        number += 1
        began = time.perf_counter()
        try:
            if number % FORM_EVERY == 0:
                status = served.post(to, "/bare/", f"name=b{id(seen)}-{number}", token)
                seen.add(began, status, is_form=True)
            else:
                to.request("GET", "/accounts/login/" if number % 5 == 0 else "/livez")
                answer = to.getresponse()
                answer.read()
                seen.add(began, answer.status, is_form=False)
        except (OSError, http.client.HTTPException) as error:
            seen.refused.append(type(error).__name__)
            to.close()
        if to.sock is None:
            seen.connections += 1
        time.sleep(PAUSE)
    to.close()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _lives(process: int) -> bool:
    if not process:
        return False
    with suppress(ChildProcessError):
        os.waitpid(process, os.WNOHANG)
    return Path(f"/proc/{process}").exists()


def _end(process: int) -> None:
    os.kill(process, signal.SIGTERM)
    until = time.monotonic() + PATIENCE
    while _lives(process) and time.monotonic() < until:
        time.sleep(0.1)

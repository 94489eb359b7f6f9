"""The portal behind its production server, as `bench.served_app` makes it, and how to ask it."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from cluster_portal.home.demo.places import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Iterator

GUNICORN = ("--workers", "1", "--threads", "4", "--keep-alive", "30", "--log-level", "error")
WAIT = 30


@contextmanager
def server(*, as_configured: bool = False) -> Iterator[http.client.HTTPConnection]:
    """The portal on loopback and on this process's database; a kept connection to it.

    One process, or as many as in production.
    """
    chosen = ("--config", "deploy/gunicorn.conf.py", "--log-level", "error")
    with socket.create_server(("127.0.0.1", 0)) as web:
        argv = [sys.executable, "-m", "gunicorn", "bench.served_app"]
        argv += chosen if as_configured else GUNICORN
        argv += ["--bind", f"fd://{web.fileno()}"]
        child = subprocess.Popen(  # noqa: S603  our own server
            argv,
            cwd=CHECKOUT,
            env={**os.environ, "DATABASE_URL": database_url()},
            pass_fds=[web.fileno()],
        )
        try:
            yield http.client.HTTPConnection("127.0.0.1", web.getsockname()[1], timeout=WAIT)
        finally:
            child.terminate()
            child.wait(WAIT)


def database_url() -> str:
    values = connection.settings_dict
    return f"postgres://{values['USER']}@/{quote(values['HOST'])}/{values['NAME']}"


def post(to: http.client.HTTPConnection, address: str, form: str, token: str) -> int:
    """The status of the answer to a form that a browser sends (over TLS from a page beside it)."""
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"{settings.CSRF_COOKIE_NAME}={token}",
        "X-CSRFToken": token,
        "Host": "localhost",
        "Referer": "https://localhost/",
    }
    to.request("POST", address, form, headers)
    answer = to.getresponse()
    answer.read()
    return answer.status


def token(of: http.client.HTTPConnection, address: str) -> str:
    """The key against forged forms that a page with a form gives."""
    of.request("GET", address, headers={"Host": "localhost"})
    answer = of.getresponse()
    answer.read()
    cookie = answer.getheader("Set-Cookie") or ""
    return cookie.split(f"{settings.CSRF_COOKIE_NAME}=")[1].split(";")[0]

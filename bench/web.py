"""Requests to a WSGI handler in this process: the server's time without a server."""

import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection


def get(handler: WSGIHandler, address: str, query: str = "", cookie: str = "") -> None:
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": address, "QUERY_STRING": query, "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "HTTP_HOST": "localhost",
        "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(), "wsgi.version": (1, 0), "wsgi.errors": BytesIO(),
        "wsgi.multithread": False, "wsgi.multiprocess": False, "wsgi.run_once": False,
        "HTTP_COOKIE": cookie,
    }  # fmt: skip
    statuses: list[str] = []

    def start_response(status: str, _headers: Any, _exc: Any = None, /) -> Callable[[bytes], None]:
        statuses.append(status)
        return lambda _written: None

    response = handler(environ, start_response)
    b"".join(response)
    response.close()
    if not statuses[0].startswith("200"):
        raise RuntimeError(f"{address}?{query}: {statuses[0]}")


def processor_seconds() -> float:
    """Of this process and of PostgreSQL's for it, where that runs on this machine."""
    ours, theirs = time.process_time(), 0.0
    connection.ensure_connection()
    served_by = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    if served_by.exists():
        theirs = int(served_by.read_text().split()[0]) / 1e9
    return ours + theirs

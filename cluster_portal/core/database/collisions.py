"""Two requests that met at the same rows: the one that lost is told so, and nothing of it stays."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import DatabaseError
from django.shortcuts import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

# What PostgreSQL says when another transaction was faster. A missing row is one that was there when
# the request began, for forms and services check what they are given.
LOST = {
    "40001": "could not serialise",
    "40P01": "deadlock",
    "55P03": "the lock was not to be had in time",
    "23503": "the row that was pointed at is gone",
}
logger = logging.getLogger(__name__)


def answer_collisions(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """409 and a sentence instead of an error of the server."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        why = LOST.get(_sqlstate(exception))
        if why is None or request.method in {"GET", "HEAD"}:
            return None
        logger.warning("Lost to another request: %s", why)
        return render(request, "errors/409.html", status=409)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def _sqlstate(exception: Exception) -> str:
    if not isinstance(exception, DatabaseError):
        return ""
    return getattr(exception.__cause__, "sqlstate", None) or ""

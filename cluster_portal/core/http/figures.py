"""What monitoring counts in a web process or a worker, for the exporter (`serve_metrics`).

Processes share their figures through files in PROMETHEUS_MULTIPROC_DIR, so the exporter is a
process and a port of its own, which the proxy never leads to. Labels are names of views, tasks and
states: never an address, a person or a word that somebody typed.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from prometheus_client import Counter, Gauge, Histogram

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
requests = Counter("portal_requests", "Requests answered.", ["view", "method", "status"])
latency = Histogram("portal_request_seconds", "Time to answer.", ["view"], buckets=SECONDS)
cache_failures = Counter("portal_cache_failures", "Times that the cache was found away.")
task_seconds = Histogram("portal_task_seconds", "Time a task took.", ["task"], buckets=SECONDS)
task_failures = Counter("portal_task_failures", "Tasks that ended in an exception.", ["task"])
task_success = Gauge(
    "portal_task_last_success_timestamp_seconds",
    "When a task last ended well.",
    ["task"],
    multiprocess_mode="mostrecent",
)

METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
UNKNOWN = "(none)"


def count_requests(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = get_response(request)
        match = request.resolver_match
        view = match.view_name if match else UNKNOWN
        method = request.method if request.method in METHODS else "other"
        requests.labels(view, method, response.status_code).inc()
        latency.labels(view).observe(time.perf_counter() - began)
        return response

    return middleware

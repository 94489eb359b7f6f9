"""What people who search heavily cost the others: at most double their p95.

The real web server as in production (`deploy/gunicorn.conf.py`, two processes of four threads) and
BESIDE_ROWS topics (10 000). Readers read pages one after the other with a pause; quiet seconds and
seconds beside searches of common words take turns, so that whatever else the machine does hits both
alike.
"""

from __future__ import annotations

import http.client
import os
import statistics
import threading
import time
from typing import TYPE_CHECKING

from bench import bench_topic_list as topics
from bench import served

if TYPE_CHECKING:
    from bench.report import Report

COMMITS = True
ROWS = int(os.environ.get("BESIDE_ROWS", "10000"))
READERS, SEARCHERS = 4, 2
TURNS, SECONDS, PAUSE = 8, 6, 0.15
GOAL = 2.0
PAGES = ("/", "/theses/", "/events/", "/members/", "/theses/bench-7/")
HEAVY = (
    "/theses/?q=kunta+kuntien+hankkeiden+varautuminen+turvallisuus+tutkimus",
    "/theses/?q=turvallisuus+tai+varautuminen&level=master",
    "/search/?q=turvallisuus+varautuminen+kunta+tutkimus",
)


def run(report: Report) -> None:
    topics.fill(ROWS)
    try:
        with served.server(as_configured=True) as to:
            _warm(to.port)
            quiet, beside, searches = _take_turns(to.port)
    finally:
        topics.empty()
    before, after = _p95(quiet), _p95(beside)
    report.add("pages read while it is quiet", len(quiet))
    report.add("pages read beside heavy searches", len(beside))
    report.add("heavy searches meanwhile", len(searches))
    report.add("a heavy search, median", statistics.median(searches) * 1000, "ms")
    report.add("p95 of a page, quiet", before * 1000, "ms")
    report.add("p95 of a page, beside searches", after * 1000, "ms")
    report.add("times longer", after / before, "×", goal=GOAL)


def _take_turns(port: int) -> tuple[list[float], list[float], list[float]]:
    quiet: list[float] = []
    beside: list[float] = []
    searches: list[float] = []
    for _turn in range(TURNS):
        _together(port, quiet, None)
        _together(port, beside, searches)
    return quiet, beside, searches


def _together(port: int, pages: list[float], searches: list[float] | None) -> None:
    done, faults = threading.Event(), list[str]()
    threads = [
        threading.Thread(target=_ask, args=(port, PAGES, pages, done, PAUSE, faults))
        for _ in range(READERS)
    ]
    if searches is not None:
        threads += [
            threading.Thread(target=_ask, args=(port, HEAVY, searches, done, 0, faults))
            for _ in range(SEARCHERS)
        ]
    for each in threads:
        each.start()
    time.sleep(SECONDS)
    done.set()
    for each in threads:
        each.join()
    if faults:
        raise RuntimeError(f"not answered: {sorted(set(faults))}")


def _ask(
    port: int,
    paths: tuple[str, ...],
    taken: list[float],
    done: threading.Event,
    pause: float,
    faults: list[str],
) -> None:
    to = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while True:
        for path in paths:
            if done.is_set():
                to.close()
                return
            began = time.perf_counter()
            to.request("GET", path, headers={"Host": "localhost"})
            answer = to.getresponse()
            answer.read()
            if answer.status != http.HTTPStatus.OK:
                faults.append(f"{path}: {answer.status}")
            taken.append(time.perf_counter() - began)
            time.sleep(pause)


def _warm(port: int) -> None:
    done = threading.Event()
    timer = threading.Timer(SECONDS, done.set)
    timer.start()
    _ask(port, (*PAGES, *HEAVY), [], done, 0, [])


def _p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]

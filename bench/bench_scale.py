"""The list of topics at growing numbers of open topics: server time per kind of page.

Every page is asked for with an empty cache, in turns through different choices and words. Sizes
come from SCALE_ROWS, so `SCALE_ROWS=10000,100000,1000000 make bench ARGS=scale` needs a quarter of
an hour and 5 GB of disk. The goals are those of PERF: growth from the first size to the last, and
p95 of the server's time, which is that on the processor: of this process and of the one that
serves it in PostgreSQL. The time that passes is told beside it; others on the machine lengthen it.
"""

import itertools
import os
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

from bench import scale_data
from bench.report import Report
from bench.web import get, processor_seconds
from cluster_portal.core.vocabulary import Scheme, terms
from members.models import User

COMMITS = True  # what is counted must be counted as for readers: outside a writing transaction
SIZES = [int(size) for size in os.environ.get("SCALE_ROWS", "10000,100000").split(",")]
TIMES = 40
LIST_GROWTH, SEARCH_GROWTH, SEARCH_P95 = 1.1, 3, 60
NO_QUERY = "no query"
PLAIN = (NO_QUERY, "no query, signed in", "a later page", "no query, by closing day")
LEVELS = ("bachelor_uas", "master", "bachelor", "master_uas", "master_tech", "doctoral")
LANGUAGES = ("fi", "en", "sv")
ONE_FACET, THREE_FACETS, NINE_FACETS = 1, 3, 9


@dataclass(frozen=True)
class Page:
    """Milliseconds of so many requests: as they pass, and on the processor."""

    passed: list[float]
    worked: list[float]

    @property
    def median(self) -> float:
        return statistics.median(self.worked)


def run(report: Report) -> None:
    figures: dict[int, dict[str, Page]] = {}
    for size in SIZES:
        began = time.perf_counter()
        scale_data.fill(size)
        filled, load = time.perf_counter() - began, os.getloadavg()[0]
        report.section(f"Topic list at {size:,} open topics, nothing kept; load {load:.1f}")
        report.add("filling the tables", filled, "s")
        try:
            figures[size] = _measure()
        finally:
            scale_data.empty()
        for name, page in figures[size].items():
            goal: float | None = None if name in PLAIN else SEARCH_P95
            report.add(f"{name}, p50", page.median, "ms")
            report.add(f"{name}, p95", _p95(page.worked), "ms", goal=goal)
            report.add(f"{name}, p50 as it passes", statistics.median(page.passed), "ms")
            report.add(f"{name}, p95 as it passes", _p95(page.passed), "ms")
    if len(SIZES) > 1:
        report.section(f"Topic list: growth from {SIZES[0]:,} to {SIZES[-1]:,}, medians")
        for name, page in figures[SIZES[0]].items():
            goal = LIST_GROWTH if name in PLAIN else SEARCH_GROWTH
            report.add(name, figures[SIZES[-1]][name].median / page.median, "×", goal=goal)


def _p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def _measure() -> dict[str, Page]:
    handler, cookie = WSGIHandler(), _cookie()
    scale_data.read_every_word()
    figures = {
        name: _times(lambda query: get(handler, "/theses/", query), queries)
        for name, queries in _pages().items()
    }
    figures[PLAIN[1]] = _times(lambda query: get(handler, "/theses/", query, cookie), [""])
    return figures


def _times(work: Callable[[str], None], queries: list[str]) -> Page:
    passed, worked = [], []
    for number, query in enumerate(itertools.islice(itertools.cycle(queries), TIMES + 3)):
        cache.clear()
        began, at_work = time.perf_counter(), processor_seconds()
        work(query)
        if number >= 3:
            passed.append((time.perf_counter() - began) * 1000)
            worked.append((processor_seconds() - at_work) * 1000)
    return Page(passed, worked)


def _pages() -> dict[str, list[str]]:
    words, chosen = scale_data.words(), _choices()
    asked = [*words.common, *words.middle]
    return {
        NO_QUERY: [""],
        PLAIN[2]: [f"page={number}" for number in range(2, 40)],
        PLAIN[3]: ["sort=closing"],
        "one facet": [urlencode(some[:1]) for some in chosen],
        "two facets": [urlencode(some[:2]) for some in chosen],
        "three facets": [urlencode(some[:3]) for some in chosen],
        "nine facets": [urlencode(some) for some in chosen],
        "a common word": _asking(words.common),
        "a word between": _asking(words.middle),
        "a rare word": _asking(words.rare),
        "an inflected word": _asking(words.inflected),
        "a compound": _asking(words.compounds),
        "a compound written apart": _asking(words.apart),
        "two compounds": _asking(
            f"{one} {two}" for one, two in itertools.pairwise(words.compounds)
        ),
        "a word with a slip": _asking(words.slips),
        "a word half typed": _asking(words.beginnings),
        "a word that occurs nowhere": _asking(["purjelentokoneet", "kansanmusiikki"]),
        "two words": _asking(
            f"{one} {two}" for one, two in zip(itertools.cycle(words.common), words.middle)
        ),
        "a word and a facet": _asking(asked, chosen, ONE_FACET),
        "a word and three facets": _asking(asked, chosen, THREE_FACETS),
        "a word and nine facets": _asking(asked, chosen, NINE_FACETS),
        "a word, newest first": [f"{query}&sort=newest" for query in _asking(words.middle)],
    }


def _asking(
    words: Iterable[str], chosen: list[list[tuple[str, str]]] | None = None, facets: int = 0
) -> list[str]:
    choices = itertools.cycle(chosen or [[]])
    return [urlencode([("q", word), *next(choices)[:facets]]) for word in words]


def _choices() -> list[list[tuple[str, str]]]:
    """One option of each of nine facets, in several ways."""
    regions, fields = terms(Scheme.REGION), terms(Scheme.EDUCATION_FIELD)
    tasks = terms(Scheme.SECURITY_TASK)
    return [
        [
            ("level", LEVELS[n % len(LEVELS)]), ("language", LANGUAGES[n % len(LANGUAGES)]),
            ("region", regions[n % len(regions)].code), ("field", fields[n % len(fields)].code),
            ("remote", ("no", "yes")[n % 2]), ("paid", ("agreed", "yes", "no")[n % 3]),
            ("begins", ("now", "next")[n % 2]), ("cluster", f"scale-{n % 3}"),
            ("theme", tasks[n % len(tasks)].code),
        ]
        for n in range(12)
    ]  # fmt: skip


def _cookie() -> str:
    client = Client()
    user, _made = User.objects.get_or_create(email="scale@example.org")
    client.force_login(user)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())

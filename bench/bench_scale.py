"""The list of topics at growing numbers of open topics: server time per kind of page.

Every page is asked for with an empty cache, in turns through different choices and words. Sizes
come from SCALE_ROWS, so `SCALE_ROWS=10000,1000000 make bench ARGS=scale` needs some minutes and
4 GB of disk. The goals are those of PERF: growth from the first size to the last, and p95.
"""

import itertools
import os
import statistics
import time
from collections.abc import Callable
from urllib.parse import urlencode

from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

from bench import scale_data
from bench.report import Report
from bench.web import get
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
Page = tuple[float, float]


def run(report: Report) -> None:
    figures: dict[int, dict[str, Page]] = {}
    for size in SIZES:
        report.section(f"Topic list at {size:,} open topics, nothing kept")
        scale_data.fill(size)
        try:
            figures[size] = _measure()
        finally:
            scale_data.empty()
        for name, (p50, p95) in figures[size].items():
            goal = None if name in PLAIN else SEARCH_P95
            report.add(f"{name}, p50", p50, "ms")
            report.add(f"{name}, p95", p95, "ms", goal=goal)
    if len(SIZES) > 1:
        report.section(f"Topic list: growth from {SIZES[0]:,} to {SIZES[-1]:,}, medians")
        for name in figures[SIZES[0]]:
            growth = figures[SIZES[-1]][name][0] / figures[SIZES[0]][name][0]
            goal = LIST_GROWTH if name in PLAIN else SEARCH_GROWTH
            report.add(name, growth, "×", goal=goal)


def _measure() -> dict[str, Page]:
    handler, cookie = WSGIHandler(), _cookie()
    figures = {
        name: _times(lambda query: get(handler, "/theses/", query), queries)
        for name, queries in _pages().items()
    }
    figures[PLAIN[1]] = _times(lambda query: get(handler, "/theses/", query, cookie), [""])
    return figures


def _times(work: Callable[[str], None], queries: list[str]) -> Page:
    taken = []
    for number, query in enumerate(itertools.islice(itertools.cycle(queries), TIMES + 3)):
        cache.clear()
        began = time.perf_counter()
        work(query)
        if number >= 3:
            taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1]


def _pages() -> dict[str, list[str]]:
    words, chosen = scale_data.words(), _choices()
    return {
        NO_QUERY: [""],
        PLAIN[2]: [f"page={number}" for number in range(2, 40)],
        PLAIN[3]: ["sort=closing"],
        "one facet": [urlencode(some[:1]) for some in chosen],
        "two facets": [urlencode(some[:2]) for some in chosen],
        "three facets": [urlencode(some[:3]) for some in chosen],
        "nine facets": [urlencode(some) for some in chosen],
        "a common word": [urlencode({"q": word}) for word in words.common],
        "a word between": [urlencode({"q": word}) for word in words.middle],
        "a rare word": [urlencode({"q": word}) for word in words.rare],
        "a word that occurs nowhere": ["q=purjelentokoneet", "q=kansanmusiikki"],
        "two words": [
            urlencode({"q": f"{one} {two}"})
            for one, two in zip(words.common, words.middle, strict=False)
        ],
        "a word and three facets": [
            urlencode([("q", word), *some[:3]])
            for word, some in zip(words.common, chosen, strict=False)
        ],
        "a word, newest first": [urlencode({"q": word, "sort": "newest"}) for word in words.middle],
    }


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

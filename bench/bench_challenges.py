"""Challenges: one that is published against the capabilities, one capability against the open
challenges, and the list beside a bare view of 20 rows; nothing is cached.

Sizes come from CHALLENGE_ROWS, so `CHALLENGE_ROWS=10000,100000 make bench ARGS=challenges` takes
minutes. The capabilities are those of the other bench, as many as CAPABILITY_ROWS says.
"""

import os
import random
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template import Context
from django.test import override_settings
from django.urls import path
from django.utils import timezone

from bench import bench_capability_list as capabilities
from bench.bench_topic_list import BARE, WORDS, BareHandler
from bench.report import Report, milliseconds, ratio
from bench.web import get, processor_seconds
from cluster_portal.core import search
from cluster_portal.core.vocabulary import Scheme, terms
from members.models import Affiliation, Capability, Cluster, Organisation, User
from members.models.affiliations import Role
from projects.models import Challenge
from projects.models.challenges import Stage
from projects.services import challenge_matching

COMMITS = True  # as for readers: outside a transaction that has written
SIZES = [int(size) for size in os.environ.get("CHALLENGE_ROWS", "10000").split(",")]
GOALS_AT = 10_000
TIMES = 15
PAGES = {  # a query, and its goal in bare views
    "list without a query": ("", 6.0),
    "list, a level and a state": ("level=national&stage=open", 10.0),
    "search: one word": ("q=varautuminen", 10.0),
    "search: two words and a level": ("q=kunnan+varautuminen&level=national", 10.0),
}
SCOPES = ["regional", "national", "international"]
STAGES = [Stage.OPEN, Stage.OPEN, Stage.CLOSED, Stage.SOLVED, Stage.UNMATCHED]


def bare(request: HttpRequest) -> HttpResponse:
    rows = Challenge.objects.order_by("pk").only("slug", "title_fi", "published_at")[:20]
    told = [{"slug": each.slug, "title": each.title_fi, "published_at": each.published_at}
            for each in rows]  # fmt: skip
    return HttpResponse(BARE.render(Context({"rows": told})))


urlpatterns = [path("bare/", bare)]


class Bare(BareHandler):
    """Knows this module's one address and nothing else."""

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        request.urlconf = __name__
        return super(BareHandler, self).get_response(request)


def run(report: Report) -> None:
    capabilities.fill(capabilities.SIZES[0])
    try:
        for size in SIZES:
            _fill(size)
            report.section(f"Challenges: the list at {size:,} of them, times a bare view")
            _lists(report, size)
            _matching(report)
            _truncate()
    finally:
        _truncate()
        User.objects.filter(email__endswith="@bench.example").delete()
        capabilities.empty()


def _lists(report: Report, size: int) -> None:
    ours = WSGIHandler()
    with override_settings(MIDDLEWARE=[]):
        bare_handler = Bare()

    def yardstick() -> None:
        get(bare_handler, "/bare/")

    for name, (query, goal) in PAGES.items():
        page = _fresh(ours, query)
        times = ratio(page, yardstick, times=TIMES)
        report.add(name, times, "×", goal=goal if size == GOALS_AT else None)
        report.add(name, milliseconds(page, times=TIMES), "ms")


def _fresh(handler: WSGIHandler, query: str) -> Callable[[], None]:
    def act() -> None:
        cache.clear()
        get(handler, "/projects/challenges/", query)

    return act


def _matching(report: Report) -> None:
    """What the two tasks do, with the letters that they post."""
    count = Capability.objects.count()
    report.section(f"Challenges: matching against {count:,} capabilities")
    challenge = Challenge.objects.open().order_by("pk")[0]
    told = "a published challenge, who fits is told"
    _task(report, told, lambda: challenge_matching.tell_who_fits(challenge))
    report.add("fits, each with a reason", len(challenge_matching.fits(challenge)))
    later = Capability.objects.order_by("pk")[0]
    came = f"a capability that came, against {Challenge.objects.open().count()} open ones"
    _task(report, came, lambda: challenge_matching.capability_came("capabilities", later.pk))


def _task(report: Report, what: str, work: Callable[[], object]) -> None:
    """The goal is on the work of the processors, ours and PostgreSQL's: others may run beside."""
    at_work, began = processor_seconds(), time.perf_counter()
    work()
    passed, worked = time.perf_counter() - began, processor_seconds() - at_work
    report.add(f"{what}: server time", worked, "s", goal=5)
    report.add(f"{what}: by the clock", passed, "s")


def _fill(size: int) -> None:
    chance = random.Random(9)
    cluster = Cluster.objects.get(slug="bench")
    owners = list(Organisation.objects.filter(slug__startswith="bench-").order_by("pk"))
    _contacts(owners)
    made = Challenge.objects.bulk_create(
        (_challenge(n, chance, cluster, owners) for n in range(size)), batch_size=1000
    )
    tasks = terms(Scheme.SECURITY_TASK)
    through: Any = Challenge.terms.through
    through.objects.bulk_create(
        (
            through(challenge_id=each.pk, term_id=term.pk)
            for each in made
            for term in chance.sample(tasks, k=2)
        ),
        batch_size=2000,
    )
    search.reindex(Challenge.objects.select_related("organisation").prefetch_related("terms"))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _contacts(owners: list[Organisation]) -> None:
    """One of each organisation, who hears of what fits."""
    if User.objects.filter(email__endswith="@bench.example").exists():
        return
    people = User.objects.bulk_create(
        User(email=f"contact{each.pk}@bench.example") for each in owners
    )
    Affiliation.objects.bulk_create(
        Affiliation(user=person, organisation=each, role=Role.CONTACT, stage="confirmed")
        for person, each in zip(people, owners, strict=True)
    )


def _challenge(
    n: int, chance: random.Random, cluster: Cluster, owners: list[Organisation]
) -> Challenge:
    now, stage = timezone.now(), chance.choice(STAGES)
    days = chance.randint(1, 200)
    return Challenge(
        slug=f"bench-{n}", title_fi=" ".join(chance.choices(WORDS, k=4)).capitalize(),
        summary_fi=" ".join(chance.choices(WORDS, k=8)), background="Tausta.",
        need=" ".join(chance.choices(WORDS, k=14)), home_cluster=cluster,
        organisation=chance.choice(owners), stage=stage, scopes=[chance.choice(SCOPES)],
        published_at=now - timedelta(minutes=n), matched_at=now,
        closes_at=now + timedelta(days=days if stage == Stage.OPEN else -days),
        decided_at=now if stage in {Stage.SOLVED, Stage.UNMATCHED} else None,
    )  # fmt: skip


def _truncate() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE projects_challenge CASCADE")

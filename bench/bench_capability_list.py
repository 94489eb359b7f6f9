"""The list of capabilities, beside the same bare view as the list of topics; nothing is cached.

Sizes come from CAPABILITY_ROWS, so
`CAPABILITY_ROWS=10000,100000 make bench ARGS=capability_list` takes minutes.
"""

import os
import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from bench.bench_topic_list import WORDS, BareHandler
from bench.report import Report, milliseconds, ratio
from bench.web import get
from cluster_portal.core import search
from cluster_portal.core.vocabulary import Scheme, terms
from members.models import Capability, Cluster, Membership, Organisation
from members.models.capabilities import Holds, Kind, Stage
from members.models.memberships import Stage as MembershipStage

COMMITS = True  # as for readers: outside a transaction that has written
SIZES = [int(size) for size in os.environ.get("CAPABILITY_ROWS", "10000").split(",")]
GOALS_AT = 10_000
TIMES = 15
OWNERS = 200
PAGES = {  # a query, and its goal in bare views
    "list without a query": ("", 6.0),
    "list, a situation": ("task=search", 10.0),
    "list, the nearest first": ("near=06", 10.0),
    "list, a region and a kind": ("region=06&kind=product", 10.0),
    "search: one word": ("q=varautuminen", 10.0),
    "search: two words, nearest first": ("q=kunnan+varautuminen&near=11", 10.0),
}


def run(report: Report) -> None:
    for size in SIZES:
        fill(size)
        try:
            report.section(f"Capabilities: the list at {size:,} of them, times a bare view")
            _measure(report, size)
        finally:
            empty()


def _measure(report: Report, size: int) -> None:
    ours = WSGIHandler()
    with override_settings(MIDDLEWARE=[]):
        bare_handler = BareHandler()

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
        get(handler, "/members/capabilities/", query)

    return act


def fill(size: int) -> None:
    chance, regions = random.Random(7), terms(Scheme.REGION)
    cluster = Cluster.objects.create(
        slug="bench", name_fi="K", name_sv="K", name_en="K", founded=2011, region=regions[0]
    )
    owners = Organisation.objects.bulk_create(
        Organisation(slug=f"bench-{n}", name=f"Organisaatio {n}", kind="company", sector="business")
        for n in range(OWNERS)
    )
    since = timezone.localdate() - timedelta(days=30)
    Membership.objects.bulk_create(
        Membership(organisation=each, cluster=cluster, stage=MembershipStage.ACTIVE, since=since)
        for each in owners
    )
    made = Capability.objects.bulk_create(
        (_capability(n, chance, cluster, owners) for n in range(size)), batch_size=1000
    )
    _link(made, chance)
    search.reindex(
        Capability.objects.select_related("organisation").prefetch_related("terms", "regions")
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _link(made: list[Capability], chance: random.Random) -> None:
    links_by_scheme: tuple[tuple[Any, Scheme], ...] = (
        (Capability.regions.through, Scheme.REGION),
        (Capability.terms.through, Scheme.SECURITY_TASK),
    )
    for through, scheme in links_by_scheme:
        links = (
            through(capability_id=each.pk, term_id=term.pk)
            for each in made
            for term in chance.sample(terms(scheme), k=2)
        )
        through.objects.bulk_create(links, batch_size=2000)


def _capability(
    n: int, chance: random.Random, cluster: Cluster, owners: list[Organisation]
) -> Capability:
    now, today = timezone.now(), timezone.localdate()
    return Capability(
        slug=f"bench-{n}", title_fi=" ".join(chance.choices(WORDS, k=4)).capitalize(),
        summary_fi=" ".join(chance.choices(WORDS, k=12)), kind=chance.choice(Kind.values),
        in_disruption=chance.choice(Holds.values), is_nationwide=chance.random() < 0.1,
        home_cluster=cluster, organisation=chance.choice(owners), stage=Stage.PUBLISHED,
        published_at=now - timedelta(minutes=n), confirmed_on=today,
        expires_on=today + timedelta(days=300),
    )  # fmt: skip


def empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE members_capability CASCADE")
    Membership.objects.filter(cluster__slug="bench").delete()
    Organisation.objects.filter(slug__startswith="bench-").delete()
    Cluster.objects.filter(slug="bench").delete()

"""News for ten thousand: those who follow a thing, and those who saved a search that finds it."""

import time
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from bench.report import Report
from cluster_portal.notifications import matching, telling
from cluster_portal.notifications.models import (
    Arrival,
    Follow,
    FollowNews,
    OutboxMail,
    SavedSearch,
    SavedSearchHit,
)
from cluster_portal.notifications.services import following
from members.models import Cluster, User
from tests import factories
from tests.projects.factories import call
from tests.theses.factories import topic
from theses.pages import topic_list

PEOPLE, QUERIES, ARRIVED = 10_000, 100, 20
GOAL_SECONDS, GOAL_POST = 60, 0.5


def run(report: Report) -> None:
    people = _people()
    cluster = factories.cluster("bench-fanout")
    report.section(f"News for {PEOPLE:,} readers")
    _followers(report, cluster, people)
    _searchers(report, cluster, people)


def _people() -> list[User]:
    return User.objects.bulk_create(
        (
            User(email=f"fan{n}@example.org", first_name="F", last_name=str(n))
            for n in range(PEOPLE)
        ),
        batch_size=2000,
    )


def _followers(report: Report, cluster: Cluster, people: list[User]) -> None:
    thing = call(cluster)
    kind = ContentType.objects.get_for_model(thing)
    Follow.objects.bulk_create(
        (Follow(user=one, about_type=kind, about_id=thing.pk) for one in people), batch_size=2000
    )
    began = time.perf_counter()
    following.tell(thing, "changed", key="bench")
    posted = time.perf_counter() - began
    rows = FollowNews.objects.count()
    following.expand_news()
    report.add("rows in the transaction that causes it", rows, "rows", goal=1)
    report.add("the same transaction", posted, "s", goal=GOAL_POST)
    report.add("posted to all who follow", time.perf_counter() - began, "s", goal=GOAL_SECONDS)
    told = OutboxMail.objects.filter(kind=following.KIND).count()
    report.add("followers told", told, "people", goal=PEOPLE, at_least=True)


def _searchers(report: Report, cluster: Cluster, people: list[User]) -> None:
    """A hundred different searches, each saved by a hundred people; half of them find it."""
    then = timezone.now() - timedelta(days=1)
    SavedSearch.objects.bulk_create(
        (
            SavedSearch(
                user=one, kind=topic_list.TOPICS.key, name="B", frequency="at_once",
                query=f"q={'turvallisuus' if n % 2 else 'metsä'}+{n % QUERIES}",
                created_at=then, listens_since=then,
            )
            for n, one in enumerate(people)
        ),
        batch_size=2000,
    )  # fmt: skip
    for number in range(ARRIVED):
        made = topic(None, cluster, title=f"Turvallisuus {number * 5 + 1}")
        Arrival.objects.get_or_create(
            kind=topic_list.TOPICS.key, object_id=made.pk, defaults={"since": timezone.now()}
        )
    began = time.perf_counter()
    matching.match_arrivals()
    found = time.perf_counter() - began
    telling.tell_due(timezone.now())
    report.add("searches that found something", SavedSearchHit.objects.count(), "hits")
    report.add(f"{ARRIVED} new topics held against all searches", found, "s", goal=GOAL_SECONDS)
    report.add("and told", time.perf_counter() - began, "s", goal=GOAL_SECONDS)

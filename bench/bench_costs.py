"""What a page, a search, a letter, a digest and a match cost, and how far that goes.

Processor time of this process and of PostgreSQL's for it, through the real handler, with COSTS_ROWS
topics (2 000). The tables that are printed at the end are those of docs/scaling.md.
"""

from __future__ import annotations

import math
import os
import statistics
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, override_settings
from django.utils import timezone

from bench import bench_topic_list as topics
from bench.bench_outbox import mail_server
from bench.web import get, processor_seconds
from cluster_portal.core import search
from cluster_portal.notifications import digest_rounds, digests, outbox
from cluster_portal.notifications.models import DigestItem, OutboxMail
from cluster_portal.notifications.sending import delivery
from events.models import Event
from members.models import Affiliation, Membership, Organisation, User
from tests import factories
from tests.events.factories import event
from theses import matching
from theses.models import StudentProfile, Topic

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.report import Report

COMMITS = True
ROWS = int(os.environ.get("COSTS_ROWS", "2000"))
LETTERS = 200
STUDENTS = 10
PEOPLE = (1_000, 10_000, 30_000, 100_000)
VISITING, PAGES_EACH, BUSY_SHARE, BUSY_SECONDS = 0.1, 20, 0.5, 7_200
LETTERS_A_WEEK = 2
FULL = 0.5  # of a core
SEARCHES = 0.2  # of the pages
LEAST_HOURS = 0.01
THINGS, CHANGED = 0.1, 0.02  # of a person: that others are matched against; new in a week


def run(report: Report) -> None:
    bells = outbox.wake_hooks[:]
    outbox.wake_hooks.clear()  # no broker runs here
    topics.fill(ROWS)
    try:
        reader = _reader()
        costs = {
            "a page of a visitor": _pages(
                report, ["/", "/theses/", "/events/", "/theses/bench-7/"], ""
            ),
            "a page of a member": _pages(
                report, ["/me/", "/theses/", "/members/", "/theses/bench-9/"], _cookie(reader)
            ),
            "a search in the topics": _pages(
                report,
                [
                    f"/theses/?q={word}"
                    for word in ("hankkeiden", "varautuminen", "kunnan", "turva")
                ],
                _cookie(reader),
            ),
            "a letter": _letters(),
            "a digest": _digests(),
            "a match": _match(),
        }
        for what, cost in costs.items():
            report.add(f"{what}, processor time", cost * 1000, "ms")
        for line in _capacity(costs):
            report.tell(line)
    finally:
        outbox.wake_hooks.extend(bells)
        _empty()


def _pages(report: Report, addresses: list[str], cookie: str) -> float:
    """The mean of the medians, each of which is told too."""
    handler = WSGIHandler()
    costs = []
    for address in addresses:
        path, _, query = address.partition("?")
        ask = partial(get, handler, path, query, cookie)
        for _warm in range(3):
            ask()
        costs.append(statistics.median(_cost(ask) for _ in range(15)))
        who = "a member" if cookie else "a visitor"
        report.add(f"  {who}: {address}", costs[-1] * 1000, "ms")
    return statistics.mean(costs)


def _cost(work: Callable[[], object]) -> float:
    began = processor_seconds()
    work()
    return processor_seconds() - began


def _reader() -> User:
    cluster = factories.cluster("bench-costs")
    firm = Organisation.objects.get(slug="bench-1")
    factories.membership(firm, cluster)
    person = factories.verified(factories.user("bench-reader@example.org"))
    factories.affiliation(person, firm)
    for number in range(8):
        event(cluster, slug=f"bench-costs-{number}")
    return person


def _cookie(person: User) -> str:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def _letters() -> float:
    """Posted and sent, one of its own to each reader."""
    now, about = timezone.now(), Topic.objects.get(slug="bench-3")
    people = User.objects.bulk_create(
        User(email=f"bench{n}@example.org", first_name="B", last_name=str(n), date_joined=now)
        for n in range(LETTERS)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in people
    )
    backend = "cluster_portal.notifications.sending.smtp.EmailBackend"
    with (
        mail_server() as port,
        override_settings(
            EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, MAIL_PER_DOMAIN=0
        ),
    ):
        began = processor_seconds()
        for one in people:
            outbox.post("topic_published", to=one, key="costs", about=about)
        while delivery.deliver_due(seconds=60):
            pass
        return (processor_seconds() - began) / LETTERS


def _digests() -> float:
    """Composed; what sending one costs is a letter more."""
    today = timezone.localdate()
    monday = digest_rounds.of_period("weekly", f"{today:%G-W%V}").opens_at
    User.objects.filter(email__startswith="bench").update(date_joined=monday - timedelta(days=90))
    Topic.objects.filter(slug__in=[f"bench-{n}" for n in range(12)]).update(
        published_at=monday - timedelta(days=2)
    )
    began = processor_seconds()
    told = digests.compose_digests(monday)
    return (processor_seconds() - began) / max(1, told)


def _match() -> float:
    """One student against all topics, with reasons."""
    chosen = list(User.objects.filter(email__startswith="bench")[:STUDENTS])
    profiles = [
        StudentProfile.objects.create(
            user=user,
            level="master",
            languages=["fi"],
            programme="Turvallisuus",
            interests="varautuminen kunnan hankkeiden turvallisuus",
        )
        for user in chosen
    ]
    search.reindex(StudentProfile.objects.prefetch_related("terms"))
    asked = [partial(matching.topics_for, one, one.user, 20) for one in profiles]
    asked[0]()
    return statistics.median(_cost(one) for one in asked)


def _capacity(costs: dict[str, float]) -> list[str]:
    page = (1 - SEARCHES) * costs["a page of a member"] + SEARCHES * costs["a search in the topics"]
    a_week = LETTERS_A_WEEK * costs["a letter"] + costs["a digest"] + costs["a letter"]
    heads = ["people", "pages a second in the busiest hour", "cores for pages"]
    heads += ["letters and digests a week", "core-hours a week for them"]
    heads += ["matches a week", "core-hours a week for them"]
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    for people in PEOPLE:
        pages = people * VISITING * PAGES_EACH * BUSY_SHARE / BUSY_SECONDS
        cores, hours = pages * page / FULL, a_week * people / 3600
        mail = (LETTERS_A_WEEK + 1) * people
        matches = people * CHANGED
        matching = matches * costs["a match"] * people * THINGS / ROWS / 3600
        lines.append(
            f"| {people:,} | {pages:.2g} | {math.ceil(cores)} ({cores:.2g}) | {mail:,} |"
            f" {_hours(hours)} | {matches:,.0f} | {_hours(matching)} |".replace(",", " ")
        )
    return lines


def _hours(value: float) -> str:
    return f"{value:.2g}" if value >= LEAST_HOURS else f"< {LEAST_HOURS}"


def _empty() -> None:
    DigestItem.objects.all().delete()
    OutboxMail.objects.all().delete()
    StudentProfile.objects.filter(user__email__startswith="bench").delete()
    Affiliation.objects.filter(user__email__startswith="bench").delete()
    Event.objects.filter(slug__startswith="bench-").delete()
    Membership.objects.filter(organisation__slug__startswith="bench-").delete()
    topics.empty()
    User.objects.filter(email__startswith="bench").delete()

"""Weekly digests: how long ten thousand people take one worker, and the memory.

The real sections over real content; people of a hundred organisations, so that a hundred different
audiences see different things. Core seconds are the worker's and its database process's together:
a busy machine hardly changes them.
"""

import os
import time
import tracemalloc
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from allauth.account.models import EmailAddress
from django.db import connection
from django.utils import timezone

from bench.report import Report
from cluster_portal.notifications import digest_rounds, digests
from cluster_portal.notifications.models import DigestItem, MailState, OutboxMail
from members.models import Affiliation, Membership, Organisation, User
from members.models.affiliations import Role, Stage
from members.models.memberships import Stage as MembershipStage
from tests import factories
from tests.events.factories import event
from tests.theses.factories import topic

ORGANISATIONS = 100
PEOPLE = 10_000  # of the hundred thousand: what is asked once for all weighs more on fewer
FEW, MANY = digest_rounds.CHUNK, 4 * digest_rounds.CHUNK
GOAL_SECONDS = 120  # for ten thousand people, on one core
GOAL_GROWTH = 1.2
SINCE = timezone.localdate() - timedelta(days=400)


def run(report: Report) -> None:
    today = timezone.localdate()
    monday = digest_rounds.of_period("weekly", f"{today:%G-W%V}").opens_at
    _content(monday)
    report.section("Weekly digests, composed by one worker")
    _people(PEOPLE)
    before, began = _core_seconds(), time.perf_counter()
    told = digests.compose_digests(monday)
    cores, taken = _core_seconds() - before, time.perf_counter() - began
    report.add("people told something", told, "people")
    report.add("things told to each", DigestItem.objects.count() / told, "things")
    report.add("10 000 people, on one core", cores * PEOPLE / told, "s", goal=GOAL_SECONDS)
    report.add("10 000 people, by the clock", taken * PEOPLE / told, "s")
    few, many = _peaks(monday + timedelta(days=7))
    report.add(f"memory for {FEW} people", few / 1e6, "MB")
    report.add(f"memory for {MANY} people", many / 1e6, "MB")
    report.add("growth of memory", many / few, "×", goal=GOAL_GROWTH)


def _core_seconds() -> float:
    """Of this process and of the one that serves its connection, where it runs on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def _peaks(monday: datetime) -> tuple[int, int]:
    """What composing takes at its most, for the first chunk of people and for several."""
    DigestItem.objects.all().delete()  # everything is told anew
    known, coming = digests.Candidates(), digest_rounds.Round("weekly", monday.date())
    tracemalloc.start()
    peaks = []
    for first, last in islice(coming.chunks(), MANY // digest_rounds.CHUNK):
        digests.compose_chunk(coming, first, last, known)
        peaks.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
    return peaks[0], peaks[-1]


def _content(monday: datetime) -> None:
    """Sixteen topics and eight events of the last days; some are for members alone."""
    cluster = factories.cluster("bench-digest")
    published = monday - timedelta(days=2)
    for number in range(16):
        visibility = "members" if number % 4 == 0 else "public"
        topic(None, cluster, published_at=published, visibility=visibility)
    for number in range(8):
        event(cluster, slug=f"bench-digest-{number}", published_at=published)
    made = Organisation.objects.bulk_create(
        Organisation(slug=f"bench-{n}", name=f"Organisaatio {n}", kind="company", sector="business")
        for n in range(ORGANISATIONS)
    )
    Membership.objects.bulk_create(
        Membership(cluster=cluster, organisation=one, stage=MembershipStage.ACTIVE, since=SINCE)
        for one in made
    )


def _people(count: int) -> None:
    """One of twenty wants some notices in the digest."""
    joined = timezone.now() - timedelta(days=90)
    people = User.objects.bulk_create(
        (User(email=f"bench{n}@example.org", first_name="B", last_name=str(n), date_joined=joined)
         for n in range(count)),
        batch_size=2000,
    )  # fmt: skip
    EmailAddress.objects.bulk_create(
        (EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in people),
        batch_size=2000,
    )
    companies = list(Organisation.objects.filter(slug__startswith="bench-"))
    Affiliation.objects.bulk_create(
        (
            Affiliation(
                user=one,
                organisation=companies[number % ORGANISATIONS],
                stage=Stage.CONFIRMED,
                role=Role.MEMBER,
                since=SINCE,
            )
            for number, one in enumerate(people)
        ),
        batch_size=2000,
    )
    OutboxMail.objects.bulk_create(
        OutboxMail(kind="topic_published", key=str(one.pk), recipient=one, state=MailState.WEEKLY)
        for one in people[::20]
    )

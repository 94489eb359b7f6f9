"""Suggestions among 10 000 open topics: one student's page, one new topic, and the night's run.

The topics are composed of the labelled set's sentences, so that their words, fields and places are
distributed as real ones are; the students' interests too. Writing them takes minutes;
`MATCHING_TOPICS=100000` measures at ten times that. The night is of 1 000 students among 1 000
topics.
"""

from __future__ import annotations

import itertools
import os
import random
import re
import statistics
import time
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.bench_matching import FIRST_SET as SET
from bench.bench_matching import LEVELS, _offers, _profile, _seekers
from bench.web import get, processor_seconds
from cluster_portal.core import search
from cluster_portal.core.vocabulary import Scheme, terms
from members.models import Cluster, User
from theses import matching
from theses.models import MatchingRun, StudentProfile, Suggestion, Topic, TopicEducationField
from theses.models.choices import Pay, Stage
from theses.services import suggestions

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.bench_matching import Offer, Seeker
    from bench.report import Report
    from cluster_portal.core.vocabulary import Term

COMMITS = True  # the night's chunks are transactions of their own, and tables are vacuumed
TOPICS = int(os.environ.get("MATCHING_TOPICS", "10000"))
STUDENTS = int(os.environ.get("MATCHING_STUDENTS", "1000"))
AT_NIGHT = 1_000  # topics
SEEN = 20  # students whose page is opened


def run(report: Report) -> None:
    try:
        _measure(report)
    finally:
        if not os.environ.get("KEEP"):
            _empty()


def _measure(report: Report) -> None:
    report.section(f"Matching: speed among {TOPICS} open topics")
    began = time.perf_counter()
    _write_topics()
    search.reindex(Topic.objects.prefetch_related("terms", "education_fields"))
    report.add("topics written and indexed", time.perf_counter() - began, "s")
    profiles = _fill_students()
    search.reindex(StudentProfile.objects.prefetch_related("terms"))
    _vacuum()
    _pages(report, profiles[:SEEN])
    _new_topic(report)
    _night(report)


def _new_topic(report: Report) -> None:
    """Its students, of as many as there are topics: all profiles are open and possible."""
    topic, copies = Topic.objects.latest("pk"), TOPICS - STUDENTS
    users = User.objects.bulk_create(
        User(email=f"many{number}@bench.example") for number in range(copies)
    )
    models = list(StudentProfile.objects.all()[:STUDENTS])
    made = StudentProfile.objects.bulk_create(
        StudentProfile(
            user=user, level=topic.levels[0], languages=topic.languages,
            programme=model.programme, interests=model.interests, openness="commissioners",
            opened_at=timezone.now(),
        )
        for user, model in zip(users, itertools.cycle(models), strict=False)
    )  # fmt: skip
    search.reindex(made)
    office = User.objects.create_superuser("office@bench.example")
    began = time.perf_counter()
    found = matching.students_for(topic, office, 10)
    taken = time.perf_counter() - began
    report.add(f"one topic against {len(made)} students: {len(found)} found", taken, "s", goal=5)
    User.objects.filter(email__startswith="many").delete()


def _pages(report: Report, profiles: list[StudentProfile]) -> None:
    """Signed in, through the whole server: session, matching, reasons, template."""
    handler, address = WSGIHandler(), reverse("theses:suggestions")
    pages, alone = [], []
    for profile in profiles:
        cookie = _signed_in(profile)
        pages.append(_taken(partial(get, handler, address, cookie=cookie)))
        alone.append(_taken(_matching(profile)))
    for what, figures in (("the page", pages), ("of it the matching", alone)):
        for which, pick in (("the median student", statistics.median), ("the slowest of 20", max)):
            worked, passed = (pick(side) for side in zip(*figures, strict=True))
            report.add(f"{what}, {which}: server time", worked, "ms", goal=150)
            report.add(f"{what}, {which}: by the clock", passed, "ms")


def _taken(work: Callable[[], object]) -> tuple[float, float]:
    """Medians of milliseconds: of the processors, ours and PostgreSQL's, and by the clock."""
    work()
    worked, passed = [], []
    for _time in range(5):
        at_work, began = processor_seconds(), time.perf_counter()
        work()
        passed.append((time.perf_counter() - began) * 1000)
        worked.append((processor_seconds() - at_work) * 1000)
    return statistics.median(worked), statistics.median(passed)


def _signed_in(profile: StudentProfile) -> str:
    client = Client()
    client.force_login(profile.user, "allauth.account.auth_backends.AuthenticationBackend")
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def _matching(profile: StudentProfile) -> Callable[[], object]:
    return lambda: matching.topics_for(profile, profile.user, 20)


def _night(report: Report) -> None:
    keys = Topic.objects.order_by("pk").values("pk")[AT_NIGHT:]
    for start in range(0, TOPICS, 1_000):
        few = list(keys.values_list("pk", flat=True)[start : start + 1_000])
        Topic.objects.filter(pk__in=few).update(closes_on=date(2020, 1, 1))
    run = MatchingRun.objects.create(students=STUDENTS)
    settled, began = 0.0, time.perf_counter()
    while suggestions.match_next_chunk():
        settled = settled or own_memory()
    taken = time.perf_counter() - began
    run.refresh_from_db()
    report.add(f"the night: {run.done} students, {AT_NIGHT} topics", taken, "s", goal=120)
    report.add("students left out", run.failed, goal=0)
    per_student = Suggestion.objects.count() / STUDENTS
    report.add("suggestions a student", per_student, goal=1, at_least=True)
    report.add("memory grown since the first chunk", own_memory() - settled, "MB", goal=25)


def own_memory() -> float:
    shares = Path("/proc/self/smaps_rollup").read_text()
    return sum(map(int, re.findall(r"^Private_\w+:\s+(\d+)", shares, re.MULTILINE))) / 1024


def _write_topics() -> None:
    chance = random.Random(11)
    offers = _offers(SET)
    fields = {t.code: t for t in terms(Scheme.EDUCATION_FIELD)}
    regions = list(terms(Scheme.REGION))
    cluster = Cluster.objects.create(
        slug="bench", name_fi="K", name_sv="K", name_en="K", founded=2011, region=regions[0]
    )
    for start in range(0, TOPICS, 5_000):
        drawn = [chance.choice(offers) for _n in range(min(5_000, TOPICS - start))]
        made = Topic.objects.bulk_create(
            _topic(f"bench-{start + n}", offer, offers, chance, regions, cluster)
            for n, offer in enumerate(drawn)
        )
        TopicEducationField.objects.bulk_create(
            TopicEducationField(topic=topic, term=fields[code])
            for topic, offer in zip(made, drawn, strict=True)
            for code in offer.fields
        )


def _topic(
    slug: str,
    offer: Offer,
    offers: list[Offer],
    chance: random.Random,
    regions: list[Term],
    cluster: Cluster,
) -> Topic:
    other, third = chance.choice(offers), chance.choice(offers)
    now = timezone.now()
    return Topic(
        slug=slug, title=offer.title, home_cluster=cluster, stage=Stage.OPEN,
        description=f"{offer.text} {other.text if chance.random() < 0.5 else ''}",
        aim=third.title if chance.random() < 0.3 else "",
        levels=[LEVELS[one] for one in offer.levels], languages=sorted(offer.languages),
        region=chance.choice(regions), is_remote="r" in offer.flags, pay=chance.choice(Pay.values),
        closes_on=timezone.localdate() + timedelta(days=chance.randint(1, 200)),
        published_at=now, publicity_accepted_at=now,
    )  # fmt: skip


def _fill_students() -> list[StudentProfile]:
    seekers, chance = _seekers(SET), random.Random(12)
    fields = {t.code: t for t in terms(Scheme.EDUCATION_FIELD)}
    regions = {t.code: t for t in terms(Scheme.REGION)}
    made = []
    for number in range(STUDENTS):
        seeker = seekers[number % len(seekers)]
        more = "" if number < len(seekers) else _some_words(chance.choice(seekers), chance)
        other = replace(
            seeker, key=f"{seeker.key}n{number}", interests=f"{seeker.interests} {more}"
        )
        made.append(_profile(other, fields, regions))
    return made


def _some_words(seeker: Seeker, chance: random.Random) -> str:
    words = seeker.interests.split()
    first = chance.randrange(max(1, len(words) - 4))
    return " ".join(words[first : first + chance.randint(2, 6)])


def _vacuum() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE theses_topic, theses_matchingrun, theses_studentprofile, core_matchfeatures"
            " CASCADE"
        )
        cursor.execute("DELETE FROM members_user WHERE email LIKE '%%@bench.example'")
    Cluster.objects.filter(slug="bench").delete()

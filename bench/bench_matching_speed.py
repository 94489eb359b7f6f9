"""Suggestions among 100 000 open topics: one student's page, and the night's run.

The topics are composed of the labelled set's sentences, so that their words, fields and places are
distributed as real ones are; the students' interests too. Writing them takes minutes;
`MATCHING_TOPICS=10000` measures at a tenth. The night is run with `MATCHING_STUDENTS` (default 400)
in as many processes as in production, and told for 10 000; with `MATCHING_STUDENTS=10000` it is run
whole.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from unittest import mock

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.bench_matching import FIRST_SET as SET
from bench.bench_matching import LEVELS, _offers, _profile, _seekers
from bench.served import database_url
from bench.web import get, processor_seconds
from cluster_portal.core.vocabulary import Scheme, terms
from members.models import Cluster
from theses import matching
from theses.matching import ranking, topics
from theses.models import MatchingRun, StudentProfile, Suggestion, Topic, TopicEducationField
from theses.models.choices import Pay, Stage
from theses.services import match_index, suggestions

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.bench_matching import Offer, Seeker
    from bench.report import Report
    from cluster_portal.core.vocabulary import Term

COMMITS = True  # the night's chunks are transactions of their own, and tables are vacuumed
TOPICS = int(os.environ.get("MATCHING_TOPICS", "100000"))
STUDENTS = int(os.environ.get("MATCHING_STUDENTS", "400"))
ALL_STUDENTS = 10_000
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
    _fill_topics()
    match_index.write_noted()
    match_index.count_features()
    _vacuum()
    report.add("topics written and read into the index", time.perf_counter() - began, "s")
    profiles = _fill_students()
    _vacuum()
    _pages(report, profiles[:SEEN])
    report.add(
        "of the best possible score, what the 20 have (mean)",
        statistics.fmean(map(_share_of_the_best, profiles[:SEEN])),
        goal=0.99,
        at_least=True,
    )
    _night(report)


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


def _share_of_the_best(profile: StudentProfile) -> float:
    """By the scores of all possible topics, each with every feature of the wish."""
    wish = topics.wish_of(profile, profile.user)
    ours = topics.ranked_for(profile, profile.user, wish, 20)
    with mock.patch.multiple(ranking, POSTINGS=10**9, WIDTHS=(None,)):
        every = topics.ranked_for(profile, profile.user, wish, TOPICS)
    scores = dict(every)
    return sum(scores[pk] for pk, _score in ours) / sum(score for _pk, score in every[:20])


def _night(report: Report) -> None:
    """The service's own chunks in forked processes; the bench's own memory is none of theirs."""
    suggestions.begin_run()
    began = time.perf_counter()
    answer = subprocess.run(
        [sys.executable, "-m", "bench.matching_worker"],
        env={**os.environ, "DATABASE_URL": database_url()},
        check=True,
        capture_output=True,
        text=True,
    )
    taken = time.perf_counter() - began
    workers = [json.loads(line) for line in answer.stdout.splitlines()]
    run = MatchingRun.objects.latest("started_at")
    busy = statistics.fmean(worker["seconds"] for worker in workers)
    report.add(f"the night: {run.done} students, {len(workers)} processes", taken, "s")
    report.add(
        f"the night told for {ALL_STUDENTS} students",
        busy / STUDENTS * ALL_STUDENTS / 60,
        "min",
        goal=15,
    )
    report.add("CPU of the processes", sum(worker["cpu"] for worker in workers), "s")
    report.add("students left out", run.students - run.done, goal=0)
    per_student = Suggestion.objects.count() / STUDENTS
    report.add("suggestions a student", per_student, goal=1, at_least=True)
    own = max(worker["own"] for worker in workers)
    report.add("own memory of a process", own, "MB", goal=250)
    grown = max(worker["own"] - worker["settled"] for worker in workers)
    report.add("grown since the first chunks", grown, "MB", goal=25)


def _fill_topics() -> None:
    """Without triggers, which would take most of the time; what they note is noted at the end."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        _write_topics()
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("INSERT INTO theses_topicchange (topic_id) SELECT id FROM theses_topic")


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
            "TRUNCATE theses_topic, theses_topicfeature, theses_featurecount, theses_topicchange,"
            " theses_matchingrun, theses_studentprofile CASCADE"
        )
        cursor.execute("DELETE FROM members_user WHERE email LIKE '%%@bench.example'")
    Cluster.objects.filter(slug="bench").delete()

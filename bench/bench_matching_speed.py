"""Suggestions among 100 000 open topics: one student's page, and the night's run.

The topics are composed of the labelled set's sentences, so that their words, fields and places are
distributed as real ones are. Writing them takes minutes; `MATCHING_TOPICS=10000` measures at a
tenth. The night is measured on `MATCHING_STUDENTS` (default 200) and told for 10 000.
"""

from __future__ import annotations

import os
import random
import resource
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from bench.bench_matching import LEVELS, _offers, _profile, _seekers
from bench.report import milliseconds
from cluster_portal.core.vocabulary import Scheme, terms
from members.models import Cluster
from theses import matching
from theses.models import StudentProfile, Suggestion, Topic, TopicEducationField
from theses.models.choices import Pay, Stage
from theses.services import match_index, suggestions

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.bench_matching import Offer
    from bench.report import Report
    from cluster_portal.core.vocabulary import Term

COMMITS = True  # the night's chunks are transactions of their own, and tables are vacuumed
TOPICS = int(os.environ.get("MATCHING_TOPICS", "100000"))
STUDENTS = int(os.environ.get("MATCHING_STUDENTS", "200"))
ALL_STUDENTS = 10_000
CORES = 2


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
    pages = [_page(profile) for profile in profiles[:20]]
    figures = [milliseconds(page, times=3, warm=1) for page in pages]
    report.add(
        "20 suggestions with reasons, the median student", sorted(figures)[10], "ms", goal=150
    )
    report.add("20 suggestions with reasons, the slowest of 20", max(figures), "ms", goal=150)
    taken = _night()
    whole = taken / STUDENTS * ALL_STUDENTS / CORES / 60
    report.add(f"the night: {STUDENTS} students, one worker", taken, "s")
    report.add(
        f"the night told for {ALL_STUDENTS} students on {CORES} cores", whole, "min", goal=15
    )
    report.add(
        "suggestions a student", Suggestion.objects.count() / STUDENTS, "", goal=1, at_least=True
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    report.add("memory of the worker at most", peak, "MB")


def _night() -> float:
    began = time.perf_counter()
    suggestions.begin_run()
    while suggestions.match_next_chunk():
        pass
    suggestions.finish_if_done()
    return time.perf_counter() - began


def _page(profile: StudentProfile) -> Callable[[], object]:
    return lambda: matching.topics_for(profile, profile.user, 20)


def _fill_topics() -> None:
    """Without triggers, which would take most of the time; what they note is noted at the end."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        _write_topics()
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("INSERT INTO theses_topicchange (topic_id) SELECT id FROM theses_topic")


def _write_topics() -> None:
    chance = random.Random(11)
    offers = _offers()
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
    seekers = _seekers()
    fields = {t.code: t for t in terms(Scheme.EDUCATION_FIELD)}
    regions = {t.code: t for t in terms(Scheme.REGION)}
    made = []
    for number in range(STUDENTS):
        seeker = seekers[number % len(seekers)]
        key = f"{seeker.key}n{number}"
        made.append(_profile(type(seeker)(**{**vars(seeker), "key": key}), fields, regions))
    return made


def _vacuum() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE theses_topic, theses_topicfeature, theses_featurecount")


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE theses_topic, theses_topicfeature, theses_featurecount, theses_topicchange,"
            " theses_matchingrun, theses_studentprofile CASCADE"
        )
        cursor.execute("DELETE FROM members_user WHERE email LIKE '%%@bench.example'")
    Cluster.objects.filter(slug="bench").delete()

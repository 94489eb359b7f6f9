"""The list of thesis topics, beside a bare Django view of 20 indexed rows; nothing is cached.

Both go through a WSGI handler in this process, in turns. The bare one has no middleware, one
statement and one small template; ours is the real page for a visitor, with its whole frame.
Sizes come from TOPIC_ROWS, so `TOPIC_ROWS=10000,100000 make bench ARGS=topic_list` takes minutes.
"""

import os
import random
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template import Context, Engine
from django.test import override_settings
from django.urls import path
from django.utils import timezone

from bench.report import Report, milliseconds, ratio
from bench.web import get
from cluster_portal.core import search
from cluster_portal.core.vocabulary import Scheme, terms
from members.models import Cluster, Organisation
from theses.models import Place, Topic, TopicEducationField
from theses.models.choices import Level, Pay, Stage

COMMITS = True  # as for readers: outside a transaction that has written
SIZES = [int(size) for size in os.environ.get("TOPIC_ROWS", "10000").split(",")]
GOALS_AT = 10_000
TIMES = 25
PAGES = {  # a query, and its goal in bare views
    "list without a query": ("", 6.0),
    "list, a later page": ("page=7", 6.0),
    "list, two facets chosen": ("level=master&language=fi", 10.0),
    "search: one word": ("q=hankkeiden", 10.0),
    "search: two words and a facet": ("q=kunnan+varautuminen&level=bachelor_uas", 10.0),
}
# Words of real topics, as often as they occur there.
WORDS = re.findall(
    r"[a-zåäö-]{4,}", Path(__file__).with_name("search_topics.tsv").read_text().lower()
)
BARE = Engine(libraries={}).from_string(
    "<!doctype html><html lang='fi'><head><title>Aiheet</title></head><body><ul>"
    "{% for t in rows %}<li><a href='/{{ t.slug }}/'>{{ t.title }}</a> {{ t.published_at }}</li>"
    "{% endfor %}</ul></body></html>"
)


def bare(request: HttpRequest) -> HttpResponse:
    rows = Topic.objects.filter(stage="open").order_by("-published_at", "-pk")
    rows = rows.only("slug", "title", "published_at")[:20]
    return HttpResponse(BARE.render(Context({"rows": rows})))


urlpatterns = [path("bare/", bare)]


class BareHandler(WSGIHandler):
    """Knows this module's one address and nothing else."""

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        request.urlconf = __name__
        return super().get_response(request)


def run(report: Report) -> None:
    for size in SIZES:
        fill(size)
        try:
            report.section(f"Thesis topics: the list at {size:,} topics, times a bare view")
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
    report.add("bare view", milliseconds(yardstick, times=TIMES), "ms")


def _fresh(handler: WSGIHandler, query: str) -> Callable[[], None]:
    def act() -> None:
        cache.clear()
        get(handler, "/theses/", query)

    return act


def fill(size: int) -> None:
    chance = random.Random(7)
    region = terms(Scheme.REGION)[0]
    clusters = [
        Cluster.objects.create(
            slug=f"bench-{n}", name_fi=f"K{n}", name_sv=f"K{n}", name_en=f"K{n}", founded=2011,
            region=region,
        )
        for n in range(2)
    ]  # fmt: skip
    organisations = Organisation.objects.bulk_create(
        Organisation(slug=f"bench-{n}", name=f"Organisaatio {n}", kind="company", sector="business")
        for n in range(200)
    )
    made = Topic.objects.bulk_create(
        (_topic(n, chance, clusters, organisations) for n in range(size)), batch_size=1000
    )
    fields = terms(Scheme.EDUCATION_FIELD)
    TopicEducationField.objects.bulk_create(
        (TopicEducationField(topic=topic, term=chance.choice(fields)) for topic in made),
        batch_size=2000,
    )
    Place.objects.bulk_create((Place(topic=t, number=1) for t in made), batch_size=2000)
    search.reindex(
        Topic.objects.select_related("organisation").prefetch_related("education_fields")
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _topic(
    n: int, chance: random.Random, clusters: list[Cluster], organisations: list[Organisation]
) -> Topic:
    now = timezone.now()
    return Topic(
        slug=f"bench-{n}",
        title=" ".join(chance.choices(WORDS, k=4)).capitalize(),
        description=" ".join(chance.choices(WORDS, k=12)),
        levels=chance.sample(Level.values, k=chance.randint(1, 2)),
        languages=chance.sample(["fi", "sv", "en"], k=chance.randint(1, 2)),
        region=chance.choice(terms(Scheme.REGION)),
        is_remote=chance.random() < 0.5,
        pay=chance.choice(Pay.values),
        closes_on=timezone.localdate() + timedelta(days=chance.randint(1, 200)),
        home_cluster=chance.choice(clusters),
        organisation=chance.choice(organisations),
        stage=Stage.OPEN,
        published_at=now - timedelta(minutes=n),
        publicity_accepted_at=now,
    )


def empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE theses_topic CASCADE")
    Organisation.objects.filter(slug__startswith="bench-").delete()
    Cluster.objects.filter(slug__startswith="bench-").delete()

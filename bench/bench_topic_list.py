"""The list of thesis topics at 10 000 topics, beside a bare Django view of 20 indexed rows.

Both go through a WSGI handler in this process, in turns. The bare one has no middleware, one
statement and one small template; ours is the real page for a visitor, with its whole frame.
"""

import random
from collections.abc import Callable
from datetime import timedelta
from itertools import count

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

COMMITS = True  # what is kept between requests is kept only outside a transaction
TOPICS = 10_000
GOAL = 2.5
TIMES = 25
WORDS = [
    "varautuminen",
    "turvallisuus",
    "huoltovarmuus",
    "kyberturvallisuus",
    "hanke",
    "kunta",
    "pelastustoimi",
    "häiriö",
    "tilannekuva",
    "sähkökatko",
    "viestintä",
    "vapaaehtoinen",
    "yritys",
    "poliisi",
    "harjoitus",
    "koulutus",
    "tekoäly",
    "drooni",
    "anturi",
    "vesihuolto",
    "elintarvike",
    "logistiikka",
    "evakuointi",
    "simulointi",
    "riskienhallinta",
]
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
    _fill()
    try:
        report.section(f"Thesis topics: the list at {TOPICS} topics, times a bare view")
        _measure(report)
    finally:
        _empty()


def _measure(report: Report) -> None:
    ours = WSGIHandler()
    with override_settings(MIDDLEWARE=[]):
        bare_handler = BareHandler()

    def yardstick() -> None:
        get(bare_handler, "/bare/")

    pages = {
        "list without a query": "",
        "list, two facets chosen": "level=master&language=fi",
        "search: one word": "q=hankkeiden",
        "search: two words and a facet": "q=kunnan+varautuminen&level=bachelor_uas",
    }
    for name, query in pages.items():
        page = _page(ours, query)
        report.add(name, ratio(page, yardstick, times=TIMES), "×", goal=GOAL)
    unseen = _unseen(ours)
    report.add(
        "list, a page not seen before", ratio(unseen, yardstick, times=TIMES), "×", goal=GOAL
    )
    for name in pages:
        fresh = _fresh(_page(ours, pages[name]))  # not even the few clusters
        report.add(f"{name}, nothing kept", ratio(fresh, yardstick, times=TIMES), "×")
    changed = _changed(_page(ours, ""))
    report.add("list, after a change of a topic", ratio(changed, yardstick, times=TIMES), "×")
    report.add("bare view", milliseconds(yardstick, times=TIMES), "ms")
    report.add("list without a query", milliseconds(_page(ours, ""), times=TIMES), "ms")


def _page(handler: WSGIHandler, query: str) -> Callable[[], None]:
    return lambda: get(handler, "/theses/", query)


def _fresh(page: Callable[[], None]) -> Callable[[], None]:
    def act() -> None:
        cache.clear()
        page()

    return act


def _changed(page: Callable[[], None]) -> Callable[[], None]:
    """As for the first reader after somebody has written a topic."""
    topic = Topic.objects.order_by("pk").values_list("pk", flat=True)[0]

    def act() -> None:
        Topic.objects.filter(pk=topic).update(version=1)
        page()

    return act


def _unseen(handler: WSGIHandler) -> Callable[[], None]:
    """The pages of the list one after another: nothing was written meanwhile."""
    numbers = count(2)
    return lambda: get(handler, "/theses/", f"page={next(numbers)}")


def _fill() -> None:
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
        (_topic(n, chance, clusters, organisations) for n in range(TOPICS)), batch_size=1000
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


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE theses_topic, theses_place, theses_topiceducationfield CASCADE")
    Organisation.objects.filter(slug__startswith="bench-").delete()
    Cluster.objects.filter(slug__startswith="bench-").delete()

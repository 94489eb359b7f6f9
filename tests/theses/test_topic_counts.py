"""Whatever is chosen and searched, the list and its counts are those of counting one by one."""

import random
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils import timezone

from cluster_portal.core import newest, search, tokens
from cluster_portal.core.facet_counts import Known
from cluster_portal.core.facets import texts
from cluster_portal.core.newest import Newest
from tests import factories
from tests.theses import factories as made
from theses.filters import FACETS
from theses.models import Topic, tally

CHOICES = {
    "language": ("fi", "sv", "en"),
    "paid": ("yes", "no"),
    "remote": ("yes", "no"),
    "level": ("master", "doctoral", "bachelor_uas"),
    "begins": ("now", "next", "later"),
    "kind": ("company", "municipality"),
    "field": ("06", "07", "10"),
}
BOUNDS = {
    (Newest, "MAX_COUNTED"): (3, 8, 20, 1000),
    (Newest, "PROBE"): (2, 6, 15),
    (Newest, "MAX_RANKED"): (2, 200),
    (newest, "CHANCE"): (0, 1.5),
    (newest, "MARGIN"): (0.3, 1.2),
    (tokens, "MAX_NEAR"): (0, 40, 10_000),
    (tokens, "MAX_APART"): (6, 30, 1500),
    (tokens, "MIN_APART"): (1, 3, 300),
    (tokens, "MAX_PAIRED"): (2, 4),
    (tokens, "MAX_GROUP"): (2, 5),
}


@pytest.fixture
def topics(chance, company, home_cluster, other_cluster, outsider):
    """A hundred of any kind; some of them hers though hidden."""
    hidden = factories.organisation(visibility="members", kind="municipality")
    now, today = timezone.now(), timezone.localdate()
    for _number in range(100):
        owner = chance.choice([company, company, hidden, None])
        contact = {} if owner else {"contact": chance.choice([None, outsider])}
        made.topic(
            owner,
            chance.choice([home_cluster, other_cluster]),
            title=chance.choice(["Drooni", "Satama", "Drooni ja satama", "Muu"]),
            description=chance.choice(["Drooni", "Teksti", "Kelluminen"]),
            visibility=chance.choice(["public"] * 5 + ["accounts", "members", "private"]),
            languages=chance.sample(CHOICES["language"], chance.choice([1, 1, 2])),
            pay=chance.choice(CHOICES["paid"]),
            is_remote=chance.random() < 0.5,
            levels=chance.sample(CHOICES["level"], chance.choice([1, 1, 2])),
            fields=tuple(chance.sample(CHOICES["field"], chance.choice([0, 1, 2]))),
            starts_on=chance.choice([None, *(today + timedelta(days=n) for n in (-300, 150, 400))]),
            published_at=now - timedelta(hours=chance.randint(0, 24 * chance.choice([14, 200]))),
            closes_on=chance.choice([None, None, today, today - timedelta(days=3)]),
            **contact,
        )
    search.reindex(Topic.objects.all())


@pytest.fixture
def chance(request):
    return random.Random(request.param)  # noqa: S311


@pytest.mark.parametrize("chance", range(3), indirect=True)
def test_list_and_counts_are_those_of_counting_one_by_one(
    monkeypatch, chance, topics, outsider, member, office
):
    for _round in range(30):
        for (where, name), values in BOUNDS.items():
            monkeypatch.setattr(where, name, chance.choice(values))
        reader = chance.choice([AnonymousUser(), outsider, member, office])
        keys = chance.sample(list(CHOICES), chance.choice([0, 1, 2, 3, 4, 5, 6]))
        asked = [
            f"{key}={value}"
            for key in keys
            for value in chance.sample(CHOICES[key], chance.choice([1, 1, 2]))
        ]
        compare(reader, chance.choice(["", "", "drooni", "drooni satama", "kell"]), "&".join(asked))


def compare(reader, q, asked):
    params, known = QueryDict(asked), Known(None, lambda: tally.tally(reader))
    visible = Topic.objects.visible_to(reader).open()
    rows = search.search(visible, q)
    faceted = FACETS.apply(rows, params, known)

    hits = sorted(rows, key=lambda topic: (topic.published_at, topic.pk), reverse=True)
    columns = FACETS._columns(Topic, params)
    narrowed = having(hits, columns)
    bound = Newest.MAX_COUNTED
    assert faceted.count == (min(len(narrowed), bound) if faceted.is_capped else len(narrowed))
    best, newest_ones = faceted.best, [topic.pk for topic in narrowed[:bound]]
    if q or any(column.chosen for column in columns):
        assert (sorted(best) if q else best) == (sorted(newest_ones) if q else newest_ones)
    for column, group in zip(columns, faceted.groups, strict=True):
        base = having(hits, [other for other in columns if other is not column])
        stored = {value: s for s, value, _label in column.choices or column.chosen}
        for option in group.options:
            wanted = {column.start + text for text in texts(stored[option.value])}
            exact = sum(bool(wanted & set(topic.facets)) for topic in base)
            assert option.count <= exact if option.is_least else option.count == exact


def having(topics, columns):
    chosen = [set(column.tokens) for column in columns if column.chosen]
    return [topic for topic in topics if all(some & set(topic.facets) for some in chosen)]

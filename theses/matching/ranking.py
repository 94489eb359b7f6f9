"""The inverted index asked for the topics that have most of a wish, and the final order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, transaction
from django.db.models import OuterRef, QuerySet

from theses.matching.wishes import FIELD, Wish, content_score, hashed, of_topic, rarity, with_field
from theses.models import FeatureCount, Topic, TopicChange, TopicEducationField

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from theses.matching.features import Features

POSTINGS = 25_000  # rows of the index read for one wish; the rarest features first
BEST, ENOUGH = 2_000, 100  # of the index's best, whatever their level; possible ones among them
CANDIDATES = 120
UNREAD = 500  # new topics that the index does not have yet, read on the spot
COUNTED = 20_000
ALL = 0  # in place of a feature: the count of all topics
_COUNT = """
    SELECT w.feature, (
        SELECT count(*) FROM (
            SELECT 1 FROM theses_topicfeature f WHERE f.feature = w.feature LIMIT %s
        ) AS counted
    ) FROM unnest(%s::bigint[]) AS w(feature)"""
_BEST = """
    SELECT f.topic_id, sum(f.weight * w.weight) AS score
    FROM unnest(%s::bigint[], %s::float8[]) AS w(feature, weight)
    JOIN theses_topicfeature f ON f.feature = w.feature
    GROUP BY f.topic_id HAVING sum(f.weight * w.weight) > 0
    ORDER BY score DESC, f.topic_id DESC LIMIT %s"""
# Adding nothing keeps the planner from looking every pair of a feature and a topic up by itself.
_RANK = """
    SELECT f.topic_id, sum(f.weight * w.weight) AS score
    FROM unnest(%s::bigint[], %s::float8[]) AS w(feature, weight)
    JOIN theses_topicfeature f ON f.feature = w.feature
    WHERE f.topic_id + 0 = ANY(%s::bigint[])
    GROUP BY f.topic_id HAVING sum(f.weight * w.weight) > 0
    ORDER BY score DESC, f.topic_id DESC LIMIT %s"""


@dataclass(frozen=True)
class Match:
    """`object` is a topic or a profile; `reasons` say why, `doubts` what speaks against."""

    object: Any
    score: float
    reasons: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


class Rarities:
    """How rare features are; asked once per feature, so keep one for a chunk of many wishes."""

    def __init__(self) -> None:
        self.among = _topics_in_all()
        self._having: dict[str, int] = {}

    def of(self, names: Iterable[str]) -> dict[str, float]:
        names = list(names)
        self._ask([name for name in names if name not in self._having])
        return {name: rarity(self._having[name], self.among) for name in names}

    def having(self, name: str) -> int:
        return self._having[name]

    def add(self, features: Collection[Features]) -> None:
        """Count topics in that the index does not have yet."""
        self._ask([name for one in features for name in one if name not in self._having])
        for one in features:
            self.among += 1
            for name in one:
                self._having[name] += 1

    def _ask(self, names: list[str]) -> None:
        numbers = {hashed(name): name for name in names}
        kept = FeatureCount.objects.filter(feature__in=numbers).values_list("feature", "topics")
        found = dict(kept) if numbers else {}
        rest = [number for number in numbers if number not in found]
        if rest:
            with connection.cursor() as cursor:
                cursor.execute(_COUNT, [COUNTED, rest])
                found |= dict(cursor.fetchall())
        for number, name in numbers.items():
            self._having[name] = found.get(number, 0)


def _topics_in_all() -> int:
    kept = FeatureCount.objects.filter(feature=ALL).values_list("topics", flat=True).first()
    return kept or Topic.objects.open().order_by()[:COUNTED].count()


def in_order(
    eligible: QuerySet[Topic],
    exact: QuerySet[Topic],
    wish: Wish,
    limit: int,
    rarities: Rarities | None = None,
) -> list[tuple[int, float]]:
    """Keys and scores of the topics that fit best, best first.

    `eligible` is asked of all topics, so it names only columns of `theses_topic_eligible`; `exact`
    is asked of the best of them, and has the last word on what the reader may see.
    """
    rarities = rarities or Rarities()
    unread = {topic.pk: of_topic(topic) for topic in _unread(eligible)}
    rarities.add(unread.values())
    rare = rarities.of(wish.weights)
    scores = {pk: content_score(wish.weights, has, rare) for pk, has in unread.items()}
    asked = _strongest(wish, rare, rarities)
    rest = eligible.exclude(pk__in=list(unread)) if unread else eligible
    indexed = _of_the_best(rest, asked)
    if len(indexed) >= ENOUGH:
        ranked = _judged(exact, wish, scores | indexed, set(unread))
        if len(ranked) >= limit:
            return ranked[:limit]
    return _of_all(rest, exact, wish, scores, asked, limit)


def _of_the_best(eligible: QuerySet[Topic], asked: dict[int, float]) -> dict[int, float]:
    """Those of the topics that have most of the wish which are possible too: mostly enough."""
    with connection.cursor() as cursor:
        cursor.execute(_BEST, [list(asked), list(asked.values()), BEST])
        best = dict(cursor.fetchall())
    if not best:
        return {}
    possible = eligible.filter(pk__in=list(best)).order_by().values_list("pk", flat=True)
    pairs = sorted(((pk, best[pk]) for pk in possible), key=lambda pair: -pair[1])
    return dict(pairs[:CANDIDATES])


def _of_all(
    eligible: QuerySet[Topic],
    exact: QuerySet[Topic],
    wish: Wish,
    scores: dict[int, float],
    asked: dict[int, float],
    limit: int,
) -> list[tuple[int, float]]:
    """When little is possible: all that is, with whatever it has of the wish."""
    possible, wanted, bare = _keys(eligible), CANDIDATES, set(scores)
    while True:
        indexed = _indexed(possible, asked, wanted) if possible else {}
        ranked = _judged(exact, wish, scores | indexed, bare)
        if len(ranked) >= limit or len(indexed) < wanted:
            return ranked[:limit]
        wanted *= 4


def _keys(rows: QuerySet[Topic]) -> list[int]:
    """From the covering index, which is small enough to be in memory, not from the wide table."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL random_page_cost = 1")
        return list(rows.order_by().values_list("pk", flat=True))


def _unread(eligible: QuerySet[Topic]) -> list[Topic]:
    noted = TopicChange.objects.order_by("-pk").values_list("topic", flat=True)[:UNREAD]
    pks = set(noted)
    if not pks:
        return []
    rows = Topic.objects.filter(pk__in=eligible.filter(pk__in=pks).values("pk"))
    return list(rows.prefetch_related("terms"))


def _strongest(wish: Wish, rare: Mapping[str, float], rarities: Rarities) -> dict[int, float]:
    """What is asked of the index: the weightiest features, until that is too much to read."""
    asked = {hashed(field_name(key)): FIELD for key in wish.fields}
    room = POSTINGS
    weighed = {
        name: weight * rare[name] for name, weight in wish.weights.items() if rarities.having(name)
    }
    for name in sorted(weighed, key=lambda one: -abs(weighed[one])):
        room -= rarities.having(name)
        if room < 0:
            break
        asked[hashed(name)] = weighed[name]
    return asked


def field_name(key: int) -> str:
    """The feature of a field of education: in the index, but no part of a text."""
    return f"f:{key}"


def _indexed(eligible: list[int], asked: dict[int, float], limit: int) -> dict[int, float]:
    with connection.cursor() as cursor:
        cursor.execute(_RANK, [list(asked), list(asked.values()), eligible, limit])
        return dict(cursor.fetchall())


def _judged(
    exact: QuerySet[Topic], wish: Wish, scores: dict[int, float], bare: set[int]
) -> list[tuple[int, float]]:
    """With the field of education weighed in; the index has added it to what it has scored."""
    fields = TopicEducationField.objects.filter(topic=OuterRef("pk")).values("term_id")
    seen = exact.filter(pk__in=list(scores)).order_by()
    judged = []
    for pk, theirs in seen.values_list("pk", ArraySubquery(fields)):
        among = wish.fields & set(theirs)
        content = scores[pk] - (0 if pk in bare else FIELD * len(among))
        score = with_field(content, wish.fields, frozenset(theirs))
        if score > 0:
            judged.append((pk, score))
    return sorted(judged, key=lambda pair: (-pair[1], -pair[0]))

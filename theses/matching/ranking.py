"""The inverted index asked for the topics that have most of a wish, and the final order."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, Func, OuterRef, Q, QuerySet, Value

from theses.matching import masks
from theses.matching.wishes import (
    FIELD,
    NO_FIELD,
    OTHER_FIELD,
    Wish,
    content_score,
    hashed,
    of_topic,
    rarity,
    with_field,
)
from theses.models import FeatureCount, Topic, TopicChange, TopicEducationField

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from theses.matching.features import Features
    from theses.matching.masks import Needs

POSTINGS = 60_000  # rows of the index read for one wish at first, the weightiest features
WIDTHS = (400, 4_000, None)  # how many of the index's best are asked whether they are possible
UNREAD = 60  # new topics that the index does not have yet, read on the spot
COUNTED = 20_000
ALL = 0  # in place of a feature: the count of all topics
_COUNT = """
    SELECT w.feature, (
        SELECT count(*) FROM (
            SELECT 1 FROM theses_topicfeature f WHERE f.feature = w.feature LIMIT %(most)s
        ) AS counted
    ) FROM unnest(%(features)s::bigint[]) AS w(feature)"""
# The score is that of `wishes.with_field`, but for fields that share a bit.
_BEST = """
    SELECT topic_id, content FROM (
        SELECT topic_id, content, CASE
            WHEN mask & %(mine)s <> 0 THEN content + %(field)s
            WHEN mask & %(others)s <> 0 THEN content * %(other)s
            ELSE content * %(none)s END AS score
        FROM (
            SELECT f.topic_id, f.mask, sum(f.weight * w.weight) AS content
            FROM unnest(%(features)s::bigint[], %(weights)s::float8[]) AS w(feature, weight)
            JOIN theses_topicfeature f ON f.feature = w.feature
            WHERE f.mask & %(level)s <> 0 AND f.mask & %(language)s <> 0
                AND f.mask & %(pay)s <> 0 AND f.mask & %(place)s <> 0
            GROUP BY f.topic_id, f.mask
        ) AS summed
    ) AS scored
    WHERE score > 0 ORDER BY score DESC, topic_id DESC LIMIT %(width)s"""


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
        self._among: int | None = None
        self._having: dict[str, int] = {}

    def of(self, names: Iterable[str]) -> dict[str, float]:
        names = list(names)
        self._ask(names)
        return {name: rarity(self._having[name], self._among or 0) for name in names}

    def having(self, name: str) -> int:
        return self._having[name]

    def add(self, features: Collection[Features]) -> None:
        """Count topics in that the index does not have yet."""
        self._ask([name for one in features for name in one])
        for one in features:
            self._among = (self._among or 0) + 1
            for name in one:
                self._having[name] += 1

    def _ask(self, names: Iterable[str]) -> None:
        """By the night's count. What that does not know is new and rare; before the first night,
        all is counted on the spot."""
        numbers = {hashed(name): name for name in names if name not in self._having}
        if not numbers and self._among is not None:
            return
        rows = FeatureCount.objects.filter(one_of("feature", [ALL, *numbers]))
        found = dict(rows.values_list("feature", "topics"))
        if ALL not in found:
            found = _counted(numbers)
        if self._among is None:
            self._among = found[ALL]
        for number, name in numbers.items():
            self._having[name] = found.get(number, 0)


def _counted(numbers: Iterable[int]) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"most": COUNTED, "features": list(numbers)})
        found = dict(cursor.fetchall())
    return found | {ALL: Topic.objects.open().order_by()[:COUNTED].count()}


def one_of(field: str, keys: Iterable[int]) -> Q:
    """One array, where `__in` would make parameters by the thousand."""
    array = Value(list(keys), output_field=ArrayField(BigIntegerField()))
    return Q(**{f"{field}__in": Func(array, template="(SELECT unnest(%(expressions)s))")})


def in_order(
    possible: QuerySet[Topic],
    needs: Needs,
    wish: Wish,
    limit: int,
    rarities: Rarities | None = None,
) -> list[tuple[int, float]]:
    """Keys and scores of the topics that fit best, best first.

    `possible` has every constraint and the last word on what the reader may see; it is asked only
    of the best. `needs` says of them what the index can tell.
    """
    rarities = rarities or Rarities()
    unread = {topic.pk: of_topic(topic) for topic in _unread(possible)}
    if unread:
        rarities.add(unread.values())
    rare = rarities.of([*wish.weights, *map(field_name, wish.fields)])
    scores = {pk: content_score(wish.weights, has, rare) for pk, has in unread.items()}
    # The field has no weight of its own here, but finds those that share nothing else.
    every = {name: wish.weights.get(name, 0.0) * rare[name] for name in rare}
    asked = _strongest(every, rarities)
    for width in WIDTHS:
        best = _best(asked, needs, wish, width)
        ranked = _judged(possible, wish, best | scores)
        is_all = len(asked) == len(every) and len(best) != width
        if len(ranked) >= limit or is_all:
            break
        asked = every
    return ranked[:limit]


def _strongest(weighed: Mapping[str, float], rarities: Rarities) -> dict[str, float]:
    """The weightiest features, until that is too much to read."""
    room, asked = POSTINGS, {}
    for name in sorted(weighed, key=lambda one: -abs(weighed[one])):
        room -= rarities.having(name)
        if room < 0:
            break
        asked[name] = weighed[name]
    return asked


def _best(
    asked: Mapping[str, float], needs: Needs, wish: Wish, width: int | None
) -> dict[int, float]:
    """Topics that the index does not rule out, with what they have of the wish but the field."""
    values = {
        "features": [hashed(name) for name in asked],
        "weights": list(asked.values()),
        **asdict(needs),
        "mine": masks.of_fields(wish.fields),
        "others": masks.FIELDS if wish.fields else 0,
        "field": FIELD,
        "other": OTHER_FIELD,
        "none": NO_FIELD,
        "width": width,
    }
    with connection.cursor() as cursor:
        cursor.execute(_BEST, values)
        return dict(cursor.fetchall())


def _unread(possible: QuerySet[Topic]) -> list[Topic]:
    noted = TopicChange.objects.order_by("-pk").values_list("topic", flat=True)[:UNREAD]
    pks = set(noted)
    rows = possible.filter(one_of("pk", pks)).prefetch_related("terms") if pks else []
    return list(rows)


def field_name(key: int) -> str:
    """The feature of a field of education: in the index, but no part of a text."""
    return f"f:{key}"


def _judged(
    possible: QuerySet[Topic], wish: Wish, scores: Mapping[int, float]
) -> list[tuple[int, float]]:
    """With the field of education weighed in."""
    fields = TopicEducationField.objects.filter(topic=OuterRef("pk")).values("term_id")
    rows = possible.filter(one_of("pk", scores)).order_by() if scores else possible.none()
    judged = []
    for pk, theirs in rows.values_list("pk", ArraySubquery(fields)):
        score = with_field(scores[pk], wish.fields, frozenset(theirs))
        if score > 0:
            judged.append((pk, score))
    return sorted(judged, key=lambda pair: (-pair[1], -pair[0]))

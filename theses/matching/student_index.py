"""The index of students asked for those who are most after what a topic has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from theses.matching.ranking import WIDTHS, Rarities, one_of
from theses.matching.reading import reading
from theses.matching.wishes import FIELD, NO_FIELD, OTHER_FIELD, hashed
from theses.models import StudentRead

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from theses.matching.features import Features
    from theses.models import StudentProfile

# The score is that of `wishes.with_field`.
_BEST = """
    SELECT profile_id FROM (
        SELECT r.profile_id, CASE
            WHEN r.fields && %(mine)s::bigint[] THEN coalesce(s.content, 0) + %(field)s
            WHEN cardinality(r.fields) > 0 AND cardinality(%(mine)s::bigint[]) > 0
                THEN coalesce(s.content, 0) * %(other)s
            ELSE coalesce(s.content, 0) * %(none)s END AS score
        FROM theses_studentread r LEFT JOIN (
            SELECT f.profile_id, sum(f.weight * w.weight) AS content
            FROM unnest(%(features)s::bigint[], %(weights)s::float8[]) AS w(feature, weight)
            JOIN theses_studentfeature f ON f.feature = w.feature
            GROUP BY f.profile_id
        ) AS s ON s.profile_id = r.profile_id
        WHERE r.reading = %(reading)s
    ) AS scored
    WHERE score > 0 ORDER BY score DESC, profile_id LIMIT %(width)s"""


def has_been_read() -> Q:
    """Whose features stand in the index, by the reading of today."""
    return Q(Exists(StudentRead.objects.filter(profile=OuterRef("pk"), reading=reading())))


def best(
    possible: QuerySet[StudentProfile], features: Features, fields: frozenset[int], limit: int
) -> list[int]:
    """Keys of the `limit` students in the index who fit best and are possible, best first.

    `possible` has every constraint and the last word on whom the reader may see; it is asked only
    of the best, and where too few of these are possible, of more.
    """
    rare, found = Rarities().of(features), list[int]()
    for width in WIDTHS:
        keys = _best(features, rare, fields, width)
        rows = possible.order_by().filter(one_of("pk", keys)) if keys else possible.none()
        seen = set(rows.values_list("pk", flat=True))
        found = [pk for pk in keys if pk in seen]
        if len(found) >= limit or len(keys) != width:
            break
    return found[:limit]


def _best(
    features: Features, rare: Mapping[str, float], fields: frozenset[int], width: int | None
) -> list[int]:
    values: dict[str, Any] = {
        "features": [hashed(name) for name in features],
        "weights": [weight * rare.get(name, 0.0) for name, weight in features.items()],
        "mine": sorted(fields),
        "field": FIELD,
        "other": OTHER_FIELD,
        "none": NO_FIELD,
        "reading": reading(),
        "width": width,
    }
    with connection.cursor() as cursor:
        cursor.execute(_BEST, values)
        return [pk for (pk,) in cursor.fetchall()]

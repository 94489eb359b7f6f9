"""Keeps the index of students whole: reads those who are not in it, or were by another reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from theses.matching import wishes
from theses.matching.people import size_of
from theses.matching.reading import reading
from theses.matching.student_index import has_been_read
from theses.models import StudentFeature, StudentProfile, StudentRead
from theses.models.profiles import Openness

if TYPE_CHECKING:
    from collections.abc import Iterable

CHUNK = 200
_INSERT = """
    INSERT INTO theses_studentfeature (feature, profile_id, weight)
    SELECT feature, profile_id, sum(weight)
    FROM unnest(%s::bigint[], %s::bigint[], %s::float8[]) AS n(feature, profile_id, weight)
    GROUP BY 1, 2"""


def read_unread(limit: int | None = None) -> int:
    """At most about `limit` students, each chunk in a transaction of its own; how many."""
    done = 0
    while limit is None or done < limit:
        read = _read_chunk()
        if not read:
            break
        done += read
    return done


@transaction.atomic
def _read_chunk() -> int:
    """Their rows are held, also against new themes, until what was read is written."""
    rows = StudentProfile.objects.exclude(openness=Openness.PRIVATE).exclude(has_been_read())
    rows = rows.select_for_update(of=("self",), skip_locked=True).order_by("pk")
    profiles = list(rows.prefetch_related("terms", "education_fields")[:CHUNK])
    _write(profiles)
    return len(profiles)


def _write(profiles: Iterable[StudentProfile]) -> None:
    pks = [profile.pk for profile in profiles]
    names, keys, weights, reads = [], [], [], []
    for profile in profiles:
        wish = wishes.of_student(profile)
        size = size_of(wish.weights)
        for name, weight in wish.weights.items():
            names.append(wishes.hashed(name))
            keys.append(profile.pk)
            weights.append(weight / size)
        reads.append(StudentRead(profile=profile, reading=reading(), fields=sorted(wish.fields)))
    StudentFeature.objects.filter(profile__in=pks).delete()
    StudentRead.objects.filter(profile__in=pks).delete()
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [names, keys, weights])
    StudentRead.objects.bulk_create(reads)

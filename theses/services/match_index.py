"""Keeps the inverted index of the matching true: reads again what was noted as changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from cluster_portal.core.search import SearchState
from theses.matching import masks
from theses.matching.ranking import ALL, field_name
from theses.matching.reading import reading
from theses.matching.wishes import hashed, of_topic
from theses.models import Topic, TopicChange, TopicFeature

if TYPE_CHECKING:
    from collections.abc import Iterable

CHUNK = 500
MOST_FEATURES = 160  # of a topic, the strongest
_INSERT = """
    INSERT INTO theses_topicfeature (feature, topic_id, weight, mask)
    SELECT feature, topic_id, max(weight), max(mask)
    FROM unnest(%s::bigint[], %s::bigint[], %s::float8[], %s::int[])
        AS n(feature, topic_id, weight, mask)
    GROUP BY 1, 2"""


@transaction.atomic
def note_if_read_anew() -> bool:
    """Note every topic when the index was written by another reading; whether it was."""
    table, now = TopicFeature._meta.db_table, reading()
    if SearchState.objects.filter(table=table, analyser=now).exists():
        return False
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO theses_topicchange (topic_id) SELECT id FROM theses_topic")
    SearchState.objects.update_or_create(table=table, defaults={"analyser": now})
    return True


def write_noted(limit: int | None = None) -> int:
    """Read the noted topics again, at most about `limit`; how many were read.

    Each chunk is a transaction of its own. Its notes are locked before the topics are read, so what
    is written meanwhile leaves a note that stays.
    """
    done = 0
    while limit is None or done < limit:
        read = _write_chunk()
        if not read:
            break
        done += read
    return done


@transaction.atomic
def _write_chunk() -> int:
    notes = TopicChange.objects.select_for_update(skip_locked=True).order_by("pk")
    taken = dict(notes.values_list("pk", "topic")[:CHUNK])
    if not taken:
        return 0
    pks = sorted(set(taken.values()))
    with connection.cursor() as cursor:  # two workers, each with a note of the same topic
        cursor.execute("SELECT pg_advisory_xact_lock(7261002, 0)")
    topics = Topic.objects.filter(pk__in=pks).prefetch_related("terms", "education_fields")
    _write(pks, topics)
    TopicChange.objects.filter(pk__in=taken).delete()
    return len(pks)


def _write(pks: list[int], topics: Iterable[Topic]) -> None:
    names, keys, weights, bits = [], [], [], []
    for topic in topics:
        features = sorted(of_topic(topic).items(), key=lambda pair: -pair[1])[:MOST_FEATURES]
        fields = [term.pk for term in topic.education_fields.all()]
        mask = masks.of_topic(topic, fields)
        for name, weight in [*features, *((field_name(key), 1.0) for key in fields)]:
            names.append(hashed(name))
            keys.append(topic.pk)
            weights.append(weight)
            bits.append(mask)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM theses_topicfeature WHERE topic_id = ANY(%s)", [pks])
        cursor.execute(_INSERT, [names, keys, weights, bits])


@transaction.atomic
def count_features() -> int:
    """How many topics have each feature, written anew; returns how many topics there are.

    Features of topics that are gone go too. Readers of the counts never see them half written.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT pg_advisory_xact_lock(7261002, 1)")
        cursor.execute(
            "DELETE FROM theses_topicfeature f"
            " WHERE NOT EXISTS (SELECT FROM theses_topic t WHERE t.id = f.topic_id)"
        )
        cursor.execute("DELETE FROM theses_featurecount")
        cursor.execute(
            "INSERT INTO theses_featurecount (feature, topics)"
            " SELECT feature, count(*) FROM theses_topicfeature GROUP BY feature"
            " UNION ALL SELECT %s, count(DISTINCT topic_id) FROM theses_topicfeature",
            [ALL],
        )
        cursor.execute("SELECT topics FROM theses_featurecount WHERE feature = %s", [ALL])
        row = cursor.fetchone()
    return int(row[0]) if row else 0

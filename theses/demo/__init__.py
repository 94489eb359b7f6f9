"""The example's topics: the file through the import itself, then what its columns lack."""

from __future__ import annotations

import csv
import io
import tomllib
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from cluster_portal.core import search
from cluster_portal.core.vocabulary import Term
from members.models import Cluster, User
from members.services.organisations import find_organisation, only_cluster_of
from theses.models import Application, Topic, TopicTerm
from theses.models.applications import Stage
from theses.models.choices import Stage as TopicStage
from theses.services.topic_import import import_topics
from theses.services.topics import free_places

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = (
    "title_sv", "title_en", "summary_sv", "summary_en", "aim", "material", "schedule", "pay",
)  # fmt: skip
ANSWER_AFTER = timedelta(days=5)


@transaction.atomic
def load(folder: Path, today: date) -> None:
    """Idempotent: topics that are there already keep what was made of them, dates included."""
    text = (folder / "topics.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    keys = [row["external_id"] for row in rows]
    had = set(Topic.objects.filter(external_id__in=keys).values_list("external_id", flat=True))
    fresh = [row for row in rows if row["external_id"] not in had]
    _import(fresh)
    extras = tomllib.loads((folder / "topics_extra.toml").read_text(encoding="utf-8"))
    for row in fresh:
        topic = Topic.objects.get(external_id=row["external_id"])
        _complete(topic, extras.get(row["external_id"], {}), today)


def _import(rows: list[dict[str, str]]) -> None:
    """An organisation of several clusters, or of none, offers through the first cluster."""
    first = Cluster.objects.order_by("founded", "pk").first()
    by_cluster: dict[Cluster | None, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        organisation = find_organisation(row["organisation"])
        home = only_cluster_of(organisation) if organisation else None
        by_cluster[home or first].append(row)
    for cluster, group in by_cluster.items():
        out = io.StringIO()
        writer = csv.DictWriter(out, list(group[0]))
        writer.writeheader()
        writer.writerows(group)
        report = import_topics(out.getvalue().encode(), by=None, cluster=cluster)
        if report.faults:
            raise ValueError("topics.csv: " + " ".join(report.sentences()))


def _complete(topic: Topic, extra: dict[str, Any], today: date) -> None:
    for name in PLAIN:
        setattr(topic, name, extra.get(name, getattr(topic, name)))
    topic.questions = "\n".join(extra.get("questions", []))
    topic.contact = User.objects.filter(email=extra.get("contact", "")).first()
    topic.supervisor = User.objects.filter(email=extra.get("supervisor", "")).first()
    topic.published_at = moment(today, -extra.get("published_days_ago", 10))
    if "closes_in_days" in extra:
        topic.closes_on = today + timedelta(days=extra["closes_in_days"])
    if "starts_in_days" in extra:
        topic.starts_on = today + timedelta(days=extra["starts_in_days"])
    terms = Term.objects.filter(code__in=extra.get("terms", []))
    TopicTerm.objects.bulk_create(TopicTerm(topic=topic, term=term) for term in terms)
    for row in extra.get("application", []):
        _apply(topic, row, today)
    if not free_places(topic):
        topic.stage = TopicStage.RESERVED
    topic.save()
    search.reindex(topic)


def _apply(topic: Topic, row: dict[str, Any], today: date) -> None:
    student = User.objects.filter(email=row["student"]).first()
    if student is None:
        return
    sent = moment(today, -row.get("submitted_days_ago", 5))
    made = Application(
        topic=topic,
        student=student,
        motivation=row["motivation"],
        school=row["school"],
        stage=row["stage"],
        submitted_at=sent,
        reason=row.get("reason", ""),
    )
    if made.stage != Stage.SUBMITTED:
        made.decided_at, made.decided_by = min(sent + ANSWER_AFTER, timezone.now()), topic.contact
    if made.stage == Stage.ACCEPTED:
        made.place = free_places(topic)[0]
    made.save()


def moment(today: date, days: int) -> datetime:
    """Ten in the morning of the day."""
    return timezone.make_aware(datetime.combine(today + timedelta(days=days), time(10)))

"""The example's topics of students and supervisors, a split one, and what topics are tied to."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from cluster_portal.core.vocabulary import Scheme, Term
from members.models import Cluster, Coordinator, Organisation, User
from projects.demo.measures import measures_named
from projects.models import Challenge, Project
from theses.demo import moment
from theses.models import ThreadLink, Topic, TopicTerm
from theses.models.choices import Origin
from theses.services import proposals, topics

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]
PLAIN = (
    *("title", "title_sv", "title_en", "summary_sv", "summary_en", "description", "aim"),
    *("schedule", "levels", "languages", "municipality", "pay"),
)


def rows_of(folder: Path, kind: str, file: str = "theses") -> list[Row]:
    return tomllib.loads((folder / f"{file}.toml").read_text(encoding="utf-8")).get(kind, [])


def person(email: str | None) -> User | None:
    return User.objects.get(email=email) if email else None


def organisation(external_id: str | None) -> Organisation | None:
    return Organisation.objects.get(external_id=external_id) if external_id else None


@transaction.atomic
def load(folder: Path, today: date) -> None:
    """Idempotent: a topic that is there already is left as it is."""
    finished = {row["topic"] for row in rows_of(folder, "finished")}
    for row in rows_of(folder, "topic"):
        key = row["external_id"]
        if not Topic.objects.filter(external_id=key).exists():
            _load_topic(row, today, is_open=key not in finished)
    for row in rows_of(folder, "project", "projects"):
        _tie(row)


def _load_topic(row: Row, today: date, *, is_open: bool) -> None:
    topic = _draft(row, today)
    by = topic.student or topic.contact or topic.supervisor
    fields = Term.objects.filter(scheme=Scheme.EDUCATION_FIELD, code__in=row["fields"])
    topics.create_topic(topic, by=by, fields=fields, links=_links(row))
    terms = Term.objects.filter(code__in=row["terms"])
    TopicTerm.objects.bulk_create(TopicTerm(topic=topic, term=term) for term in terms)
    if is_open:
        _publish(topic, row, today)


def _draft(row: Row, today: date) -> Topic:
    contact = person(row.get("contact"))
    place = Organisation.objects.filter(municipality=row["municipality"]).first()
    supervisor = person(row.get("supervisor"))
    is_supervisors = row["origin"] == Origin.SUPERVISOR
    return Topic(
        **{name: row[name] for name in PLAIN if name in row},
        external_id=row["external_id"],
        slug=row["external_id"],
        origin=row["origin"],
        home_cluster=Cluster.objects.get(slug=row["cluster"]),
        organisation=organisation(row.get("organisation")),
        contact=contact or (supervisor if is_supervisors else None),
        student=person(row.get("student")) if row["origin"] == Origin.STUDENT else None,
        supervisor=supervisor,
        region=place.region if place else None,
        is_remote=row["remote"],
        closes_on=today + timedelta(days=row["closes_in_days"]),
        publicity_accepted_at=timezone.now(),
    )


def _links(row: Row) -> Row:
    """What a new topic is tied to: at most one of each kind."""
    links: Row = {}
    if "challenges" in row:
        links["challenge"] = Challenge.objects.get(slug=row["challenges"][0])
    if "project" in row:
        links["project"] = Project.objects.get(slug=row["project"])
    if "measure" in row:
        links["measure"] = measures_named([row["measure"]])[0]
    return links


def _publish(topic: Topic, row: Row, today: date) -> None:
    """The cluster's coordinator reads and publishes it; its parts follow."""
    office = Coordinator.objects.current(today).filter(cluster=topic.home_cluster)
    coordinator = office.select_related("user").order_by("pk")[0].user
    topic = topics.publish_topic(topic, by=coordinator)
    made = [topic]
    for each in row.get("part", []):
        school = Organisation.objects.get(external_id=each["institution"])
        values = {"title": each["title"], "school": school, "levels": each["levels"]}
        part = proposals.split_topic(topic, values, by=topic.contact or coordinator)
        made.append(topics.publish_topic(part, by=coordinator))
    published = moment(today, -row["published_days_ago"])
    Topic.objects.filter(pk__in=[each.pk for each in made]).update(published_at=published)


def _tie(row: Row) -> None:
    """The topics that a project names."""
    project = Project.objects.filter(slug=row["slug"]).first()
    named = Topic.objects.filter(external_id__in=row.get("topics", []))
    for topic in named if project else ():
        ThreadLink.objects.get_or_create(topic=topic, project=project)

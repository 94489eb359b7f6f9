"""The example's documents, discussion and status reports of a project, from a plain data file."""

from __future__ import annotations

import datetime
import tomllib
import uuid
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from cluster_portal.core.files import Upload
from members.models import Organisation, User
from projects.models import Discussion, DiscussionMessage, Project, ProjectDocument, StatusReport
from projects.services.documents import Sent, add_document, add_version

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]
HOUR = datetime.time(10)
TEXTS = ("light", "reason", "done", "coming", "risks", "read_by")


@transaction.atomic
def load(folder: Path, today: datetime.date) -> None:
    rows = tomllib.loads((folder / "papers.toml").read_text(encoding="utf-8"))
    for row in rows["document"]:
        project = Project.objects.get(slug=row["project"])
        if not project.documents.filter(title=row["title"]).exists():
            _load_document(project, row, today)
    for row in rows["discussion"]:
        project = Project.objects.get(slug=row["project"])
        if not project.discussions.filter(title=row["title"]).exists():
            _load_discussion(project, row, today)
    for row in rows["report"]:
        project = Project.objects.get(slug=row["project"])
        ends_on = today - datetime.timedelta(days=row["ended_days_ago"])
        if project.status_reports.count() < row["number"]:
            _load_report(project, row, ends_on)


def _load_document(project: Project, row: Row, today: datetime.date) -> None:
    first, *later = row["version"]
    document = add_document(
        project, _sent(first), title=row["title"], read_by=row["read_by"], by=_by(first)
    )
    for each in later:
        add_version(document, _sent(each), by=_by(each))
    for version, each in zip(document.versions.order_by("number"), row["version"], strict=True):
        version.sent_at = moment(today, each["days_ago"])
        version.save(update_fields=["sent_at"])
        ProjectDocument.objects.filter(pk=document.pk).update(updated_at=version.sent_at)


def _load_discussion(project: Project, row: Row, today: datetime.date) -> None:
    """Nobody is told of the example's own messages."""
    times = [moment(today, each["days_ago"]) for each in row["message"]]
    discussion = Discussion.objects.create(
        project=project, title=row["title"], author=_by(row["message"][0]), last_at=times[-1]
    )
    for each, sent_at in zip(row["message"], times, strict=True):
        DiscussionMessage.objects.create(
            discussion=discussion, author=_by(each), text=each["text"].strip(), sent_at=sent_at,
            organisation=Organisation.objects.get(external_id=each["organisation"]),
        )  # fmt: skip


def _load_report(project: Project, row: Row, ends_on: datetime.date) -> None:
    days = {name: row[name] for name in ("days", "next_in_days", "written_after_days")}
    StatusReport.objects.create(
        project=project, author=_by(row), ends_on=ends_on,
        starts_on=ends_on - datetime.timedelta(days=days["days"]),
        next_on=ends_on + datetime.timedelta(days=days["next_in_days"]),
        written_at=moment(ends_on, -days["written_after_days"]),
        **{name: row[name].strip() for name in TEXTS if name in row},
    )  # fmt: skip


def _sent(row: Row) -> Sent:
    upload = Upload(row["file"], "txt", row["text"].strip().encode())
    return Sent(upload, uuid.uuid4(), row.get("note", ""))


def _by(row: Row) -> User:
    return User.objects.get(email=row["by"])


def moment(today: datetime.date, days_ago: int) -> datetime.datetime:
    day = today - datetime.timedelta(days=days_ago)
    return timezone.make_aware(datetime.datetime.combine(day, HOUR))

"""The example's theses under way and finished, messages that wait, and schools' guides."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from cluster_portal.core import search
from members.models import Organisation, User
from projects.models import Result
from theses.demo import moment
from theses.demo.topics import Row, organisation, person, rows_of
from theses.models import Agreement, Application, Approach, SchoolGuide, Thesis, Topic
from theses.models.applications import Stage as ApplicationStage
from theses.models.choices import Stage as TopicStage
from theses.models.works import Stage
from theses.services import (
    applications,
    approaches,
    interviews,
    links,
    supervision,
    topics,
    works,
    workspace,
)

if TYPE_CHECKING:
    from pathlib import Path

SETTLED: dict[str, Any] = {"permits": "not_needed", "data": "public", "rights": "licence"}
REPORT = ("title", "level", "repository_url", "abstract", "used_for", "usage", "shows_author")


@transaction.atomic
def load(folder: Path, today: date) -> None:
    """Idempotent: what is there already is left as it is."""
    for row in rows_of(folder, "guide"):
        _guide(row, today)
    for kind, loads in (
        ("thesis", _thesis), ("finished", _finished), ("interview", _interview),
        ("approach", _approach),
    ):  # fmt: skip
        for row in rows_of(folder, kind):
            topic = Topic.objects.filter(external_id=row["topic"]).first()
            if topic is not None:
                loads(topic, row, today)


def _guide(row: Row, today: date) -> None:
    school = Organisation.objects.get(external_id=row["institution"])
    names = ("text_fi", "text_sv", "text_en", "deadlines", "agreement_url", "repository_url")
    values = {name: row[name].strip() for name in names}
    values["checked_on"] = today - timedelta(days=row["checked_days_ago"])
    SchoolGuide.objects.get_or_create(school=school, defaults=values)


def _thesis(topic: Topic, row: Row, today: date) -> None:
    student = User.objects.get(email=row["student"])
    if Thesis.objects.filter(application__topic=topic, application__student=student).exists():
        return
    by = topic.contact or student
    thesis = _opened(topic, student, by, row)
    if "target_in_days" in row:
        target = today + timedelta(days=row["target_in_days"])
        workspace.set_target(thesis, target, by=student)
    asked = [User.objects.get(email=email) for email in row.get("ask", [])]
    if asked:
        supervision.choose_supervisors(thesis, asked, by=student)
    if row.get("reaches") == Stage.IN_PROGRESS:
        _work(thesis, row, today)


def _opened(topic: Topic, student: User, by: User, row: Row) -> Thesis:
    """Of an accepted application: the topics' files have it, or it is sent and accepted here."""
    application = Application.objects.filter(
        topic=topic, student=student, stage=ApplicationStage.ACCEPTED
    ).first()
    if application is None:
        application = applications.apply(
            topic, by=student, motivation=row["motivation"], school=row["school"]
        )
        application = applications.accept_application(application, by=by)
        return Thesis.objects.get(application=application)
    topic = topics.locked(topic)
    application.topic = topic
    thesis = works.open_thesis(application, by=by)
    topics.follow_theses(topic, by=by)
    return Thesis.objects.select_related("application__topic").get(pk=thesis.pk)


def _work(thesis: Thesis, row: Row, today: date) -> None:
    """Agreed and begun on an earlier day, some of the way done, and a light."""
    student, contact = thesis.application.student, thesis.topic.contact
    first = today - timedelta(days=row["started_days_ago"])
    days = {"started_on": first, "created_at": moment(first, -10)}
    Thesis.objects.filter(pk=thesis.pk).update(**days)
    workspace.change_agreement(thesis, {**SETTLED, "signed_on": first}, by=student)
    thesis.refresh_from_db()
    for party in (student, contact, thesis.supervisor):
        if party is not None:
            workspace.confirm_agreement(thesis, by=party)
    works.move_thesis(thesis, "begin", by=student)
    Thesis.objects.filter(pk=thesis.pk).update(**days)
    for milestone in thesis.milestones.all()[: row["done"]]:
        done = workspace.tick_milestone(milestone, by=student)
        done.done_on = min(done.due_on, today)
        done.save(update_fields=["done_on"])
    workspace.set_light(thesis, row["light"], by=student, note=row["light_note"])


def _finished(topic: Topic, row: Row, today: date) -> None:
    """Written as it ended: the services know only what happens now."""
    if Thesis.objects.filter(slug=row["slug"]).exists():
        return
    student, supervisor = (User.objects.get(email=row[key]) for key in ("student", "supervisor"))
    begun, ended = (today - timedelta(days=row[f"{n}_days_ago"]) for n in ("started", "finished"))
    topic.stage, topic.published_at = TopicStage.FINISHED, moment(begun, -60)
    topic.save()
    place = topics.free_places(topic)[0]
    application = Application.objects.create(
        topic=topic, student=student, place=place, stage=ApplicationStage.COMPLETED,
        motivation=topic.title, school=row["school"], submitted_at=moment(begun, -40),
        decided_at=moment(begun, -25), decided_by=topic.contact,
    )  # fmt: skip
    codes = topic.education_fields.order_by("code").values_list("code", flat=True)
    thesis = Thesis.objects.create(
        **{name: row[name].strip() if isinstance(row[name], str) else row[name] for name in REPORT},
        application=application, slug=row["slug"], supervisor=supervisor, stage=Stage.FINISHED,
        started_on=begun, finished_on=ended, finished_year=ended.year, field_codes=list(codes),
        usage_at=timezone.now(), created_at=moment(begun, -25),
    )  # fmt: skip
    confirmed = moment(begun, -5)
    Agreement.objects.create(
        thesis=thesis, signed_on=begun, **SETTLED,
        student_at=confirmed, commissioner_at=confirmed, supervisor_at=confirmed,
    )  # fmt: skip
    search.reindex(thesis)
    if "result" in row:
        links.tie_result(thesis, Result.objects.get(slug=row["result"]))


def _interview(topic: Topic, row: Row, today: date) -> None:
    """As long as nobody has answered the application."""
    rows = Application.objects.filter(topic=topic, student__email=row["student"])
    application = rows.filter(stage=ApplicationStage.SUBMITTED).select_related("topic").first()
    if application is None or topic.contact is None:
        return
    days = [today + timedelta(days=days) for days in row["in_days"]]
    times = [timezone.make_aware(datetime.combine(day, time(row["hour"]))) for day in days]
    interviews.propose_times(
        application, times, by=topic.contact, minutes=row["minutes"], meeting=row["meeting"]
    )


def _approach(topic: Topic, row: Row, today: date) -> None:
    by, to = User.objects.get(email=row["by"]), person(row.get("user"))
    commissioner = organisation(row.get("organisation"))
    if not Approach.objects.filter(topic=topic, kind=row["kind"], by=by).exists():
        approaches.send(
            topic, row["kind"], by=by, to=to, organisation=commissioner, message=row["message"]
        )

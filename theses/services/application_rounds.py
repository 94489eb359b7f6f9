"""What the hourly round does for applications; each may run twice, or days late, without harm.

An application is mentioned to the topic's side when it has waited 7 and 14 days, and in time
before its answer is due: one message a week to each, which lists all that wait. What is not
answered by its day is closed by the portal, but never sooner than a week after such a warning.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cluster_portal.core import audit, files
from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import OutboxMail
from theses.models import Application, ApplicationFile, InterviewTime, Thesis, Topic
from theses.models.applications import ANSWER_WITHIN, Stage
from theses.models.choices import Stage as TopicStage
from theses.models.works import BEFORE_AGREEMENT
from theses.services.applications import FOLDER, decline, fresh, withdraw_application
from theses.services.parties import is_daytime, locked, offerers

if TYPE_CHECKING:
    from members.models import User
    from theses.models.applications import ApplicationQuerySet

CHUNK = 200
KIND = "thesis_applications_waiting"
FIRST, SECOND = datetime.timedelta(days=7), datetime.timedelta(days=14)
WARNED_BEFORE = datetime.timedelta(days=7)
# A weekly message warns of all that fall due before the next one could warn in time.
WARNED_AHEAD = WARNED_BEFORE + datetime.timedelta(days=6)
KEPT = datetime.timedelta(days=183)


def remind_by_day() -> int:
    """Nobody is reminded in the night."""
    return remind() if is_daytime() else 0


def remind() -> int:
    """Messages sent to the topics' sides; their students are told that they were reminded."""
    today = timezone.localdate()
    undated = Application.objects.pending().filter(answer_by=None)
    undated.update(answer_by=today + ANSWER_WITHIN)
    waiting, due = _by_offerer(today)
    year, week, _day = today.isocalendar()
    return sum(
        _remind(person, sorted(waiting[person]), f"{year}-W{week:02}:{person.pk}", today)
        for person in sorted(due, key=lambda each: each.pk)
    )


def _by_offerer(today: datetime.date) -> tuple[dict[User, set[int]], set[User]]:
    """Who is to be told of which applications, and whom one of them makes due."""
    waiting: dict[User, set[int]] = defaultdict(set)
    due: set[User] = set()
    topics = Topic.objects.filter(pk__in=_mentioned(today).values("topic"))
    for topic in topics.select_related("contact", "supervisor", "student").iterator(CHUNK):
        rows = list(_mentioned(today).filter(topic=topic))
        is_due = _due(today).filter(topic=topic).exists()
        for person in offerers(topic):
            mine = {row.pk for row in rows if row.student_id != person.pk}
            waiting[person] |= mine
            if mine and is_due:
                due.add(person)
    return waiting, due


def _side_waits(today: datetime.date) -> Q:
    """Not those whose student has a proposed time to pick, or an interview still to come."""
    coming = Q(stage=Stage.INTERVIEW, other_times="", interview_times__starts_at__date__gte=today)
    return ~Q(pk__in=Application.objects.filter(coming).values("pk"))


def _mentioned(today: datetime.date) -> ApplicationQuerySet:
    old = timezone.now() - FIRST
    soon = Q(answer_by__lte=today + WARNED_AHEAD)
    rows = Application.objects.pending().filter(_side_waits(today))
    return rows.filter(Q(submitted_at__lte=old) | soon)


def _due(today: datetime.date) -> ApplicationQuerySet:
    now = timezone.now()
    first = Q(submitted_at__lte=now - FIRST, reminded_at=None)
    second = Q(submitted_at__lte=now - SECOND, reminded_at__lt=F("submitted_at") + SECOND)
    last = Q(answer_by__lte=today + WARNED_BEFORE, warned_at=None)
    return _mentioned(today).filter(first | second | last)


@transaction.atomic
def _remind(person: User, pks: list[int], key: str, today: datetime.date) -> int:
    """One message a week: a second run, or a new application, waits for the next week's."""
    if OutboxMail.objects.filter(kind=KIND, key=key).exists():
        return 0
    outbox.post(KIND, to=person, key=key, values={"applications": " ".join(map(str, pks))})
    rows = Application.objects.pending().filter(pk__in=pks)
    rows = rows.select_for_update(of=("self",), no_key=True).select_related("student")
    for row in rows.order_by("pk"):
        row.reminded_at = timezone.now()
        if row.answer_by and row.answer_by <= today + WARNED_AHEAD:
            row.warned_at = row.warned_at or row.reminded_at
        row.save(update_fields=["reminded_at", "warned_at"])
        outbox.post(
            "thesis_application_reminded",
            to=row.student,
            key=f"{row.pk}:{key.partition(':')[0]}",
            about=row,
        )
    return 1


def close_unanswered() -> int:
    """Declines, in the portal's name, what its day and a week's warning have passed."""
    today, old = timezone.localdate(), timezone.now() - WARNED_BEFORE
    over = Application.objects.pending().filter(_side_waits(today))
    over = over.filter(answer_by__lt=today, warned_at__lte=old).order_by("pk")
    return sum(_close(application) for application in over.select_related("topic")[:CHUNK])


@transaction.atomic
def _close(application: Application) -> int:
    locked(application.topic)
    application = fresh(application)
    is_over = application.answer_by and application.answer_by < timezone.localdate()
    if not (application.is_pending and is_over and application.warned_at):
        return 0
    with override(application.student.language):
        reason = _(
            "The portal closed the application because it got no answer in time. "
            "It says nothing about you or your application."
        )
    decline(application, reason, by=None)
    return 1


def step_back_elsewhere() -> int:
    """Who has agreed on a thesis waits no longer elsewhere: the other sides are told.

    Until the agreement a student may leave the chosen place and be chosen elsewhere.
    """
    agreed = Thesis.objects.active().exclude(stage__in=BEFORE_AGREEMENT)
    rows = Application.objects.pending().filter(student__in=agreed.values("application__student"))
    found = rows.select_related("topic", "student").order_by("pk")[:CHUNK]
    for application in found:
        withdraw_application(application, by=application.student)
    return len(found)


@transaction.atomic
def forget_old() -> int:
    """Applications that led to nothing go half a year after their topic closed, with the ledger."""
    old = timezone.now() - KEPT
    rows = Application.objects.filter(
        stage__in=[Stage.DECLINED, Stage.WITHDRAWN], thesis=None, topic__updated_at__lt=old
    ).exclude(topic__stage=TopicStage.OPEN)
    pks = list(rows.order_by("pk").values_list("pk", flat=True)[:CHUNK])
    Application.objects.filter(pk__in=pks).delete()
    audit.forget(Application, Q(pgh_obj_id__in=pks))
    for model in (ApplicationFile, InterviewTime):
        audit.forget(model, Q(application_id__in=pks))
    return len(pks)


def sweep_files() -> int:
    def known(names: list[str]) -> set[str]:
        return set(ApplicationFile.objects.filter(file__in=names).values_list("file", flat=True))

    return files.sweep(FOLDER, known)

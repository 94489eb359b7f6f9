"""What the night finds for every student, and what a reader does not want to see again.

A run is divided into chunks of students that stand in the database. A worker claims one by its
lock and writes its suggestions in the same transaction, so a killed worker leaves the chunk to the
next one, and nothing half written. One run at a time, by a constraint, and `WORKERS` at a time on
it, by locks. A student whose matching fails is left out and told, with the suggestions she had; a
chunk that cannot be written goes to the end of the line, and after `TRIES` is left out.
"""

from __future__ import annotations

import datetime
import logging
from typing import TYPE_CHECKING

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from cluster_portal.core.visibility import audiences_of
from theses.matching.ranking import Rarities
from theses.matching.topics import ranked_for, wish_of
from theses.models import (
    Dismissal,
    MatchingChunk,
    MatchingRun,
    StudentProfile,
    Suggestion,
    Topic,
)
from theses.services import match_index

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import User
    from theses.models import SupervisorProfile

logger = logging.getLogger(__name__)
KEPT = 20  # suggestions of a student
CHUNK = 50  # students
WORKERS = 2
TRIES = 3
SEAT = 7261003  # of the locks by which workers are counted
NIGHT = 2  # the hour from which on a night's run may begin
STALE = datetime.timedelta(hours=20)


def dismiss(
    topic: Topic,
    *,
    by: User,
    student: StudentProfile | None = None,
    supervisor: SupervisorProfile | None = None,
) -> Dismissal:
    """ "Not for me"; saying it twice is saying it once."""
    found, _made = Dismissal.objects.get_or_create(
        user=by, topic=topic, student=student, supervisor=supervisor
    )
    return found


def undo_dismissal(dismissal: Dismissal) -> None:
    dismissal.delete()


def is_night_due(now: datetime.datetime) -> bool:
    """Nothing has been begun since this day's night, by Helsinki's clock, began."""
    began = timezone.localtime(now).replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    return now >= began and not MatchingRun.objects.filter(started_at__gte=began).exists()


def begin_run() -> MatchingRun | None:
    """The run that is under way, else a new one with its chunks; None when another has begun it.

    One that has not got ready in most of a day is closed as it is: the night begins anew.
    """
    match_index.write_noted()
    running = MatchingRun.objects.filter(finished_at=None).first()
    if running and running.started_at > timezone.now() - STALE:
        return running
    if running:
        _finish(running)
    topics = match_index.count_features()
    try:
        with transaction.atomic():
            return _new_run(topics)
    except IntegrityError:  # another worker was faster
        return MatchingRun.objects.filter(finished_at=None).first()


def _new_run(topics: int) -> MatchingRun:
    pks = list(_students().order_by("pk").values_list("pk", flat=True))
    run = MatchingRun.objects.create(students=len(pks), topics=topics)
    MatchingChunk.objects.bulk_create(
        MatchingChunk(run=run, first=pks[n], last=pks[min(n + CHUNK, len(pks)) - 1])
        for n in range(0, len(pks), CHUNK)
    )
    if not pks:
        _finish(run)
    return run


def _students() -> QuerySet[StudentProfile]:
    return StudentProfile.objects.without_thesis().filter(user__is_active=True).distinct()


def match_next_chunk() -> bool:
    """Claim a chunk of the run under way and write its suggestions; False when there is none, or
    enough others are at it."""
    with transaction.atomic():
        chunk = _claim() if _has_seat() else None
        if chunk is None:
            return False
        try:
            with transaction.atomic():
                done, problems = _match(chunk)
        except Exception as problem:
            logger.exception("suggestions: a chunk failed")
            _put_off(chunk, problem)
        else:
            _tick_off(chunk, done, problems)
    return True


def _has_seat() -> bool:
    """Until the end of the transaction; a killed worker's seat is free at once."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 60000")
        for seat in range(WORKERS):
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [SEAT, seat])
            if cursor.fetchone() == (True,):
                return True
    return False


def _claim() -> MatchingChunk | None:
    free = MatchingChunk.objects.select_for_update(skip_locked=True, of=("self",))
    free = free.filter(run__finished_at=None, done_at=None)
    return free.order_by("failures", "first").first()


def _put_off(chunk: MatchingChunk, problem: Exception) -> None:
    chunk.failures += 1
    chunk.save(update_fields=["failures"])
    if chunk.failures >= TRIES:
        _tick_off(chunk, 0, [problem] * _of(chunk).count())


def _tick_off(chunk: MatchingChunk, done: int, problems: list[Exception]) -> None:
    chunk.done_at = timezone.now()
    chunk.save(update_fields=["done_at"])
    run = MatchingRun.objects.filter(pk=chunk.run_id)
    run.update(done=F("done") + done, failed=F("failed") + len(problems))
    if problems:
        run.update(problem=f"{type(problems[-1]).__name__}: {problems[-1]}"[:300])


def finish_if_done() -> bool:
    """Close the run when no chunk is left; True when there is nothing more to do."""
    run = MatchingRun.objects.filter(finished_at=None).first()
    if run is None:
        return True
    if run.chunks.filter(done_at=None).exists():
        return False
    _finish(run)
    return True


def _finish(run: MatchingRun) -> None:
    """A chunk that a worker still has in hand goes with the next run's end."""
    MatchingRun.objects.filter(pk=run.pk, finished_at=None).update(finished_at=timezone.now())
    over = MatchingChunk.objects.select_for_update(skip_locked=True, of=("self",))
    with transaction.atomic():
        pks = list(over.exclude(run__finished_at=None).values_list("pk", flat=True))
        MatchingChunk.objects.filter(pk__in=pks).delete()


def _of(chunk: MatchingChunk) -> QuerySet[StudentProfile]:
    return _students().filter(pk__range=(chunk.first, chunk.last))


def _match(chunk: MatchingChunk) -> tuple[int, list[Exception]]:
    """Writes the chunk; how many students are done, and what went wrong with the others."""
    rows = _of(chunk).select_related("user")
    profiles = list(rows.prefetch_related("terms", "education_fields", "regions"))
    audiences_of([profile.user for profile in profiles])
    rarities, found, problems = Rarities(), [], {}
    for profile in profiles:
        try:
            with transaction.atomic():
                found += _found_for(profile, rarities)
        except Exception as problem:
            logger.exception("suggestions: a student failed", extra={"profile": profile.pk})
            problems[profile.pk] = problem
    _keep(chunk, found, set(problems))
    return len(profiles) - len(problems), list(problems.values())


def _found_for(profile: StudentProfile, rarities: Rarities) -> list[Suggestion]:
    wish, now = wish_of(profile, profile.user), timezone.now()
    ranked = ranked_for(profile, profile.user, wish, KEPT, rarities)
    return [
        Suggestion(profile=profile, topic_id=pk, score=score, found_at=now) for pk, score in ranked
    ]


def _keep(chunk: MatchingChunk, found: list[Suggestion], failed: set[int]) -> None:
    """One found again stays the same row, so that it is news only once."""
    again = {(one.profile_id, one.topic_id) for one in found}
    old = Suggestion.objects.filter(profile__pk__range=(chunk.first, chunk.last))
    rows = old.values_list("pk", "profile", "topic")
    gone = [pk for pk, *pair in rows if tuple(pair) not in again and pair[0] not in failed]
    Suggestion.objects.filter(pk__in=gone).delete()
    Suggestion.objects.bulk_create(
        found,
        batch_size=2_000,
        update_conflicts=True,
        unique_fields=["profile", "topic"],
        update_fields=["score"],
    )
    with connection.cursor() as cursor:  # a topic deleted meanwhile is told of here
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

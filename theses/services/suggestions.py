"""What the night finds for every student, and what a reader does not want to see again.

A run is divided into chunks of students that stand in the database. A worker claims one by its
lock and writes its suggestions in the same transaction, so a killed worker leaves the chunk to the
next one, and nothing half written. One run at a time, by a constraint.
"""

from __future__ import annotations

import datetime
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

KEPT = 20  # suggestions of a student
CHUNK = 100  # students
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


@transaction.atomic
def match_next_chunk() -> bool:
    """Claim a chunk of the run under way and write its suggestions; False when none is free."""
    free = MatchingChunk.objects.select_for_update(skip_locked=True, of=("self",))
    chunk = free.filter(run__finished_at=None, done_at=None).order_by("first").first()
    if chunk is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 60000")
    count = _match(chunk)
    chunk.done_at = timezone.now()
    chunk.save(update_fields=["done_at"])
    MatchingRun.objects.filter(pk=chunk.run_id).update(done=F("done") + count)
    return True


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
    MatchingRun.objects.filter(pk=run.pk, finished_at=None).update(finished_at=timezone.now())
    MatchingChunk.objects.filter(run=run).delete()


def _match(chunk: MatchingChunk) -> int:
    rows = _students().filter(pk__range=(chunk.first, chunk.last)).select_related("user")
    profiles = list(rows.prefetch_related("terms", "education_fields", "regions"))
    audiences_of([profile.user for profile in profiles])
    rarities, now, found = Rarities(), timezone.now(), []
    for profile in profiles:
        wish = wish_of(profile, profile.user)
        ranked = ranked_for(profile, profile.user, wish, KEPT, rarities)
        found += [
            Suggestion(profile=profile, topic_id=pk, score=score, found_at=now)
            for pk, score in ranked
        ]
    _keep(chunk, found)
    return len(profiles)


def _keep(chunk: MatchingChunk, found: list[Suggestion]) -> None:
    """One found again stays the same row, so that it is news only once."""
    again = {(one.profile_id, one.topic_id) for one in found}
    old = Suggestion.objects.filter(profile__pk__range=(chunk.first, chunk.last))
    gone = [
        pk for pk, *pair in old.values_list("pk", "profile", "topic") if tuple(pair) not in again
    ]
    Suggestion.objects.filter(pk__in=gone).delete()
    Suggestion.objects.bulk_create(
        found,
        batch_size=2_000,
        update_conflicts=True,
        unique_fields=["profile", "topic"],
        update_fields=["score"],
    )

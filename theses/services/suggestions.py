"""What the night finds for every student, and what a reader does not want to see again.

A run goes through the students in chunks, each a transaction that holds the run's row: one worker
at a time, and a killed one's chunk is done by the next. A student whose matching fails is left out
and keeps the suggestions of before.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from cluster_portal.core import request_cache
from cluster_portal.core.visibility import audiences_of
from theses.matching.topics import corpus_of_open, topics_for
from theses.models import Dismissal, MatchingRun, StudentProfile, Suggestion, Topic
from theses.models.suggestions import MOST_TRIES

if TYPE_CHECKING:
    import datetime

    from django.db.models import QuerySet

    from cluster_portal.core.matching.score import Corpus
    from members.models import User
    from theses.models import SupervisorProfile

logger = logging.getLogger(__name__)
KEPT = 20  # suggestions of a student
CHUNK = 200  # students
NIGHT = 2  # the hour from which on a night's run may begin


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


def begin_run_if_due(now: datetime.datetime) -> None:
    """Once a night, by Helsinki's clock; what the night before has left undone is closed."""
    began = timezone.localtime(now).replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    if now < began or MatchingRun.objects.filter(started_at__gte=began).exists():
        return
    try:
        with transaction.atomic():
            left = MatchingRun.objects.filter(finished_at=None, started_at__lt=began)
            left.update(finished_at=now)
            MatchingRun.objects.create(students=_students().count())
    except IntegrityError:  # another worker was faster
        logger.info("suggestions: the night has been begun elsewhere")


def _students() -> QuerySet[StudentProfile]:
    return StudentProfile.objects.without_thesis().filter(user__is_active=True).distinct()


def match_next_chunk() -> bool:
    """Write the suggestions of the run's next students; False when nothing is left to this worker.

    A chunk that fails as a whole is tried again, MOST_TRIES times; then the run is given up.
    """
    try:
        return _match_chunk()
    except Exception:
        _count_failure()
        raise


def _count_failure() -> None:
    """In a transaction of its own, for that of the chunk is rolled back."""
    run = MatchingRun.objects.filter(finished_at=None)
    run.update(tries=F("tries") + 1)
    given_up = run.filter(tries__gte=MOST_TRIES).update(finished_at=timezone.now())
    if given_up:
        logger.error("suggestions: the night is given up after %s tries", MOST_TRIES)


@transaction.atomic
def _match_chunk() -> bool:
    """The run's row is held until the end, so that no two workers do the same."""
    runs = MatchingRun.objects.select_for_update(skip_locked=True)
    run = runs.filter(finished_at=None).first()
    if run is None:
        return False
    rows = _students().filter(pk__gt=run.last).order_by("pk").select_related("user")
    profiles = list(rows.prefetch_related("terms", "education_fields", "regions")[:CHUNK])
    if profiles:
        failed = _match(profiles)
        run.last, run.failed = profiles[-1].pk, run.failed + failed
        run.done, run.tries = run.done + len(profiles) - failed, 0
    else:
        run.finished_at = timezone.now()
    run.save()
    return bool(profiles)


@request_cache.scope()
def _match(profiles: list[StudentProfile]) -> int:
    """How many have failed."""
    audiences_of([profile.user for profile in profiles])
    corpus, failed = corpus_of_open(), 0
    for profile in profiles:
        try:
            with transaction.atomic():
                _keep(profile, _found_for(profile, corpus))
        except Exception:
            logger.exception("suggestions: a student failed", extra={"profile": profile.pk})
            failed += 1
    return failed


def _found_for(profile: StudentProfile, corpus: Corpus) -> list[Suggestion]:
    now = timezone.now()
    return [
        Suggestion(profile=profile, topic=match.object, score=match.score, found_at=now)
        for match in topics_for(profile, profile.user, KEPT, corpus)
    ]


def _keep(profile: StudentProfile, found: list[Suggestion]) -> None:
    """One found again stays the same row, so that it is news only once."""
    profile.suggestions.exclude(topic__in=[one.topic_id for one in found]).delete()
    Suggestion.objects.bulk_create(
        found,
        update_conflicts=True,
        unique_fields=["profile", "topic"],
        update_fields=["score"],
    )
    with connection.cursor() as cursor:  # a topic deleted meanwhile is told of here
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

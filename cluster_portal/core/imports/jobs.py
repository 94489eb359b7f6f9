"""Imports of the admin: the file, what the coordinator chose and decided, and the report.

A small file is read at once; a large one by a task, while the page tells how far it is. The rows
wait in the database, so that nothing is lost when the broker is away.
"""

from __future__ import annotations

import datetime
import logging
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override

from cluster_portal.core.constraints import one_of
from cluster_portal.core.visibility import Reader, audience

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cluster_portal.core.imports import Report

logger = logging.getLogger(__name__)

SMALL = 30_000  # bytes that are read while the coordinator waits for the page
SHOWN_ROWS = 200
SHOWN_FAULTS = 500
KEPT = datetime.timedelta(days=1)
LONGEST = datetime.timedelta(hours=1)
# By the label of the model: what takes in a file. Admin pages of imports register themselves.
importers: dict[str, Callable[..., Report]] = {}


class Stage(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class ImportJobQuerySet(models.QuerySet["ImportJob"]):
    def visible_to(self, user: Reader) -> ImportJobQuerySet:
        """A file is seen by who sent it."""
        known = audience(user)
        return self.none() if known.user_id is None else self.filter(by=known.user_id)

    def editable_by(self, user: Reader) -> ImportJobQuerySet:
        return self.visible_to(user)


class ImportJob(models.Model):
    """One file on its way in: previewed, decided on, written."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    importer = models.CharField(max_length=80)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    data = models.BinaryField()
    options = models.JSONField(default=dict)
    decisions = models.JSONField(default=dict)
    is_real = models.BooleanField(default=False)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.WAITING)
    report = models.JSONField(null=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ImportJobQuerySet.as_manager()

    class Meta:
        app_label = "core"
        constraints = [one_of("stage", Stage, name="core_importjob_stage_known")]

    def __str__(self) -> str:
        return f"{self.importer} {self.public_id}"

    @property
    def is_small(self) -> bool:
        return len(self.data) <= SMALL

    @property
    def is_over(self) -> bool:
        return self.stage in {Stage.DONE, Stage.FAILED}

    @property
    def progress(self) -> tuple[int, int]:
        """Rows read, of how many; nothing while that is not known."""
        return cache.get(self._key) or (0, 0)

    def tell_progress(self, done: int, total: int) -> None:
        """Through the cache, for what the import's own transaction writes is not seen yet."""
        cache.set(self._key, (done, total), LONGEST.total_seconds())

    @property
    def _key(self) -> str:
        return f"import:{self.public_id}"


def retry_job(
    job: ImportJob, decisions: dict[str, str], options: dict[str, Any], *, is_real: bool
) -> None:
    """Reads the file once more with what was decided, and writes it when that is wanted.

    With other options than the last time, such as another cluster, it is a preview again.
    A job that still waits or runs, or has written its rows, stays as it is.
    """
    over = ImportJob.objects.filter(
        Q(report__isnull=True) | Q(report__is_written=False),
        pk=job.pk, stage__in=[Stage.DONE, Stage.FAILED],
    )  # fmt: skip
    over.update(
        decisions={**job.decisions, **decisions}, options=options,
        is_real=is_real and options == job.options, stage=Stage.WAITING,
        report=None, changed_at=timezone.now(),
    )  # fmt: skip
    job.refresh_from_db()


def run_job(job: ImportJob) -> None:
    """Does a waiting job; one that somebody else has taken, or still runs, is left to them."""
    with _held(job) as is_held:
        waiting = ImportJob.objects.filter(pk=job.pk, stage=Stage.WAITING)
        if not is_held or not waiting.update(stage=Stage.RUNNING, changed_at=timezone.now()):
            return
        job.stage = Stage.FAILED
        try:
            with override(job.by.language):
                job.report = _as_json(_report(job))
            job.stage = Stage.DONE
        finally:
            job.save(update_fields=["stage", "report", "changed_at"])


@contextmanager
def _held(job: ImportJob) -> Iterator[bool]:
    """Whether nobody else runs this job. The database lets go of it when its worker dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('core.import'), %s)", [job.pk])
        (is_held,) = cursor.fetchone() or (False,)
        try:
            yield is_held
        finally:
            if is_held:
                cursor.execute("SELECT pg_advisory_unlock(hashtext('core.import'), %s)", [job.pk])


def _report(job: ImportJob) -> Report:
    return importers[job.importer](
        bytes(job.data),
        job.options,
        by=job.by,
        dry_run=not job.is_real,
        decisions=job.decisions,
        progress=job.tell_progress,
    )


def _as_json(report: Report) -> dict[str, Any]:
    """What the page shows, in the active language."""
    sentences = report.sentences()
    return {
        "is_written": report.is_written,
        "can_write": report.dry_run and not report.faults,
        "faults": [str(fault) for fault in report.faults[:SHOWN_FAULTS]],
        "sentences": [*sentences[:SHOWN_FAULTS], *sentences[SHOWN_FAULTS:][-1:]],
        "results": [
            {
                "row": result.row,
                "title": result.title,
                "outcome": str(result.outcome.label),
                "changes": list(result.changes),
            }
            for result in report.results[:SHOWN_ROWS]
        ],
        "questions": [
            {
                "key": question.key,
                "text": f"{question.row}: {question.text}",
                "choices": [[choice.value, str(choice.label)] for choice in question.choices],
            }
            for question in report.questions[:SHOWN_ROWS]
        ],
    }


def sweep_jobs() -> None:
    """Runs what nobody rang for, ends what was cut off, and forgets what is done with."""
    now = timezone.now()
    for job in ImportJob.objects.filter(stage=Stage.WAITING).select_related("by"):
        run_job(job)
    running = ImportJob.objects.filter(stage=Stage.RUNNING)
    for job in running.filter(changed_at__lt=now - LONGEST).defer("data"):
        with _held(job) as is_cut_off:
            if is_cut_off:
                running.filter(pk=job.pk).update(stage=Stage.FAILED)
    over = ImportJob.objects.exclude(stage=Stage.RUNNING)
    over.filter(changed_at__lt=now - KEPT).delete()

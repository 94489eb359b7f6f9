"""An import that takes long is run by one worker alone, whatever its page and the sweep do."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from cluster_portal.core.imports import Report, jobs
from cluster_portal.core.imports.jobs import LONGEST, ImportJob, Stage
from tests import factories


def elsewhere(work):
    """In a connection of its own, as another worker has."""

    def run():
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


@pytest.mark.django_db(transaction=True)
def test_job_over_an_hour_is_neither_ended_nor_run_beside_itself(monkeypatch):
    job = ImportJob.objects.create(importer="slow", by=factories.user(), data=b"")
    runs, stages = [], []

    def another_worker():
        jobs.sweep_jobs()
        stages.append(ImportJob.objects.get().stage)
        jobs.retry_job(ImportJob.objects.get(), {}, {}, is_real=True)
        ImportJob.objects.update(stage=Stage.WAITING)  # even if it were marked so
        jobs.run_job(ImportJob.objects.get())

    def slow(*_args, **_how):
        runs.append(1)
        if len(runs) == 1:
            ImportJob.objects.update(changed_at=timezone.now() - 2 * LONGEST)
            elsewhere(another_worker)
        return Report(dry_run=True)

    monkeypatch.setitem(jobs.importers, "slow", slow)

    jobs.run_job(job)

    assert (len(runs), stages) == (1, [Stage.RUNNING])
    assert ImportJob.objects.get().stage == Stage.DONE


@pytest.mark.django_db(transaction=True)
def test_job_whose_worker_died_is_ended_and_can_be_run_again():
    job = ImportJob.objects.create(
        importer="members.Organisation", by=factories.user(), data=b"", stage=Stage.RUNNING
    )
    ImportJob.objects.update(changed_at=timezone.now() - 2 * LONGEST)

    elsewhere(jobs.sweep_jobs)
    failed = ImportJob.objects.get().stage
    jobs.retry_job(job, {}, {}, is_real=False)

    assert (failed, job.stage) == (Stage.FAILED, Stage.WAITING)

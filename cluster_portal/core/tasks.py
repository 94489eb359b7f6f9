"""Work of the ground floor that nobody waits for."""

from celery import shared_task
from django.apps import apps
from django.db import connection

from cluster_portal.core import search
from cluster_portal.core.imports import jobs
from cluster_portal.core.imports.jobs import ImportJob
from cluster_portal.core.matching import additions
from cluster_portal.core.search.words import searchable_models


@shared_task(name="core.refresh_search_words")
def refresh_search_words() -> None:
    """Every night: count the distinct words, and index anew what another analyser indexed."""
    for model in searchable_models():
        reindex_if_changed.delay(model._meta.label)
    search.refresh_counts()


@shared_task(name="core.run_import")
def run_import(pk: int) -> None:
    jobs.run_job(ImportJob.objects.select_related("by").get(pk=pk))


@shared_task(name="core.tend_imports")
def tend_imports() -> None:
    jobs.sweep_jobs()


@shared_task(name="core.reindex_if_changed")
def reindex_if_changed(label: str) -> None:
    """One worker does it, others leave it alone."""
    additions.forget()
    with connection.cursor() as cursor:
        name = f"core.reindex.{label}"
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name])
        if cursor.fetchone() == (False,):
            return
        try:
            search.reindex_model(apps.get_model(label), only_if_changed=True)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])


@shared_task(name="core.heed_additions")
def heed_additions() -> None:
    """Every minute: what the administrator has changed in the thesaurus reaches stored texts."""
    additions.forget()
    for model in searchable_models():
        if not search.is_current(model):
            reindex_if_changed(model._meta.label)

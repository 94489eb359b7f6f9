"""Celery's alarm clock for the matching; what is done and what is not stands in the database."""

from __future__ import annotations

from celery import shared_task
from django.db import DatabaseError
from django.utils import timezone

from theses.services import suggestions


@shared_task(name="theses.match_students")
def match_students() -> None:
    """Begin the night's run at its hour or later, or go on with one that was cut off."""
    suggestions.begin_run_if_due(timezone.now())
    match_chunk.delay()


@shared_task(name="theses.match_chunk", autoretry_for=(DatabaseError,), retry_backoff=True)
def match_chunk() -> None:
    """One chunk, then the next: a chain that any worker takes up, and that ends by itself."""
    if suggestions.match_next_chunk():
        match_chunk.delay()

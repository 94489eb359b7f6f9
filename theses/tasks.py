"""Celery's alarm clock for the matching; what is done and what is not stands in the database."""

from __future__ import annotations

from celery import shared_task
from django.db import DatabaseError
from django.utils import timezone

from theses.services import match_index, student_index, suggestions

IN_A_MINUTE = 5_000


@shared_task(name="theses.read_changed_topics")
def read_changed_topics() -> int:
    match_index.note_if_read_anew()
    return match_index.write_noted(IN_A_MINUTE) + student_index.read_unread(IN_A_MINUTE)


@shared_task(name="theses.begin_night")
def begin_night() -> None:
    """At its hour, or later the same day when nobody was there then; once."""
    if suggestions.is_night_due(timezone.now()):
        match_students()


@shared_task(name="theses.match_students")
def match_students() -> None:
    """Begin a run, or go on with one that was cut off."""
    if suggestions.begin_run() is not None:
        for _worker in range(suggestions.WORKERS):
            match_chunk.delay()


@shared_task(name="theses.match_chunk", autoretry_for=(DatabaseError,), retry_backoff=True)
def match_chunk() -> None:
    """One chunk, then the next: a chain that any worker takes up, and that ends by itself."""
    if suggestions.match_next_chunk():
        match_chunk.delay()
    else:
        suggestions.finish_if_done()

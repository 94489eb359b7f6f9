"""Celery's part in closing and matching; what is to be done stands in the database."""

from __future__ import annotations

from celery import shared_task

from projects.services import call_matching, challenge_matching, challenges


@shared_task(name="projects.close_challenges")
def close_challenges() -> int:
    return challenges.close_overdue()


@shared_task(name="projects.match_challenges")
def match_challenges() -> None:
    """One challenge at a time: a chain that any worker takes up and that ends by itself."""
    if challenge_matching.match_next():
        match_challenges.apply_async(retry=False)


@shared_task(name="projects.match_calls")
def match_calls() -> None:
    """Calls that have come or changed, then ideas, some at a time."""
    if call_matching.match_next():
        match_calls.apply_async(retry=False)

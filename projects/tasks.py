"""Celery's part in telling companies of challenges; what is to be done stands in the database."""

from __future__ import annotations

from celery import shared_task

from projects.services import challenge_matching


@shared_task(name="projects.match_challenges")
def match_challenges() -> None:
    """One challenge at a time: a chain that any worker takes up and that ends by itself."""
    if challenge_matching.match_next():
        match_challenges.apply_async(retry=False)

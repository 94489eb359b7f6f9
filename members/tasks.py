"""Celery's doorbell for the matching of needs; what is to be done stands in the database."""

from __future__ import annotations

from celery import shared_task

from cluster_portal.notifications.tasks import Doorbell
from members.services import need_matching


@shared_task(name="members.match_needs")
def match_needs() -> None:
    """One need or one thing at a time: a chain that any worker takes up and that ends by itself."""
    if need_matching.match_next():
        match_needs.apply_async(retry=False)


doorbell = Doorbell(lambda: match_needs.apply_async(retry=False, expires=60))
wake = doorbell.press

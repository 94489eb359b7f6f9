"""Celery's part: articles come out when their moment has come; the database knows which."""

from __future__ import annotations

from celery import shared_task

from cluster_portal.knowledge.services.publishing import publish_due


@shared_task(name="knowledge.publish_due")
def publish() -> int:
    return publish_due()

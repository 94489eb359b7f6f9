"""Celery's hourly round: closing what is over."""

from __future__ import annotations

from celery import shared_task

from cluster_portal.home.services import chores


@shared_task(name="home.hourly_round")
def hourly_round() -> dict[str, int]:
    return chores.run_all()

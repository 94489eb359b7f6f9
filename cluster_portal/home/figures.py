"""What the exporter asks of the database, the cache and the backups each time that it is read."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily

from cluster_portal.core.database import readiness
from cluster_portal.core.http import probes
from cluster_portal.notifications.models import MailState, OutboxMail
from cluster_portal.notifications.sending import restored

if TYPE_CHECKING:
    from collections.abc import Iterator

CONNECTIONS = (
    "SELECT coalesce(state, 'none'), count(*) FROM pg_stat_activity WHERE datname = %s GROUP BY 1"
)


class PortalCollector:
    """Database away: only that is said, and the rest is absent."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        outage = readiness.trouble()
        yield _gauge("portal_database_up", "The database answers and can write.", float(not outage))
        yield _gauge("portal_cache_up", "The cache answers.", float(probes.cache_answers()))
        beat = probes.beat_seconds()
        if beat is not None:
            yield _gauge("portal_beat_seconds", "Since the beat's work was last done.", beat)
        yield from _backups()
        if not outage:
            yield from _mail()
            yield _connections()
        connection.close()


def _mail() -> Iterator[GaugeMetricFamily]:
    length = GaugeMetricFamily("portal_mail_waiting", "Letters that wait.", labels=["kind"])
    age = GaugeMetricFamily("portal_mail_oldest_seconds", "Age of the oldest.", labels=["kind"])
    now = timezone.now()
    waiting = OutboxMail.objects.waiting().values_list("kind")
    for kind, count, oldest in waiting.annotate(Count("pk"), Min("created_at")):
        length.add_metric([kind], count)
        age.add_metric([kind], (now - oldest).total_seconds())
    yield length
    yield age
    failed = OutboxMail.objects.filter(state=MailState.FAILED).count()
    yield _gauge("portal_mail_failed", "Letters that failed for good.", failed)
    unanswered = OutboxMail.objects.filter(state=MailState.QUEUED, is_unanswered=True).count()
    yield _gauge("portal_mail_unanswered", "Letters whose answer was lost.", unanswered)
    yield _gauge("portal_mail_held", "A restored database sends nothing.", restored.is_held())


def _connections() -> GaugeMetricFamily:
    family = GaugeMetricFamily(
        "portal_database_connections", "Connections to the database.", labels=["state"]
    )
    with connection.cursor() as cursor:
        cursor.execute(CONNECTIONS, [connection.settings_dict["NAME"]])
        for state, count in cursor.fetchall():
            family.add_metric([state], count)
    return family


def _backups() -> Iterator[GaugeMetricFamily]:
    """As `deploy/backup.py` has noted; absent where none was ever made here."""
    path = Path(settings.STATE_ROOT) / "backup.json"
    known = json.loads(path.read_text()) if path.exists() else {}
    well = GaugeMetricFamily("portal_backup_ok", "The last time went well.", labels=["act"])
    age = GaugeMetricFamily("portal_backup_age_seconds", "Since it went well.", labels=["act"])
    for act, told in known.items():
        well.add_metric([act], told["ok"])
        if "ok_at" in told:
            age.add_metric([act], time.time() - told["ok_at"])
    yield well
    yield age


def _gauge(name: str, words: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, words, value=value)

"""The ledgers are kept for 24 months (DOMAIN 2.12), longer than any dispute about a step lasts."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pghistory.models
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.database import ledgers
from cluster_portal.core.vocabulary import Term

if TYPE_CHECKING:
    from django.db import models

KEPT = datetime.timedelta(days=730)
AT_ONCE = 5000


@transaction.atomic
def trim_ledgers() -> int:
    """The oldest versions, acts and contexts of requests go; so many of each table at a time.

    That somebody has changed a term is what its loader goes by: there only the name goes.
    """
    before = timezone.now() - KEPT
    terms = ContentType.objects.get_for_model(Term)
    audit.overwrite(AuditEntry.objects.filter(content_type=terms, at__lt=before), actor=None)
    trimmed = _trim(AuditEntry.objects.exclude(content_type=terms), "at", before)
    for versions in ledgers.models_of_versions():
        trimmed += _trim(versions._default_manager.all(), "pgh_created_at", before)
    contexts = pghistory.models.Context.objects.filter(created_at__lt=before)
    audit.trim(contexts.order_by("created_at")[:AT_ONCE])
    return trimmed


def _trim(rows: models.QuerySet[Any], moment: str, before: datetime.datetime) -> int:
    """Keys rise with time, so the oldest are found without an index of moments."""
    oldest = rows.order_by("pk").values("pk")[:AT_ONCE]
    return audit.trim(rows.filter(pk__in=oldest, **{f"{moment}__lt": before}))

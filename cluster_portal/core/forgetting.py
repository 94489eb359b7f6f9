"""The ledgers are kept for 24 months (DOMAIN 2.12), longer than any dispute about a step lasts."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pghistory.models
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.vocabulary import Term

if TYPE_CHECKING:
    from django.db import models

KEPT = datetime.timedelta(days=730)
AT_ONCE = 5000


def trim_ledgers() -> int:
    """The oldest versions, acts and contexts of requests go; so many of each table at a time.

    That somebody has changed a term is what its loader goes by: there only the name goes.
    """
    before = timezone.now() - KEPT
    terms = ContentType.objects.get_for_model(Term)
    with audit.retention():
        AuditEntry.objects.filter(content_type=terms, at__lt=before).update(actor=None)
        acts = AuditEntry.objects.exclude(content_type=terms)
        trimmed = _trim(acts, "at", before)
        for versions in _tables_of_versions():
            trimmed += _trim(versions._default_manager.all(), "pgh_created_at", before)
        pghistory.models.Context.objects.filter(created_at__lt=before).delete()
    return trimmed


def _tables_of_versions() -> list[Any]:
    return [
        model
        for model in apps.get_models()
        if issubclass(model, pghistory.models.Event) and model._meta.managed
    ]


def _trim(rows: models.QuerySet[Any], moment: str, before: datetime.datetime) -> int:
    """Keys rise with time, so the oldest are found without an index of moments."""
    oldest = rows.order_by("pk").values("pk")[:AT_ONCE]
    return rows.filter(pk__in=oldest, **{f"{moment}__lt": before}).delete()[0]

"""What the hourly round does for events; each may run twice, or hours late, without harm."""

from __future__ import annotations

import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import OutboxMail
from events.models import Registration
from events.models.events import Stage as EventStage
from events.models.registrations import Stage

NEEDS_KEPT = datetime.timedelta(days=14)
REQUEST_KEPT = datetime.timedelta(days=7)
REGISTRATION_KEPT = datetime.timedelta(days=730)
AT_ONCE = 500
REMINDED_BETWEEN = (datetime.timedelta(days=1), datetime.timedelta(days=3))
FRESH = datetime.timedelta(days=1)
WAKING_HOURS = range(8, 20)


def forget_needs() -> int:
    """Dietary and accessibility needs are deleted 14 days after the event (DOMAIN 2.12)."""
    over = Registration.objects.filter(event__ends_at__lt=timezone.now() - NEEDS_KEPT)
    return over.exclude(diet="", accessibility="").update(diet="", accessibility="")


def drop_requests() -> int:
    """Registrations whose address nobody has confirmed in a week."""
    old = timezone.now() - REQUEST_KEPT
    return Registration.objects.filter(stage=Stage.REQUESTED, created_at__lt=old).delete()[0]


@transaction.atomic
def forget_registrations() -> int:
    """Who came is forgotten 24 months after the event, unless its funder asks for evidence longer
    (DOMAIN 2.12). How many places were taken stays with the event."""
    today = timezone.localdate()
    rows = Registration.objects.filter(event__ends_at__lt=timezone.now() - REGISTRATION_KEPT)
    rows = rows.exclude(event__registrations_kept_until__gte=today).order_by("pk")
    keys = list(rows.values_list("pk", flat=True)[:AT_ONCE])
    if not keys:
        return 0
    Registration.objects.filter(pk__in=keys).delete()
    audit.forget(Registration, Q(pgh_obj_id__in=keys))
    return len(keys)


@transaction.atomic
def remind() -> int:
    """Once per registration, one to three days before, in waking hours; not the day after it."""
    now = timezone.now()
    if timezone.localtime(now).hour not in WAKING_HOURS:
        return 0
    near = tuple(now + each for each in REMINDED_BETWEEN)
    about = ContentType.objects.get_for_model(Registration)
    told = OutboxMail.objects.filter(kind="event_reminder", about_type=about)
    due = Registration.objects.filter(
        stage=Stage.CONFIRMED,
        event__stage=EventStage.PUBLISHED,
        event__starts_at__range=near,
        queued_at__lt=now - FRESH,
    ).exclude(pk__in=told.values("about_id"))
    rows = list(due.select_related("user")[:500])
    for row in rows:
        reader = row.user or outbox.Guest(email=row.email, name=row.name, language=row.language)
        outbox.post("event_reminder", to=reader, key=str(row.public_id), about=row)
    return len(rows)

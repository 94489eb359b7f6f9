"""What the hourly round does for events; each may run twice, or hours late, without harm."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.notifications.models import OutboxMail
from events.models import GuestRequests, Registration
from events.models.events import Stage as EventStage
from events.models.registrations import Stage
from events.services.notices import tell

NEEDS_KEPT = datetime.timedelta(days=14)
REQUEST_KEPT = datetime.timedelta(days=7)
CERTIFICATE = "event_certificate"
REGISTRATION_KEPT = datetime.timedelta(days=730)
AT_ONCE = 500
REMINDED_BETWEEN = (datetime.timedelta(days=1), datetime.timedelta(days=3))
FRESH = datetime.timedelta(days=1)
WAKING_HOURS = range(8, 20)
MARKED_WITHIN = datetime.timedelta(days=60)
TIME_TO_CORRECT = datetime.timedelta(hours=1)  # who was here is ticked in haste


def forget_needs() -> int:
    """Dietary and accessibility needs are deleted 14 days after the event (DOMAIN 2.12)."""
    over = Registration.objects.filter(event__ends_at__lt=timezone.now() - NEEDS_KEPT)
    return over.exclude(diet="", accessibility="").update(diet="", accessibility="")


def drop_requests() -> int:
    """Registrations that nobody has confirmed in a week from the last letter with their link, and
    counts of guests’ forms."""
    an_hour_ago = timezone.now() - datetime.timedelta(hours=1)
    GuestRequests.objects.filter(hour__lt=an_hour_ago).delete()
    old = timezone.now() - REQUEST_KEPT
    return Registration.objects.filter(stage=Stage.REQUESTED, queued_at__lt=old).delete()[0]


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
    """Once per participant and day of the event, one to three days before it, in waking hours.

    Not of an event registered for within a day. An event that moves is reminded of anew.
    """
    now = timezone.now()
    if timezone.localtime(now).hour not in WAKING_HOURS:
        return 0
    near = tuple(now + each for each in REMINDED_BETWEEN)
    due = Registration.objects.filter(
        stage=Stage.CONFIRMED,
        event__stage=EventStage.PUBLISHED,
        event__starts_at__range=near,
        queued_at__lt=now - FRESH,
    ).exclude(reminded_for=F("event__starts_at__date"))
    rows = list(
        due.select_for_update(of=("self",), skip_locked=True).select_related("event")[:AT_ONCE]
    )
    for row in rows:
        row.reminded_for = timezone.localdate(row.event.starts_at)
        tell("event_reminder", row, f"{row.public_id}:{row.reminded_for}")
    Registration.objects.bulk_update(rows, ["reminded_for"])
    return len(rows)


@transaction.atomic
def tell_certificates() -> int:
    """Once per participant: the event is over, it gives certificates, and they were there.

    Later marks count too, for two months.
    """
    now = timezone.now()
    due = Registration.objects.filter(
        stage=Stage.ATTENDED,
        checked_in_at__gte=now - MARKED_WITHIN,
        event__gives_certificate=True,
        event__stage=EventStage.PUBLISHED,
        event__ends_at__lt=now - TIME_TO_CORRECT,
    )
    told = OutboxMail.objects.filter(kind=CERTIFICATE, key=Cast(OuterRef("public_id"), CharField()))
    for account in (False, True):  # the outbox keeps its keys for each of the two
        due = due.exclude(Exists(told.filter(recipient__isnull=account)))
    rows = due.select_for_update(of=("self",), skip_locked=True).select_related("event", "user")
    found = list(rows.order_by("pk")[:AT_ONCE])
    for row in found:
        tell(CERTIFICATE, row, row.public_id)
    return len(found)

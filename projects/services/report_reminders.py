"""The hourly round that asks owners to report: soon, late, stale; one step of the chain a week."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from projects.models import Measure, ReportRequest
from projects.models.measures import UNFINISHED
from projects.models.updates import Reason, Step, with_last_told
from projects.services.updates import ask_for_report, people_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

SOON = datetime.timedelta(days=14)  # before the deadline
LATE = datetime.timedelta(days=7)  # after it; on the day itself the owner is told that it is over
STALE = datetime.timedelta(days=60)
BETWEEN = datetime.timedelta(days=7)
KEPT = datetime.timedelta(days=365)


def remind_owners() -> int:
    """How many people were asked. Each measure is a transaction of its own, which locks it."""
    return sum(_remind(pk) for pk in unreported().values_list("pk", flat=True))


def unreported(now: datetime.datetime | None = None) -> QuerySet[Any]:
    """Unfinished measures in force whose owner should tell something now."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    current = Measure.objects.current().filter(state__in=UNFINISHED)
    rows = with_last_told(current.with_programme().select_related("responsible"))
    silent = Q(last_told__isnull=True)
    soon = Q(ends_on__range=(today, today + SOON)) & (
        silent | Q(last_told__date__lt=F("ends_on") - SOON)
    )
    late = Q(ends_on__lte=today - LATE) & (silent | Q(last_told__date__lte=F("ends_on")))
    old = today - STALE
    begun = Q(starts_on__lte=old, goal__programme__approved_on__lte=old)
    stale = (silent & begun) | Q(last_told__lt=now - STALE)
    return rows.filter(soon | late | stale, responsible__isnull=False).order_by("pk")


@transaction.atomic
def _remind(pk: int) -> int:
    locked = Measure.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk)
    measure = unreported().filter(pk=pk).first() if locked.first() else None
    if measure is None:
        return 0
    asked = _asked_since(measure)
    if asked.filter(asked_at__gt=timezone.now() - BETWEEN).exists():
        return 0
    done = max(asked.values_list("step", flat=True), default=0)
    for step in Step.values:
        people = people_of(measure, step) if step > done else []
        if people:
            reason = reason_of(measure)
            return len(ask_for_report(measure, people, by=None, reason=reason, step=step))
    return 0


def _asked_since(measure: Any) -> QuerySet[ReportRequest]:
    """Requests that nobody has answered yet; a link that closed meanwhile counts as asked."""
    asked = measure.report_requests.filter(organisation=measure.responsible)
    if measure.last_told:
        asked = asked.filter(asked_at__gt=measure.last_told)
    return asked.filter(asked_at__gt=timezone.now() - STALE)


def reason_of(measure: Measure) -> Reason:
    today = timezone.localdate()
    if measure.ends_on < today:
        return Reason.LATE
    return Reason.SOON if measure.ends_on <= today + SOON else Reason.STALE


def forget_requests() -> int:
    """Names and addresses of those asked a year ago go; what they told stays."""
    old = ReportRequest.objects.filter(expires_at__lt=timezone.now() - KEPT)
    return old.delete()[0]

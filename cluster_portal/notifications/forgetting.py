"""Messages that are done are forgotten a year later; until then they are the reader's inbox."""

from __future__ import annotations

import datetime

from django.utils import timezone

from cluster_portal.notifications.models import MailState, OutboxMail

KEPT = datetime.timedelta(days=365)
AT_ONCE = 5000


def forget_mail() -> int:
    """The oldest first. A message that still waits is kept however old it is."""
    done = OutboxMail.objects.exclude(state=MailState.QUEUED)
    oldest = OutboxMail.objects.order_by("pk").values("pk")[:AT_ONCE]
    old = done.filter(pk__in=oldest, created_at__lt=timezone.now() - KEPT)
    return old.delete()[0]

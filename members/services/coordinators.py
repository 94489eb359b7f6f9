"""Coordinators are granted and revoked by the platform administrator alone."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience, forget_audience
from cluster_portal.notifications import outbox
from members.models import Cluster, Coordinator, User


@transaction.atomic
def grant(user: User, cluster: Cluster, *, by: User) -> Coordinator:
    _only_administrator(by)
    locked = User.objects.select_for_update().get(pk=user.pk)
    existing = Coordinator.objects.current().filter(user=locked, cluster=cluster).first()
    if existing:
        return existing
    granted = Coordinator.objects.create(user=locked, cluster=cluster)
    _follow(locked)
    entry = audit.record(
        cluster,
        "coordinator granted",
        by=by,
        details={"user": locked.pk, **audit.change(coordinates=(False, True))},
    )
    outbox.post("coordinator_granted", to=locked, key=str(entry.pk), about=cluster)
    forget_audience(user)
    return granted


@transaction.atomic
def revoke(coordinator: Coordinator, *, by: User) -> Coordinator:
    """Ends the coordination yesterday, so that it does not count today any more."""
    _only_administrator(by)
    locked = Coordinator.objects.select_for_update(of=("self",)).get(pk=coordinator.pk)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    locked.since = min(locked.since, yesterday)
    locked.until = yesterday
    locked.save(update_fields=["since", "until"])
    _follow(locked.user)
    details = {"user": locked.user_id, **audit.change(coordinates=(True, False))}
    audit.record(locked.cluster, "coordinator revoked", by=by, details=details)
    forget_audience(locked.user)
    return locked


def follow_terms() -> int:
    """Takes the administration from staff whose coordination is over; returns from how many."""
    past = Coordinator.objects.values("user")
    today = Coordinator.objects.current().values("user")
    staff = User.objects.filter(is_staff=True, is_superuser=False, pk__in=past)
    return staff.exclude(pk__in=today).update(is_staff=False)


def _follow(user: User) -> None:
    """Staff is exactly who coordinates something or administers the platform."""
    coordinates = Coordinator.objects.current().filter(user=user).exists()
    user.is_staff = user.is_superuser or coordinates
    user.save(update_fields=["is_staff"])


def _only_administrator(by: User) -> None:
    if not audience(by).is_admin:
        raise Refused(_("Only the platform administrator can do this."))

"""Coordinators are granted and revoked by the platform administrator alone."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from cluster_portal.notifications import outbox
from members.models import Cluster, Coordinator, User


@transaction.atomic
def grant(user: User, cluster: Cluster, *, by: User) -> Coordinator:
    """The first coordinator of a cluster; a second one is named by a coordinator (nominations)."""
    _only_administrator(by)
    return start(user, cluster, by=by, since=timezone.localdate(), until=None)


@transaction.atomic
def revoke(coordinator: Coordinator, *, by: User) -> Coordinator:
    _only_administrator(by)
    return stop(coordinator, by=by)


def start(
    user: User, cluster: Cluster, *, by: User, since: datetime.date, until: datetime.date | None
) -> Coordinator:
    """In the caller's transaction, whose rule it is who may; a repeat changes nothing."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    existing = Coordinator.objects.filter(user=locked, cluster=cluster).unfinished().first()
    if existing:
        return existing
    granted = Coordinator.objects.create(user=locked, cluster=cluster, since=since, until=until)
    _follow(locked)
    entry = audit.record(
        cluster,
        "coordinator granted",
        by=by,
        details={"user": locked.pk, **audit.change(coordinates=(False, True))},
    )
    outbox.post("coordinator_granted", to=locked, key=str(entry.pk), about=cluster)
    return granted


def stop(coordinator: Coordinator, *, by: User) -> Coordinator:
    """Ends the coordination yesterday, so that it does not count today any more."""
    locked = Coordinator.objects.select_for_update(of=("self",)).get(pk=coordinator.pk)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    locked.since = min(locked.since, yesterday)
    locked.until = yesterday
    locked.save(update_fields=["since", "until"])
    _follow(locked.user)
    details = {"user": locked.user_id, **audit.change(coordinates=(True, False))}
    audit.record(locked.cluster, "coordinator revoked", by=by, details=details)
    return locked


def follow_terms() -> int:
    """Opens the administration where a coordination has begun, and closes it where one is over.

    Returns for how many.
    """
    ever = Coordinator.objects.values("user")
    today = Coordinator.objects.current().values("user")
    others = User.objects.filter(is_superuser=False, pk__in=ever)
    begun = others.filter(is_staff=False, is_active=True, pk__in=today).update(is_staff=True)
    return begun + others.filter(is_staff=True).exclude(pk__in=today).update(is_staff=False)


def _follow(user: User) -> None:
    """Staff is exactly who coordinates something or administers the platform."""
    coordinates = Coordinator.objects.current().filter(user=user).exists()
    user.is_staff = user.is_superuser or coordinates
    user.save(update_fields=["is_staff"])


def _only_administrator(by: User) -> None:
    if not audience(by).is_admin:
        raise Refused(_("Only the platform administrator can do this."))

"""A handover: what is open is listed, gone through line by line, and closed with date and name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.admin import queues
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import Audience, StandIn
from members.models import Cluster, CoordinatorTerm, Handover, HandoverItem, Organisation

if TYPE_CHECKING:
    from members.models import User


@dataclass(frozen=True)
class NewHost:
    """Which organisation carries the cluster from a year on, and where that is written."""

    organisation: Organisation
    from_year: int
    source: str


def open_lines(cluster: Cluster) -> list[queues.Line]:
    """What is open in this cluster alone, as its coordinators' today page counts it."""
    desk = StandIn(Audience(coordinates=frozenset({cluster.pk})))
    return queues.lines(desk)


@transaction.atomic
def begin(cluster: Cluster, *, by: User, occasion: str, to_whom: str = "") -> Handover:
    Cluster.objects.select_for_update(no_key=True).get(pk=cluster.pk)
    if not Cluster.objects.managed_by(by).contains(cluster):
        raise Refused(_("You cannot do this."))
    if Handover.objects.filter(cluster=cluster, finished_at__isnull=True).exists():
        raise Refused(_("A handover of this cluster is open already: finish it first."))
    made = Handover.objects.create(
        cluster=cluster, occasion=occasion, to_whom=to_whom, made_by=by
    )  # fmt: skip
    HandoverItem.objects.bulk_create(
        HandoverItem(
            handover=made, key=line.key, label=str(line.state.label)[:200],
            count=line.state.count, oldest=line.state.oldest, url=line.state.url[:300],
        )
        for line in open_lines(cluster)
    )  # fmt: skip
    audit.record(made, "handover begun", by=by)
    return made


@transaction.atomic
def go_through(handover: Handover, said: dict[int, tuple[bool, str]], *, by: User) -> Handover:
    """`said` is the tick and the note of each line; who ticked first stays."""
    locked = _lock(handover, by)
    for item in locked.items.select_for_update().filter(pk__in=said):
        is_done, note = said[item.pk]
        if is_done and item.done_at is None:
            item.done_at, item.done_by = timezone.now(), by
        elif not is_done:
            item.done_at = item.done_by = None
        item.note = note
        item.save(update_fields=["done_at", "done_by", "note"])
    return locked


@transaction.atomic
def finish(handover: Handover, *, by: User, host: NewHost | None = None) -> Handover:
    """Every line has been ticked or says why not; a new host begins a term with its source."""
    locked = _lock(handover, by)
    left = locked.items.filter(done_at__isnull=True, note="").count()
    if left:
        words = _("Lines without a tick or a note: %(count)s. Go through them first.")
        raise Refused(words % {"count": left})
    if host is not None:
        _change_host(locked.cluster, host)
    locked.finished_at, locked.finished_by = timezone.now(), by
    locked.save(update_fields=["finished_at", "finished_by"])
    audit.record(locked, "handover finished", by=by)
    return locked


def _lock(handover: Handover, by: User) -> Handover:
    locked = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    if not Handover.objects.in_scope_of(by).contains(locked):
        raise Refused(_("You cannot do this."))
    if locked.is_finished:
        raise Refused(_("This handover is finished."))
    return locked


def _change_host(cluster: Cluster, host: NewHost) -> None:
    last = CoordinatorTerm.objects.filter(cluster=cluster, is_current=True).first()
    if last is not None:
        if last.from_year and last.from_year > host.from_year:
            raise Refused(_("The present term began after the year of the new one."))
        last.is_current, last.to_year = False, host.from_year
        last.save(update_fields=["is_current", "to_year"])
    CoordinatorTerm.objects.create(
        cluster=cluster, organisation=host.organisation, from_year=host.from_year,
        is_current=True, source=host.source, checked_on=timezone.localdate(),
    )  # fmt: skip

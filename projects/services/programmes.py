"""Approving a version of the action programme, and keeping its measures' states honest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Refused
from cluster_portal.notifications import outbox
from projects.models import Measure, Programme
from projects.models.measures import State, lacks
from projects.models.programmes import MOVES, Stage
from projects.services.recipients import contacts_of

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def approve_programme(programme: Programme, *, by: User) -> Programme:
    """Makes a draft the cluster's programme in force; `Refused` names everything that is missing.

    The version in force until now is kept as replaced. Responsible organisations are told.
    """
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    move = MOVES.step("approve", programme, by)
    missing = lacks(programme)
    if missing:
        raise Refused(
            _("The programme cannot be approved yet. %(missing)s") % {"missing": " ".join(missing)}
        )
    _replace_current(programme, by)
    programme.stage, programme.approved_by = move.target, by
    programme.approved_on = timezone.localdate()
    programme.save(update_fields=["stage", "approved_by", "approved_on", "updated_at"])
    search.reindex(Measure.objects.of(programme))
    entry = audit.record(programme, "approve", by=by)
    owners = Measure.objects.of(programme).values("responsible")
    outbox.post_to_all(
        "programme_approved", to=contacts_of(owners, but=by), key=str(entry.pk), about=programme
    )
    return programme


def _replace_current(programme: Programme, by: User) -> None:
    current = Programme.objects.approved().filter(home_cluster=programme.home_cluster_id)
    for old in current.select_for_update(of=("self",)):
        old.stage = Stage.REPLACED
        old.save(update_fields=["stage", "updated_at"])
        audit.record(old, "replace", by=by, details={"by_version": programme.version})


@transaction.atomic
def delay_overdue() -> int:
    """Measures in force whose time is over are delayed; their owners are told once of each day.

    One that was given more time and has passed that too is told of anew.
    """
    overdue = (
        Measure.objects.current()
        .overdue()
        .exclude(told_late_of=F("ends_on"))
        .with_programme()
        .select_for_update(of=("self",), skip_locked=True)
    )
    late = list(overdue)
    for measure in late:
        measure.state, measure.told_late_of = State.DELAYED, measure.ends_on
        measure.save(update_fields=["state", "told_late_of"])
        search.reindex(measure)
        entry = audit.record(measure, "delayed", by=None)
        outbox.post_to_all(
            "measure_delayed", to=contacts_of([measure.responsible_id]), key=str(entry.pk),
            about=measure,
        )  # fmt: skip
    return len(late)

"""Versions of the action programme: the next one is a copy, which goes on once it is approved."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Refused
from cluster_portal.notifications import outbox
from cluster_portal.notifications.services import following
from members.models import User
from members.services.recipients import contacts_of
from projects.models import Measure, Programme, Project
from projects.models.measures import State, lacks
from projects.models.programmes import MOVES, Stage
from projects.services.next_version import carry_over, copy_rows
from projects.services.rounds import plan_first


@transaction.atomic
def new_version(programme: Programme, *, by: User) -> Programme:
    """A draft that is a copy of the version in force; each measure knows which one it continues."""
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    MOVES.step("new_version", programme, by)
    versions = Programme.objects.filter(home_cluster=programme.home_cluster_id)
    if versions.filter(stage=Stage.DRAFT).exists():
        raise Refused(_("The cluster already has a draft of the next version."))
    latest = versions.order_by("-version").values_list("version", flat=True)[0]
    draft = Programme.objects.get(pk=programme.pk)
    draft.pk, draft.version, draft.stage = None, latest + 1, Stage.DRAFT
    draft.approved_on = draft.approved_by = draft.comments_until = None
    draft.comments_of_members = False  # a draft is read by members once they are asked
    draft.save(force_insert=True)
    copy_rows(programme, draft)
    audit.record(draft, "new version", by=by, details={"of_version": programme.version})
    return draft


@transaction.atomic
def approve_programme(programme: Programme, *, by: User) -> Programme:
    """Makes a draft the cluster's programme in force; `Refused` names everything that is missing.

    The version in force until now is kept as replaced; what has happened to its measures goes on
    in those that continue them. Responsible organisations are told, and who commented on the draft.
    """
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    move = MOVES.step("approve", programme, by)
    missing = lacks(programme)
    if missing:
        raise Refused(
            _("The programme cannot be approved yet. %(missing)s") % {"missing": " ".join(missing)}
        )
    _replace_current(programme, by)
    carry_over(programme)
    programme.stage, programme.approved_by = move.target, by
    programme.approved_on = timezone.localdate()
    programme.save(update_fields=["stage", "approved_by", "approved_on", "updated_at"])
    plan_first(programme)
    search.reindex(Measure.objects.of(programme))
    entry = audit.record(programme, "approve", by=by)
    outbox.post_to_all(
        "programme_approved", to=_told_of_approval(programme, by), key=str(entry.pk),
        about=programme,
    )  # fmt: skip
    return programme


def _told_of_approval(programme: Programme, by: User) -> list[User]:
    owners = Measure.objects.of(programme).values("responsible")
    authors = programme.comments.exclude(author=by).values("author")
    commented = User.objects.filter(pk__in=authors, is_active=True)
    return list(
        {person.pk: person for person in [*contacts_of(owners, but=by), *commented]}.values()
    )


def _replace_current(programme: Programme, by: User) -> None:
    current = Programme.objects.approved().filter(home_cluster=programme.home_cluster_id)
    for old in current.select_for_update(of=("self",)):
        old.stage = Stage.REPLACED
        old.save(update_fields=["stage", "updated_at"])
        entry = audit.record(old, "replace", by=by, details={"by_version": programme.version})
        kept = Measure.objects.of(programme).filter(continues__isnull=False).values("continues")
        for measure in Measure.objects.of(old).exclude(pk__in=kept).order_by("pk"):
            following.tell(measure, "dropped", key=str(entry.pk), by=by)


def move_projects(earlier: int, later: int) -> None:
    """Projects go on serving the measure that continues theirs."""
    for project in Project.objects.filter(measures=earlier).order_by("pk"):
        project.measures.add(later)
        project.measures.remove(earlier)


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
        following.tell(measure, "late", key=str(entry.pk))
    return len(late)

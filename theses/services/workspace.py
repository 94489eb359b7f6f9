"""What the parties write in the workspace of a thesis: agreement, milestones, progress."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from theses.models import Agreement, LightReport, Milestone, Thesis
from theses.models.works import ACTIVE, Light, Stage, is_party, is_student
from theses.services.parties import (
    coordinators,
    everyone_of,
    locked_thesis,
    sides_of,
    tell,
    tell_parties,
)
from theses.services.topics import follow_theses

if TYPE_CHECKING:
    from members.models import User


POINTS = ("signed_on", "permits", "permits_note", "data", "data_note", "rights", "rights_note")
CONFIRMATIONS = ("student_at", "commissioner_at", "supervisor_at")


def _held(thesis: Thesis) -> Agreement:
    """Under the thesis's lock."""
    return Agreement.objects.get_or_create(thesis=thesis)[0]


@transaction.atomic
def change_agreement(thesis: Thesis, values: dict[str, Any], *, by: User) -> Agreement:
    """Sets what differs. A change asks all parties anew; one that had been agreed is open again."""
    thesis = locked_thesis(thesis)
    agreement = _held(thesis)
    if not is_party(thesis, by):
        raise Refused(_("You cannot do this."))
    if thesis.stage not in ACTIVE:
        raise Refused(_("The agreement of a thesis that is over cannot be changed."))
    changed = [
        name for name in POINTS if name in values and getattr(agreement, name) != values[name]
    ]
    if not changed:
        return agreement
    for name in changed:
        setattr(agreement, name, values[name])
    had = any(getattr(agreement, name) for name in CONFIRMATIONS)
    for name in CONFIRMATIONS:
        setattr(agreement, name, None)
    agreement.save()
    if thesis.stage == Stage.AGREED:
        thesis.stage = Stage.MATCHED
        thesis.save(update_fields=["stage", "updated_at"])
        follow_theses(thesis.topic, by=by)
    entry = audit.record(thesis, "agreement changed", by=by, details={"changed": changed})
    tell_parties(
        "agreement_changed", thesis, entry, but=by, had=int(had), person=by.get_full_name()
    )
    return agreement


@transaction.atomic
def confirm_agreement(thesis: Thesis, *, by: User) -> Agreement:
    """For each side that the user stands on; the last confirmation makes the thesis agreed."""
    thesis = locked_thesis(thesis)
    agreement = _held(thesis)
    sides = sides_of(thesis, by)
    if not sides:
        raise Refused(_("Only the parties themselves can confirm the agreement."))
    if thesis.stage not in ACTIVE or thesis.stage == Stage.SEEKING:
        raise Refused(_("The agreement is confirmed when all three parties are known."))
    if not agreement.is_complete:
        raise Refused(_("Settle every point of the list first."))
    now = timezone.now()
    for side in sides:
        if getattr(agreement, f"{side}_at") is None:
            setattr(agreement, f"{side}_at", now)
    agreement.save()
    entry = audit.record(thesis, "agreement confirmed", by=by, details={"sides": sides})
    if agreement.is_confirmed and thesis.stage == Stage.MATCHED:
        _agree(thesis, entry, by=by)
    else:
        tell_parties("agreement_confirmed", thesis, entry, but=by, person=by.get_full_name())
    return agreement


def _agree(thesis: Thesis, entry: audit.AuditEntry, *, by: User) -> None:
    thesis.stage = Stage.AGREED
    thesis.save(update_fields=["stage", "updated_at"])
    audit.record(thesis, "agreed", by=by)
    propose_milestones(thesis)
    follow_theses(thesis.topic, by=by)
    tell_parties("thesis_agreed", thesis, entry)


MOST = 40
USUAL_DAYS = 150
# The usual way of a thesis, with the share of the time by which each step lies behind.
USUAL_WAY = (0.15, 0.25, 0.65, 0.85, 0.95, 1.0)


def _usual_names() -> tuple[str, ...]:
    return (
        _("Plan"),
        _("Permits and material in order"),
        _("First full version"),
        _("Read by supervisor and commissioner"),
        _("Maturity test"),
        _("Published in the repository"),
    )


def propose_milestones(thesis: Thesis) -> None:
    """The usual steps, in the student's language, spread over the time there is; once."""
    if thesis.milestones.exists():
        return
    first = thesis.started_on or timezone.localdate()
    last = thesis.target_on or first + datetime.timedelta(days=USUAL_DAYS)
    days = max((last - first).days, len(USUAL_WAY))
    with override(thesis.application.student.language):
        names = _usual_names()
    Milestone.objects.bulk_create(
        Milestone(thesis=thesis, title=name, due_on=first + datetime.timedelta(days=int(days * at)))
        for name, at in zip(names, USUAL_WAY, strict=True)
    )


def _editable(thesis: Thesis, by: User) -> Thesis:
    thesis = locked_thesis(thesis)
    if not is_party(thesis, by):
        raise Refused(_("You cannot do this."))
    if thesis.stage not in ACTIVE:
        raise Refused(
            _("This can no longer be done: the state is now “%(stage)s”.")
            % {"stage": thesis.get_stage_display()}
        )
    return thesis


@transaction.atomic
def save_milestone(
    thesis: Thesis, values: dict[str, Any], *, by: User, milestone: Milestone | None = None
) -> Milestone:
    """A new one, or `milestone` with other values."""
    thesis = _editable(thesis, by)
    if milestone is None:
        if thesis.milestones.count() >= MOST:
            raise Refused(_("At most %(most)s milestones.") % {"most": MOST})
        milestone = Milestone(thesis=thesis)
    for name, value in values.items():
        setattr(milestone, name, value)
    milestone.save()
    audit.record(thesis, "milestone", by=by, details={"title": milestone.title})
    return milestone


@transaction.atomic
def tick_milestone(milestone: Milestone, *, by: User) -> Milestone:
    """Done today; ticked again, not done after all."""
    _editable(milestone.thesis, by)
    milestone = Milestone.objects.select_for_update(of=("self",)).get(pk=milestone.pk)
    milestone.done_on = None if milestone.done_on else timezone.localdate()
    milestone.save(update_fields=["done_on"])
    action = "milestone done" if milestone.done_on else "milestone undone"
    audit.record(milestone.thesis, action, by=by, details={"title": milestone.title})
    return milestone


@transaction.atomic
def remove_milestone(milestone: Milestone, *, by: User) -> None:
    thesis = _editable(milestone.thesis, by)
    audit.record(thesis, "milestone removed", by=by, details={"title": milestone.title})
    Milestone.objects.filter(pk=milestone.pk).delete()


@transaction.atomic
def set_target(thesis: Thesis, target_on: datetime.date | None, *, by: User) -> Thesis:
    """The day by which the work should be ready."""
    thesis = _editable(thesis, by)
    if target_on and thesis.started_on and target_on < thesis.started_on:
        raise Refused(_("The work cannot be ready before it began."))
    thesis.target_on = target_on
    thesis.save(update_fields=["target_on", "updated_at"])
    audit.record(thesis, "schedule", by=by)
    return thesis


@transaction.atomic
def set_light(thesis: Thesis, light: str, *, by: User, note: str = "") -> Thesis:
    """How it goes, by the student alone. Others hear of yellow and red, coordinators of red."""
    thesis = locked_thesis(thesis)
    note = note.strip()
    if not is_student(thesis, by):
        raise Refused(_("Only the student herself says how the work goes."))
    if thesis.stage != Stage.IN_PROGRESS:
        raise Refused(_("The light is set while the work goes on."))
    if light == Light.RED and not note:
        raise Refused(_("Tell what you are stuck with, so that others can help."))
    thesis.light, thesis.light_note, thesis.light_at = light, note, timezone.now()
    thesis.save(update_fields=["light", "light_note", "light_at", "updated_at"])
    LightReport.objects.create(thesis=thesis, light=light, note=note, by=by)
    entry = audit.record(thesis, f"light {light}", by=by)
    if light != Light.GREEN:
        people = {person.pk: person for person in everyone_of(thesis)}
        if light == Light.RED:
            people |= {person.pk: person for person in coordinators(thesis.topic)}
        tell("thesis_light", people.values(), entry, thesis, but=by, light=light, note=note)
    return thesis

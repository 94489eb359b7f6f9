"""The agreement of the three parties: a checklist that each of them confirms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from theses.models import Agreement, Thesis
from theses.models.works import ACTIVE, Stage, is_party
from theses.services.milestones import propose_milestones
from theses.services.parties import locked_thesis, sides_of, tell_parties
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

"""The hourly round for supervisors who have left their school: who has to know learns it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat

from cluster_portal.core import audit
from members.models import Affiliation
from members.models.affiliations import Stage
from members.services.recipients import contacts_of
from theses.models import SupervisorProfile, Thesis
from theses.models.works import ACTIVE
from theses.services.parties import (
    coordinators,
    everyone_of,
    locked_thesis,
    tell,
    tell_without_page,
)

if TYPE_CHECKING:
    from cluster_portal.core.audit import AuditEntry

MOST_AT_ONCE = 500


def tell_of_leavers() -> int:
    """A supervisor has left the school: the parties and the school learn it, once for each leave.

    The thesis stays as it is until a new supervisor accepts, or the old one is back in the school.
    """
    found = _not_told().select_related("application__topic").order_by("leave", "pk")[:MOST_AT_ONCE]
    groups = groupby(found, key=lambda row: row.leave)
    return sum(_tell_of_leave(leave, list(theses)) for leave, theses in groups)


def _not_told() -> Any:
    """Theses under way, each with its supervisor's `leave`, of which nobody has been told.

    Who only asked to belong to the school, and took it back, has not left it: such an affiliation
    has no last day.
    """
    own = {
        "user": OuterRef("supervisor"),
        "organisation": OuterRef("supervisor__supervisor_profile__institution"),
    }
    left = Affiliation.objects.filter(stage=Stage.ENDED, until__isnull=False, **own)
    text = CharField()
    leave = Concat(Cast("pk", text), Value(" "), Cast("until", text), output_field=text)
    rows = Thesis.objects.filter(
        ~Exists(Affiliation.objects.confirmed().filter(**own)),
        supervisor__is_active=True, stage__in=ACTIVE,
    )  # fmt: skip
    rows = rows.annotate(leave=Subquery(left.order_by("-until", "-pk").values_list(leave)[:1]))
    return rows.filter(leave__isnull=False).exclude(leave_told=F("leave"))


def _tell_of_leave(leave: str, theses: list[Thesis]) -> int:
    """Each thesis in a transaction of its own, so that no lock waits for all the others."""
    told = [entry for thesis in theses if (entry := _tell_parties(thesis, leave))]
    if told:
        _tell_school(theses[0].supervisor_id, told)
    return len(told)


@transaction.atomic
def _tell_parties(thesis: Thesis, leave: str) -> AuditEntry | None:
    """None where the lock shows that another round has told it, or that it no longer holds."""
    thesis = locked_thesis(thesis)
    if not _not_told().filter(pk=thesis.pk, leave=leave).exists():
        return None
    thesis.leave_told = leave
    thesis.save(update_fields=["leave_told"])
    entry = audit.record(thesis, "supervisor left school", by=None)
    profile = _profile(thesis.supervisor_id)
    people = [*everyone_of(thesis), *coordinators(thesis.topic)]
    readers = {person.pk: person for person in people}.values()
    tell(
        "thesis_supervisor_left", readers, entry, thesis, but=profile.user,
        name=profile.user.get_full_name(), school=profile.institution.title,
    )  # fmt: skip
    return entry


@transaction.atomic
def _tell_school(supervisor_pk: int | None, told: list[AuditEntry]) -> None:
    """The school's contacts see no page of the theses: their message holds the number alone."""
    profile = _profile(supervisor_pk)
    tell_without_page(
        "school_supervisor_left", contacts_of([profile.institution_id]), told[-1],
        name=profile.user.get_full_name(), count=len(told),
    )  # fmt: skip


def _profile(supervisor_pk: int | None) -> SupervisorProfile:
    return SupervisorProfile.objects.select_related("user", "institution").get(user=supervisor_pk)

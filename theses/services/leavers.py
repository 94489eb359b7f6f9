"""The hourly round for supervisors who have left their school: who has to know learns it."""

from __future__ import annotations

from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import JSONObject

from cluster_portal.core import audit
from cluster_portal.core.audit import AuditEntry
from members.models import Affiliation
from members.models.affiliations import Stage
from members.services.recipients import contacts_of
from theses.models import Thesis
from theses.models.works import ACTIVE
from theses.services.parties import (
    coordinators,
    everyone_of,
    locked_thesis,
    tell,
    tell_without_page,
)

ACT = "supervisor left school"
MOST_AT_ONCE = 500


def tell_of_leavers() -> int:
    """A supervisor has left the school: the parties and the school learn it, once for each leave.

    The thesis stays as it is until a new supervisor accepts, or the old one is back in the school.
    """
    own = {
        "user": OuterRef("supervisor"),
        "organisation": OuterRef("supervisor__supervisor_profile__institution"),
    }
    left = Affiliation.objects.filter(stage=Stage.ENDED, **own).order_by("-pk")
    told = AuditEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Thesis), object_id=OuterRef("pk"),
        action=ACT, details__contains=JSONObject(affiliation=OuterRef("left")),
    )  # fmt: skip
    rows = Thesis.objects.filter(
        ~Exists(Affiliation.objects.confirmed().filter(**own)),
        supervisor__is_active=True, stage__in=ACTIVE,
    ).annotate(left=Subquery(left.values("pk")[:1]))  # fmt: skip
    rows = rows.filter(~Exists(told), left__isnull=False).order_by("left", "pk")
    found = rows.select_related("application__topic")[:MOST_AT_ONCE]
    groups = groupby(found, key=lambda row: row.left)
    return sum(_tell_of_leaver(left, list(theses)) for left, theses in groups)


@transaction.atomic
def _tell_of_leaver(left: int, rows: list[Thesis]) -> int:
    """The school's contacts see no page of the theses: their message holds the number alone."""
    affiliation = Affiliation.objects.select_related("user", "organisation").get(pk=left)
    name, school = affiliation.user.get_full_name(), affiliation.organisation
    for row in rows:
        thesis = locked_thesis(row)
        entry = audit.record(thesis, ACT, by=None, details={"affiliation": left})
        people = [*everyone_of(thesis), *coordinators(thesis.topic)]
        readers = {person.pk: person for person in people}.values()
        tell(
            "thesis_supervisor_left", readers, entry, thesis, but=affiliation.user,
            name=name, school=school.title,
        )  # fmt: skip
    contacts = contacts_of([school.pk])
    tell_without_page("school_supervisor_left", contacts, entry, name=name, count=len(rows))
    return len(rows)

"""Entering rows of registers beside the answers: what training a school offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from cluster_portal.surveys.models import TrainingSupply
from members.models import Organisation
from members.models.kinds import Sector
from members.services.needs import clusters_of

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from members.models import User


def schools_of(user: Reader) -> Any:
    """The members in education for which the user may tell what training there is."""
    known = audience(user)
    rows = Organisation.objects.standing().members().filter(sector=Sector.EDUCATION)
    if known.is_admin:
        return rows
    if not (known.coordinates or known.edits):
        return rows.none()
    managed = Organisation.objects.managed_by(user).values("pk") if known.coordinates else []
    return rows.filter(pk__in=known.edits) | rows.filter(pk__in=managed)


@transaction.atomic
def add_supply(school: Organisation, values: dict[str, Any], *, by: User) -> TrainingSupply:
    """The same programme of the same year and region is told once: telling it again corrects it."""
    if not schools_of(by).contains(school):
        raise Refused(_("You cannot tell this for the organisation."))
    Organisation.objects.select_for_update(no_key=True).get(pk=school.pk)
    clusters = list(clusters_of(school, by).order_by("pk"))
    if not clusters:
        raise Refused(_("The organisation is no member of a cluster now."))
    known = audience(by)
    home = next((c for c in clusters if c.pk in known.coordinates), clusters[0])
    same = {name: values[name] for name in ("programme", "year", "region")}
    rest = {name: value for name, value in values.items() if name not in same}
    supply, is_new = TrainingSupply.objects.update_or_create(
        organisation=school, **same,
        defaults={
            **rest, "entered_by": by, "source": school.name[:200],
            "sourced_on": timezone.localdate(),
        },
        create_defaults={
            **rest, "entered_by": by, "source": school.name[:200], "home_cluster": home,
            "sourced_on": timezone.localdate(),
        },
    )  # fmt: skip
    audit.record(supply, "created" if is_new else "edited", by=by)
    return supply

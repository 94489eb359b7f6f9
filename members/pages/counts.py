"""What indicators can count of members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.counting import Count, by_field, of_cluster
from members.models import Capability, Need, Organisation
from members.models import capabilities as capability_rules
from members.models import needs as need_rules
from members.models.kinds import Sector

if TYPE_CHECKING:
    from members.models import Cluster


def _members(cluster: Cluster | None) -> Any:
    rows = Organisation.objects.all()
    return rows.members_of([cluster.pk]) if cluster else rows.members()


MEMBERS = Count(
    "members", _("Member organisations"), _members,
    by=(by_field("sector", _("Sector"), Sector.choices),),
    url=lambda _chosen: reverse("members:list"),
)  # fmt: skip
CAPABILITIES = Count(
    "capabilities", _("Capabilities and solutions"), of_cluster(Capability.objects.open),
    by=(by_field("kind", _("Kind"), capability_rules.Kind.choices),),
    url=lambda _chosen: reverse("members:capabilities"),
)  # fmt: skip
NEEDS = Count(
    "needs", _("Needs told"),
    of_cluster(lambda: Need.objects.filter(stage__in=need_rules.PUBLISHED)), moment="published_at",
    by=(by_field("kind", _("Kind"), need_rules.Kind.choices),),
    url=lambda _chosen: reverse("members:needs"),
)  # fmt: skip

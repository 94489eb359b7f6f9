"""The content type of related initiatives and clusters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import (
    Content,
    Erasure,
    Following,
    Found,
    PersonalData,
    Queue,
    RegionSection,
    since,
)
from cluster_portal.core.digest_section import DigestSection
from cluster_portal.core.states import QueueState
from members.models import RelatedCluster
from members.models.related import Stage
from members.services import related
from projects.pages import initiatives, region_leads

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def _going_on(user: Reader) -> Any:
    return RelatedCluster.objects.visible_to(user).going_on()


def _proposed(user: Reader) -> QueueState:
    waiting = RelatedCluster.objects.managed_by(user).filter(stage=Stage.PROPOSED)
    found = waiting.order_by().aggregate(count=Count("pk"), oldest=Min("created_at"))
    url = reverse("admin:members_relatedcluster_changelist")
    return QueueState(_("Initiatives proposed"), url=f"{url}?stage__exact=proposed", **found)


INITIATIVES = Content(
    "initiatives", 72, _("Related initiatives"), RelatedCluster,
    lists=(initiatives.INITIATIVES,),
    search=(Found("initiatives", _("Related initiatives"), _going_on),),
    following=(
        Following(
            "initiatives", _("Related initiatives"), RelatedCluster.objects.visible_to,
            RelatedCluster.get_stage_display,
            {
                "publish": _("The initiative is in the register now."),
                "decline": _("The initiative was not taken into the register."),
                "end": _("The initiative has ended."),
            },
        ),
    ),
    digest=(
        DigestSection(
            "new-initiatives", _("New initiatives elsewhere"), since("published_at", _going_on),
            per_audience=True,
        ),
    ),
    regions=(RegionSection("leads", region_leads.values, "projects/_region_leads.html"),),
    queues=(Queue("initiatives-proposed", _proposed, days=14),),
    exports=(
        PersonalData("initiatives", _("Initiatives that I have proposed"), related.proposed_by),
    ),
    erasure=(Erasure("initiatives", _("Related initiatives"), related.effects, related.erase),),
)  # fmt: skip

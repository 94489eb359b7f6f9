"""What indicators can count of theses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.counting import Count, by_field, of_cluster
from theses.models import Thesis, Topic
from theses.models.choices import SHOWN, Level

if TYPE_CHECKING:
    from members.models import Cluster


def _finished(cluster: Cluster | None) -> Any:
    rows = Thesis.objects.finished()
    return rows.filter(application__topic__home_cluster=cluster) if cluster else rows


TOPICS = Count(
    "topics", _("Thesis topics published"),
    of_cluster(lambda: Topic.objects.filter(stage__in=SHOWN)), moment="published_at",
    url=lambda _chosen: reverse("theses:list"),
)  # fmt: skip
THESES = Count(
    "theses", _("Finished theses"), _finished, moment="finished_on",
    by=(by_field("level", _("Level"), Level.choices),),
    url=lambda _chosen: reverse("theses:finished"),
)  # fmt: skip

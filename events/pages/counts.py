"""What indicators can count of events, and of those who took part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.counting import By, Count, by_field, of_cluster
from events.models import Event, Registration
from events.models.event_choices import Kind, Stage
from events.models.registrations import Stage as RegistrationStage

if TYPE_CHECKING:
    from members.models import Cluster


def _attended(cluster: Cluster) -> Any:
    rows = Registration.objects.filter(stage=RegistrationStage.ATTENDED)
    return rows.filter(event__home_cluster=cluster)


EVENTS = Count(
    "events", _("Events held"),
    of_cluster(lambda: Event.objects.filter(stage=Stage.PUBLISHED).past()), moment="starts_at",
    by=(by_field("kind", _("Kind"), Kind.choices),),
    url=lambda _chosen: reverse("events:list"),
)  # fmt: skip
ATTENDANCE = Count(
    "attendance", _("Took part in events"), _attended, moment="event__starts_at",
    by=(
        By("kind", _("Kind"), lambda _cluster: Kind.choices,
           lambda rows, value: rows.filter(event__kind=value)),
    ),
    has_network=False,
)  # fmt: skip

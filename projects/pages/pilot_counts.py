"""What indicators can count of pilots, learnings and test environments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core.content import Offering
from cluster_portal.core.counting import Count, by_field, of_cluster
from members.pages.growth import by_year
from projects.models import Learning, Pilot, TestEnvironment
from projects.models.learnings import Kind
from projects.models.pilots import Stage
from projects.models.testbeds import PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.visibility import Reader

PILOTS = Count(
    "pilots", _("Pilots"),
    of_cluster(lambda: Pilot.objects.filter(published_at__isnull=False)), moment="starts_on",
    by=(by_field("stage", _("State"), Stage.choices[1:]),),
    url=lambda _chosen: reverse("projects:pilots"),
)  # fmt: skip
LEARNINGS = Count(
    "learnings", pgettext_lazy("of pilots", "Learnings"),
    lambda cluster: Learning.objects.told().filter(pilot__home_cluster=cluster) if cluster
    else Learning.objects.told(),
    by=(by_field("kind", _("What it tells"), Kind.choices),), moment="created_at",
    url=lambda _chosen: reverse("projects:learnings"),
)  # fmt: skip
TESTBEDS = Count(
    "testbeds", _("Test environments"),
    of_cluster(lambda: TestEnvironment.objects.filter(stage__in=sorted(PUBLISHED))),
    moment="published_at", url=lambda _chosen: reverse("projects:testbeds"),
)  # fmt: skip


def _testbeds(user: Reader) -> Iterable[tuple[Any, int, int, int]]:
    rows = TestEnvironment.objects.visible_to(user).filter(stage__in=sorted(PUBLISHED))
    for organisation, year, count in by_year(rows.exclude(organisation=None), "organisation"):
        yield _("Test environment"), organisation, year, count


OFFERING = Offering("testbeds", _testbeds)

"""What indicators can count of rounds and registers.

Of rounds how many have answered, or were talked with: only by round and by how far an answer is,
so that no choice tells what anybody answered. Of registers all rows of a cluster together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core.counting import By, Chosen, Count, of_cluster
from cluster_portal.surveys.disclosure import FEWEST
from cluster_portal.surveys.models import (
    CircularCase,
    InfrastructureNeed,
    Response,
    Round,
    SkillGap,
)
from cluster_portal.surveys.models.responses import COUNTED, Stage
from cluster_portal.surveys.models.templates import Purpose

if TYPE_CHECKING:
    from members.models import Cluster

HELD, ANSWERED, CHECKED = "held", "answered", "checked"
STAGES = {
    HELD: frozenset({Stage.HELD, *COUNTED}),
    ANSWERED: COUNTED,
    CHECKED: frozenset({Stage.CHECKED}),
}


def _reached(cluster: Cluster) -> Any:
    """Talks that were held, and answers."""
    rows = Response.objects.filter(stage__in=STAGES[HELD])
    return rows.filter(round__home_cluster=cluster)


def _that_far(rows: Any, how_far: str) -> Any:
    """A talk counts once it was held; its answers once the organisation has confirmed them."""
    found = rows.filter(stage__in=STAGES[how_far])
    return found if how_far == HELD else found.for_figures()


def _rounds(cluster: Cluster) -> list[tuple[str, str]]:
    rounds = Round.objects.begun().filter(home_cluster=cluster).newest_first()
    return [(each.slug, str(each.title)) for each in rounds]


def _address(chosen: Chosen) -> str:
    slug = chosen.get("round", "")
    return Round(slug=slug).get_absolute_url() if slug else ""


ANSWERS = Count(
    "survey-answers", _("Talks held and answers given"), _reached,
    by=(
        By(
            "round", pgettext_lazy("survey", "Round"), _rounds,
            lambda rows, slug: rows.filter(round__slug=slug),
        ),
        By(
            "purpose", _("Purpose of the questionnaire"), lambda _cluster: Purpose.choices,
            lambda rows, value: rows.filter(round__version__template__purpose=value),
        ),
        By(
            "stage", _("How far"),
            lambda _cluster: [
                (HELD, _("Held or answered")),
                (ANSWERED, Stage.ANSWERED.label), (CHECKED, Stage.CHECKED.label),
            ],
            _that_far, blank=_("Held or answered"),
        ),
    ),
    url=_address, has_network=False, fewest=FEWEST,
)  # fmt: skip
CIRCULAR = Count(
    "circular-materials", _("Circular materials"), of_cluster(CircularCase.objects.all),
    url=lambda _chosen: reverse("surveys:circular"),
)  # fmt: skip
SKILL_GAPS = Count(
    "skill-gaps", _("Shortages of skills"), of_cluster(SkillGap.objects.all),
    url=lambda _chosen: reverse("surveys:skills"), has_network=False, fewest=FEWEST,
)  # fmt: skip
INFRASTRUCTURE = Count(
    "infrastructure-needs", _("Needs of infrastructure"),
    of_cluster(InfrastructureNeed.objects.all),
    url=lambda _chosen: reverse("surveys:infrastructure"), has_network=False, fewest=FEWEST,
)  # fmt: skip

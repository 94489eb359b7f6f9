"""What the lists can be narrowed by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cluster_portal.core import vocabulary
from cluster_portal.core.facets import Choice, Facet, Filters, term_choices
from cluster_portal.core.vocabulary import Scheme
from members.filters import cluster_choices, of_named_owner
from members.models.kinds import Sector
from projects.models.calls import State, state_now
from projects.models.challenges import PUBLISHED, Stage
from projects.models.pilots import Stage as PilotStage
from projects.models.recommendations import used_in_decision
from projects.models.testbeds import PUBLISHED as TESTBED_PUBLISHED
from projects.models.testbeds import Stage as TestbedStage

if TYPE_CHECKING:
    from django.db.models import QuerySet

THEMES = (
    Scheme.VITAL_FUNCTION,
    Scheme.SECURITY_TASK,
    Scheme.CRITICAL_SECTOR,
    Scheme.SMART_SPECIALISATION,
)


def _themes() -> list[Choice]:
    """Terms that content is marked with, from the process's own copy of the vocabulary."""
    return [term for scheme in THEMES for term in vocabulary.named(scheme)]


def _regions() -> list[Choice]:
    """As text, like the values of an owner."""
    return [(str(pk), code, label) for pk, code, label in vocabulary.named(Scheme.REGION)]


def cluster_facet() -> Facet:
    return Facet("home_cluster", _("Cluster"), cluster_choices, is_open=True)


def theme_facet() -> Facet:
    return Facet("terms", _("Theme"), _themes, hide_empty=True)


def goal_facet() -> Facet:
    """By the sustainable development goals that content promotes."""
    goals = term_choices(Scheme.SDG)
    return Facet("terms", _("Sustainable development goal"), goals, hide_empty=True)


class ProjectFilters(Filters):
    stage = Facet("stage", _("Stage"), is_open=True, hide_empty=True)
    instrument = Facet("instrument", _("Funding instrument"), is_open=True, hide_empty=True)
    cluster = cluster_facet()
    region = Facet(of_named_owner("region"), _("Region"), _regions, hide_empty=True)
    theme = theme_facet()
    goal = goal_facet()


class ChallengeFilters(Filters):
    stage = Facet(
        "stage",
        _("State"),
        [(stage.value, stage.value, stage.label) for stage in Stage if stage in PUBLISHED],
        is_open=True,
        hide_empty=True,
    )
    level = Facet("scopes", _("Level of activity"), is_open=True, hide_empty=True)
    cluster = cluster_facet()
    sector = Facet(
        of_named_owner("sector"),
        _("Sector"),
        [(sector.value, sector.value, sector.label) for sector in Sector],
        hide_empty=True,
    )
    theme = theme_facet()


class OfState(Facet):
    """Closed calls are the archive: found when they are asked for."""

    def filter(self, rows: QuerySet[Any], chosen: list[Choice]) -> QuerySet[Any]:
        return super().filter(rows, chosen) if chosen else rows.not_closed()  # type: ignore[attr-defined]


class Followed(Facet):
    """What the reader follows; the rows carry `is_followed`."""

    def filter(self, rows: QuerySet[Any], chosen: list[Choice]) -> QuerySet[Any]:
        return rows.filter(is_followed=True) if chosen else rows


class ResultFilters(Filters):
    level = Facet("level", _("Decision level"), is_open=True)
    kind = Facet("kind", _("Kind"), is_open=True, hide_empty=True)
    used = Facet(
        used_in_decision, _("Used in a decision"), [("yes", "yes", _("Used")),
        ("no", "no", _("Not used yet"))], is_open=True,
    )  # fmt: skip
    language = Facet("languages", _("Language"), hide_empty=True)
    cluster = cluster_facet()
    theme = theme_facet()


class CallFilters(Filters):
    state = OfState(
        state_now, _("State"), [(each.value, each.value, each.label) for each in State],
        is_open=True, hide_empty=True,
    )  # fmt: skip
    followed = Followed("slug", _("I follow"), [(True, "yes", _("Yes"))], is_offered=False)
    funder = Facet("funder", _("Funder"), is_open=True)
    instrument = Facet("instrument", _("Funding instrument"), hide_empty=True)
    applicant = Facet("applicants", _("Who may apply"), hide_empty=True)
    region = Facet("terms", _("Region"), term_choices(Scheme.REGION), hide_empty=True)
    theme = theme_facet()
    cluster = cluster_facet()


class PilotFilters(Filters):
    stage = Facet(
        "stage",
        _("State"),
        [(each.value, each.value, each.label) for each in PilotStage if each != PilotStage.DRAFT],
        is_open=True,
        hide_empty=True,
    )
    sector = Facet("sectors", _("Sector of a maker"), is_open=True, hide_empty=True)
    cluster = cluster_facet()
    theme = theme_facet()


class LearningFilters(Filters):
    kind = Facet("kind", _("What it tells"), is_open=True)
    sector = Facet("pilot__sectors", _("Sector of a maker"), is_open=True, hide_empty=True)
    cluster = Facet("pilot__home_cluster", _("Cluster"), cluster_choices, is_open=True)
    theme = theme_facet()


class TestbedFilters(Filters):
    state = Facet(
        "stage",
        _("State"),
        [(each.value, each.value, each.label) for each in TestbedStage
         if each in TESTBED_PUBLISHED],
        is_open=True,
    )  # fmt: skip
    region = Facet(
        "region", _("Region"), term_choices(Scheme.REGION), is_open=True, hide_empty=True
    )
    language = Facet("languages", _("Language of service"), is_open=True, hide_empty=True)
    cluster = cluster_facet()
    theme = theme_facet()


class InitiativeFilters(Filters):
    relation = Facet("relation", _("How it relates to our work"), is_open=True, hide_empty=True)
    region = Facet("regions", _("Region"), term_choices(Scheme.REGION), hide_empty=True)
    lead = Facet("is_lead", _("Leads nationally"), [(True, "yes", _("Yes"))], hide_empty=True)
    theme = theme_facet()
    cluster = cluster_facet()


class PartnerFilters(Filters):
    """Ideas that look for partners."""

    theme = Facet("terms", _("Theme"), _themes, is_open=True, hide_empty=True)
    region = Facet(of_named_owner("region"), _("Region"), _regions, hide_empty=True)
    sector = Facet(
        of_named_owner("sector"),
        _("Sector of the owner"),
        [(sector.value, sector.value, sector.label) for sector in Sector],
        hide_empty=True,
    )
    cluster = cluster_facet()

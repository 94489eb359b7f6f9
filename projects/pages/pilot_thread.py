"""Pilots on the thread: what they began from, what began from them; test environments, too."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.urls import reverse
from django.utils.http import urlencode

from cluster_portal.core.visibility import audience
from projects.models import Challenge, Measure, Pilot, Project, Proposal, TestEnvironment
from projects.models.challenges import PUBLISHED
from projects.models.proposals import Stage as Proposed
from projects.pages import challenges, measure_lines, pilots, projects, testbeds
from projects.pages.pilot_form import may_begin

if TYPE_CHECKING:
    from collections.abc import Callable

    from cluster_portal.core.origin import Row
    from cluster_portal.core.visibility import Reader


def sources(pilot: Pilot, user: Reader) -> list[Row]:
    """The challenge, the project or idea, and the measures that it is evidence of."""
    rows: list[Row] = []
    if pilot.challenge_id:
        seen = Challenge.objects.visible_to(user).filter(pk=pilot.challenge_id)
        rows += map(challenges.row, seen.defer("search"))
    if pilot.project_id:
        found = Project.objects.visible_to(user).filter(pk=pilot.project_id)
        rows += map(projects.row, found.defer("search"))
    measures = Measure.objects.visible_to(user).filter(pilots=pilot).with_programme()
    return [*rows, *map(measure_lines.row, measures)]


def pilots_by(link: str) -> Callable[[list[int], Any], dict[int, list[Row]]]:
    """Pilots of challenges, projects, measures or test environments, by the field's name."""

    def results(pks: list[int], user: Reader) -> dict[int, list[Row]]:
        rows = Pilot.objects.visible_to(user).filter(**{f"{link}__in": pks})
        found: dict[int, list[Row]] = defaultdict(list)
        for pilot in rows.defer("search", "how").annotate(source=F(link)).order_by("pk"):
            found[pilot.source].append(pilots.row(pilot))
        return found

    return results


def move_pilots(earlier: int, later: int) -> None:
    """Pilots go on serving the measure that continues theirs."""
    for pilot in Pilot.objects.filter(measures=earlier).order_by("pk"):
        pilot.measures.add(later)
        pilot.measures.remove(earlier)


def testbeds_by_capability(pks: list[int], user: Reader) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    rows = TestEnvironment.objects.visible_to(user).filter(capability__in=pks).defer("search")
    for testbed in rows.order_by("pk"):
        if testbed.capability_id is not None:
            found[testbed.capability_id].append(testbeds.row(testbed))
    return found


def _form(**given: Any) -> str:
    return f"{reverse('projects:pilot_propose')}?{urlencode(given)}"


def pilot_of_challenge(challenge: Challenge, user: Reader) -> str:
    """For its own side, and for who speaks for an organisation whose proposal was chosen."""
    if challenge.stage not in PUBLISHED:
        return ""
    ours = audience(user).organisations
    chosen = [row for row in challenge.proposals.all() if row.stage == Proposed.CHOSEN]
    is_own = any(row.organisation_id in ours for row in chosen) or challenge.is_editable_by(user)
    if not is_own or not may_begin(user):
        return ""
    if not chosen:
        return _form(challenge=challenge.slug)
    first = min(chosen, key=lambda row: (row.decided_at, row.pk))
    return _form(challenge=challenge.slug, proposal=first.public_id)


def pilot_of_proposal(proposal: Proposal, user: Reader) -> str:
    if proposal.stage != Proposed.CHOSEN or not may_begin(user):
        return ""
    return _form(proposal=proposal.public_id)


def pilot_of_project(project: Project, user: Reader) -> str:
    if not project.is_editable_by(user) or not may_begin(user):
        return ""
    return _form(project=project.slug)


def pilot_in_testbed(testbed: TestEnvironment, user: Reader) -> str:
    return _form(testbed=testbed.slug) if may_begin(user) else ""

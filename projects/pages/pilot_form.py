"""Beginning a pilot, from nothing or from a challenge, a proposal, a project or a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from members.services.needs import organisations_of
from projects.models import Challenge, Project, Proposal, TestEnvironment
from projects.models.proposals import Stage as Proposed
from projects.pages.pilots import trail
from projects.services.pilots import Sources

if TYPE_CHECKING:
    from django.http import QueryDict

    from cluster_portal.core.visibility import Reader


TITLE, SUMMARY = 120, 400


def may_begin(user: Reader) -> bool:
    return user.is_authenticated and organisations_of(user).exists()


def sources_of(given: QueryDict, user: Reader) -> Sources:
    """What the address names, as far as the reader may see it; a proposal brings its challenge."""
    proposal = _proposal(given.get("proposal", ""), user)
    challenges = Challenge.objects.visible_to(user).select_related("organisation")
    slug = given.get("challenge", "")
    challenge = proposal.challenge if proposal else challenges.filter(slug=slug).first()
    projects = Project.objects.visible_to(user).select_related("organisation")
    project = projects.filter(slug=given.get("project", "")).first()
    return Sources(challenge=challenge, proposal=proposal, project=project)


def _proposal(told: str, user: Reader) -> Proposal | None:
    """A chosen one that the reader may read."""
    try:
        public_id = UUID(told)
    except ValueError:
        return None
    chosen = Proposal.objects.visible_to(user).filter(stage=Proposed.CHOSEN, public_id=public_id)
    return chosen.select_related("challenge__organisation", "organisation").first()


def testbed_of(slug: str, user: Reader) -> TestEnvironment | None:
    return TestEnvironment.objects.visible_to(user).open().filter(slug=slug).first()


def begun_from(sources: Sources, testbed: TestEnvironment | None) -> dict[str, Any]:
    """The form filled in; the makers are those of what it begins from."""
    source = sources.challenge or sources.project
    things: list[Any] = [sources.challenge, sources.proposal, sources.project, testbed]
    owners = [thing.organisation_id for thing in things if thing is not None]
    told: dict[str, Any] = {"ask": [pk for pk in owners if pk is not None]}
    if source is not None:
        told |= {"title_fi": source.title_fi[:TITLE], "summary_fi": source.summary_fi[:SUMMARY]}
    if sources.proposal is not None:
        told |= {"title_fi": sources.proposal.title[:TITLE], "how": sources.proposal.what}
    if testbed is not None:
        told |= {"testbed": testbed.pk, "place": testbed.place}
    return told


def begin_values(sources: Sources) -> dict[str, Any]:
    source = sources.challenge or sources.project
    return {
        "source": source,
        "heading": _("Begin a pilot"),
        "trail": trail(_("Begin a pilot")),
        "current": "projects",
    }

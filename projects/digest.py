"""What a digest says about projects, challenges, calls and pilots: new, and closing soon."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import since, soon
from cluster_portal.core.digest_section import DigestSection
from projects.models import (
    Challenge,
    FundingCall,
    Learning,
    Pilot,
    Project,
    Result,
    TestEnvironment,
)
from projects.models.testbeds import PUBLISHED as TESTBED_PUBLISHED

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader

NEAR = timedelta(days=30)


def _open_challenges(user: Reader) -> QuerySet[Challenge]:
    return Challenge.objects.visible_to(user).open()


def _open_calls(user: Reader) -> QuerySet[FundingCall]:
    return FundingCall.objects.visible_to(user).not_closed()


def _told_pilots(user: Reader) -> QuerySet[Pilot]:
    return Pilot.objects.visible_to(user).filter(published_at__isnull=False)


def _told_learnings(user: Reader) -> QuerySet[Learning]:
    return Learning.objects.visible_to(user).told().select_related("pilot")


def _testbeds(user: Reader) -> QuerySet[TestEnvironment]:
    return TestEnvironment.objects.visible_to(user).filter(stage__in=sorted(TESTBED_PUBLISHED))


PROJECTS = (
    DigestSection(
        "new-projects", _("New projects"), since("published_at", Project.objects.visible_to),
        per_audience=True,
    ),
)  # fmt: skip
CHALLENGES = (
    DigestSection(
        "new-challenges", _("New challenges"), since("published_at", _open_challenges),
        per_audience=True,
    ),
    DigestSection(
        "closing-challenges", _("Challenges that close soon"),
        soon("closes_at", NEAR, _open_challenges), per_audience=True, order=41,
        template="projects/_digest_closing.txt", day="closes_at", model=Challenge,
    ),
)  # fmt: skip
CALLS = (
    DigestSection(
        "new-calls", _("New funding calls"), since("published_at", _open_calls), per_audience=True,
    ),
    DigestSection(
        "closing-calls", _("Funding calls that close soon"), soon("closes_at", NEAR, _open_calls),
        per_audience=True, order=46, template="projects/_digest_closing.txt", day="closes_at",
        model=FundingCall,
    ),
)  # fmt: skip
PILOTS = (
    DigestSection(
        "new-pilots", _("New pilots"), since("published_at", _told_pilots), per_audience=True,
    ),
)  # fmt: skip
LEARNINGS = (
    DigestSection(
        "new-learnings", _("Learned in pilots"), since("pilot__closed_at", _told_learnings),
        per_audience=True,
    ),
)  # fmt: skip
TESTBEDS = (
    DigestSection(
        "new-testbeds", _("New test environments"), since("published_at", _testbeds),
        per_audience=True,
    ),
)  # fmt: skip
RESULTS = (
    DigestSection(
        "new-results", _("New results"),
        since("published_at", lambda user: Result.objects.visible_to(user).out()),
        per_audience=True,
    ),
)  # fmt: skip

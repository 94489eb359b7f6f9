"""Pilots and test environments on a desk, among the deadlines and in the coordinators' queue."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core.content import Deadline, QueueState
from cluster_portal.core.request_cache import Part
from cluster_portal.core.visibility import audience
from projects.models import Pilot, PilotMaker, TestEnvironment
from projects.models.pilots import LIVE, Stage, waits_for
from projects.models.testbeds import PUBLISHED
from projects.pages import pilots, testbeds

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from members.models import Organisation

ON_DESK, ON_ORGANISATION = 10, 12
ON_CARDS: Part[list[Any]] = Part("pilots on a desk")
LAST_HOUR = datetime.time(16)
DEADLINE = gettext_lazy("Last day of a pilot")


def _pilots(user: Reader) -> list[Any]:
    """Of the reader's organisations and not over, read once for all cards and the deadlines."""
    known = audience(user)
    if not known.organisations:
        return []
    makers = PilotMaker.objects.exclude(answer="declined")
    mine = makers.filter(organisation__in=known.organisations).values("pilot")
    asked = PilotMaker.objects.waiting_for(user).filter(pilot=OuterRef("pk"))
    rows = Pilot.objects.filter(pk__in=mine, stage__in=[Stage.DRAFT, *sorted(LIVE)])
    found = rows.annotate(is_asked=Exists(asked)).defer("search", "how")
    return ON_CARDS.get(user.pk, lambda: list(found.order_by("-updated_at", "-pk")[: 3 * ON_DESK]))


def asked_of_us(user: Reader) -> list[dict[str, Any]]:
    return [pilots.row(each) for each in _pilots(user) if each.is_asked][:ON_DESK]


def waiting_for_us(user: Reader) -> list[dict[str, Any]]:
    """Ended without learnings, or planned to have begun."""
    mine = [each for each in _pilots(user) if not each.is_asked]
    return [pilots.row(each) for each in mine if waits_for(each, user)][:ON_DESK]


def mine(user: Reader) -> list[dict[str, Any]]:
    others = [each for each in _pilots(user) if not each.is_asked]
    return [pilots.row(each) for each in others if not waits_for(each, user)][:ON_DESK]


def coming(user: Reader) -> list[Deadline]:
    """The last days of the pilots that the reader's organisations make."""
    today = timezone.localdate()
    ahead = [
        each for each in _pilots(user)
        if each.stage == Stage.RUNNING and each.ends_on >= today and not each.is_asked
    ]  # fmt: skip
    return [
        Deadline(_at(each.ends_on), DEADLINE, each.title, each.get_absolute_url())
        for each in sorted(ahead, key=lambda each: each.ends_on)
    ]


def _at(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, LAST_HOUR))


def without_learnings(user: Reader) -> QueueState:
    waiting = Pilot.objects.managed_by(user).without_learnings()
    found = waiting.order_by().aggregate(count=Count("pk"), oldest=Min("updated_at"))
    url = f"{reverse('admin:projects_pilot_changelist')}?stage__exact={Stage.CLOSING.value}"
    return QueueState(_("Pilots without learnings"), url=url, **found)


def pilots_of(organisation: Organisation, user: Reader) -> list[dict[str, Any]]:
    """Those that it makes and that readers may see."""
    made = Pilot.objects.visible_to(user).made_by([organisation.pk])
    told = made.filter(published_at__isnull=False).defer("search", "how")
    return [pilots.row(pilot) for pilot in told.order_by("-pk")[:ON_ORGANISATION]]


def testbeds_of(organisation: Organisation, user: Reader) -> list[dict[str, Any]]:
    rows = TestEnvironment.objects.visible_to(user).filter(organisation=organisation)
    told = rows.filter(Q(stage__in=sorted(PUBLISHED))).defer("search", "offers")
    return [testbeds.row(testbed) for testbed in told.order_by("-pk")[:ON_ORGANISATION]]

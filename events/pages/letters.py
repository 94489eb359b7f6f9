"""To the people of which event or body a coordinator can write a letter."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.letter_audiences import LetterAudience, Narrowing
from events.models import Body, Event
from events.models.bodies import Role
from events.models.registrations import Stage
from events.services import letter_receivers as receivers

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

KEY = "event"
WRITTEN_AFTER, MOST = datetime.timedelta(days=180), 60
MOST_BODIES = 100
STAGES = (Stage.CONFIRMED, Stage.WAITING, Stage.ATTENDED, Stage.ABSENT)


def _events(user: Reader) -> list[tuple[str, Any]]:
    """The coming ones and those of the last half a year, the latest first."""
    since = timezone.now() - WRITTEN_AFTER
    rows = Event.objects.in_scope_of(user).filter(published_at__isnull=False, ends_at__gte=since)
    return [
        (str(event.pk), f"{event.title} ({_day(event)})")
        for event in rows.order_by("-starts_at", "-pk")[:MOST]
    ]


def _day(event: Event) -> str:
    return date_format(timezone.localtime(event.starts_at), "SHORT_DATE_FORMAT")


def _stages(_user: Reader) -> list[tuple[str, Any]]:
    return [(stage.value, stage.label) for stage in STAGES]


def _bodies(user: Reader) -> list[tuple[str, Any]]:
    rows = Body.objects.in_scope_of(user).working().defer("search").order_by("title_fi", "pk")
    return [(str(body.pk), body.title) for body in rows[:MOST_BODIES]]


def _roles(_user: Reader) -> list[tuple[str, Any]]:
    return [(role.value, role.label) for role in Role]


AUDIENCES = (
    LetterAudience(
        KEY, _("People of an event"), receivers.participants,
        _("You get this letter because you registered for an event of %(cluster)s."),
        narrowings=(
            Narrowing("event", _("Event"), _events), Narrowing("stage", _("State"), _stages),
        ),
        guests=receivers.guests, of_one="event", order=30,
    ),
)  # fmt: skip
BODY_AUDIENCES = (
    LetterAudience(
        "body", _("People of a body"), receivers.seated,
        _("You get this letter because you sit in a body of %(cluster)s."),
        narrowings=(
            Narrowing("body", _("Body"), _bodies), Narrowing("role", _("Role"), _roles),
        ),
        guests=receivers.seated_guests, of_one="body", order=32,
    ),
)  # fmt: skip

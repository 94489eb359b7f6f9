"""What a desk shows of events: registrations, closing dates, the coordinators' drafts."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster_portal.core.content import Deadline, QueueState
from cluster_portal.core.request_cache import Part
from cluster_portal.core.visibility import audience
from events.models import Course, Event, Idea, Registration
from events.models.courses import Stage as CourseStage
from events.models.event_choices import Admission, Stage
from events.models.ideas import Stage as IdeaStage
from events.models.registrations import Stage as PlaceStage
from events.pages.words import span
from events.services.registrations import claims_of

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

ON_DESK = 10
WAITING = (Stage.DRAFT, Stage.PROPOSED)
OWN: Part[list[Any]] = Part("events of one's own on a desk")


def my_registrations(user: Reader) -> list[Registration]:
    mine = Registration.objects.editable_by(user).active()
    coming = mine.filter(event__ends_at__gte=timezone.now()).with_position()
    rows = coming.select_related("event", "seats").prefetch_related("event__seats")
    return list(rows.order_by("event__starts_at")[:10])


def claims(user: Any) -> list[Registration]:
    """Guests' registrations with an address of this account, to be asked about."""
    return list(claims_of(user)[:10])


def closing(user: Reader) -> list[Deadline]:
    now = timezone.now()
    events = Event.objects.visible_to(user).upcoming().filter(stage=Stage.PUBLISHED)
    events = events.filter(registration_closes_at__gte=now)
    return [_deadline(event) for event in events.order_by("registration_closes_at")[:5]]


def _deadline(event: Event) -> Deadline:
    return Deadline(
        at=event.registration_closes_at,
        kind=_("Registration"),
        title=event.title,
        url=event.get_absolute_url(),
        note=event.open_place,
    )


def my_proposals(user: Reader) -> list[dict[str, Any]]:
    """Events of the reader's side that are drafts, or wait for a coordinator."""
    mine = [
        event for event in _own(user)
        if event.stage in WAITING and event.teller_id is not None
        and event.organisation_id in audience(user).organisations
    ]  # fmt: skip
    return [
        {
            "title": event.title, "url": event.get_absolute_url(),
            "state": "waiting" if event.stage == Stage.PROPOSED else "draft",
            "state_text": event.get_stage_display(), "text": event.summary,
        }
        for event in mine[:ON_DESK]
    ]  # fmt: skip


def applications(user: Reader) -> list[dict[str, Any]]:
    """Events whose organiser the reader is, with registrations that wait to be accepted."""
    return [
        {
            "title": event.title, "state": "waiting",
            "url": f"{reverse('events:organiser', args=[event.slug])}?stage={PlaceStage.APPLIED}",
            "state_text": ngettext("%(count)d waits", "%(count)d wait", event.asking)
            % {"count": event.asking},
        }
        for event in [each for each in _own(user) if each.is_asked][:ON_DESK]
    ]  # fmt: skip


def held_soon(user: Reader) -> list[dict[str, Any]]:
    """What the reader holds today or tomorrow, at the door of which people are ticked off."""
    soon = [
        event for event in _own(user)
        if event.stage == Stage.PUBLISHED and event.starts_at < _day_after_tomorrow()
    ]  # fmt: skip
    return [
        {
            "title": event.title, "url": reverse("events:door", args=[event.slug]),
            "state": "open", "state_text": span(event.starts_at, event.ends_at),
            "text": event.place,
        }
        for event in soon[:ON_DESK]
    ]  # fmt: skip


def _day_after_tomorrow() -> datetime.datetime:
    day = timezone.localdate() + datetime.timedelta(days=2)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def waiting_events(user: Reader) -> Any:
    """What the three cards above show."""
    waiting = Registration.objects.filter(event=OuterRef("pk"), stage=PlaceStage.APPLIED).order_by()
    count = waiting.values("event").annotate(rows=Count("pk")).values("rows")
    asked = Q(stage=Stage.PUBLISHED, admission=Admission.APPROVAL, asking__gt=0)
    proposed = Q(
        stage__in=WAITING, teller__isnull=False, organisation__in=audience(user).organisations
    )
    rows = Event.objects.editable_by(user).filter(ends_at__gte=timezone.now())
    soon = Q(stage=Stage.PUBLISHED, starts_at__lt=_day_after_tomorrow())
    rows = rows.annotate(asking=Subquery(count)).annotate(is_asked=asked)
    return rows.filter(asked | proposed | soon).defer("search")


def _own(user: Reader) -> list[Any]:
    """Read once for both cards."""
    rows = waiting_events(user)
    return OWN.get(user.pk, lambda: list(rows.order_by("starts_at", "pk")[: 10 * ON_DESK]))


def to_publish(user: Reader) -> QueueState:
    """What members have sent, and the coordinators' own drafts."""
    rows = Event.objects.in_scope_of(user).filter(
        Q(stage=Stage.PROPOSED) | Q(stage=Stage.DRAFT, teller=None)
    )
    waiting = rows.order_by("created_at", "pk")
    first = waiting.first()
    return QueueState(
        label=_("Events to publish"),
        count=waiting.count(),
        oldest=first.created_at if first else None,
        url=reverse("admin:events_event_changelist"),
    )


def to_read(user: Reader) -> QueueState:
    """Ideas that wait to be read before others see them."""
    waiting = Idea.objects.editable_by(user).filter(stage=IdeaStage.PROPOSED)
    first = waiting.order_by("created_at", "pk").first()
    return QueueState(
        label=_("Ideas to read"), count=waiting.count(), oldest=first.created_at if first else None,
        url=reverse("events:ideas_to_read"),
    )  # fmt: skip


def courses_to_publish(user: Reader) -> QueueState:
    waiting = Course.objects.in_scope_of(user).filter(stage=CourseStage.PROPOSED)
    first = waiting.order_by("updated_at", "pk").first()
    return QueueState(
        label=_("Courses to publish"), count=waiting.count(),
        oldest=first.updated_at if first else None, url=reverse("events:courses_to_publish"),
    )  # fmt: skip

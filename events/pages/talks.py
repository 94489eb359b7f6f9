"""The call for talks: what its author sees, and what the organisers review and choose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.models import AgendaItem, SessionChoice, Talk
from events.models.talks import TALK_MOVES, TalkStage
from events.pages.words import span

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from events.models import Event, Registration

LOOKS = {
    TalkStage.SUBMITTED: "waiting", TalkStage.ACCEPTED: "done", TalkStage.DECLINED: "stopped",
    TalkStage.WITHDRAWN: "stopped",
}  # fmt: skip


def own(event: Event, user: Reader) -> list[dict[str, Any]]:
    rows = Talk.objects.filter(event=event, author=user.pk) if user.pk else Talk.objects.none()
    return [_row(talk) | {"can_withdraw": talk.stage == TalkStage.SUBMITTED} for talk in rows]


def to_review(event: Event) -> list[dict[str, Any]]:
    """All that have been proposed, those that wait first."""
    rows = sorted(event.talks.all(), key=lambda talk: talk.stage != TalkStage.SUBMITTED)
    return [
        _row(talk) | {"url": reverse("events:organiser_talk", args=[event.slug, talk.public_id])}
        for talk in rows
    ]


def _row(talk: Talk) -> dict[str, Any]:
    stage = TalkStage(talk.stage)
    return {"talk": talk, "look": LOOKS[stage], "state": stage.label}


def slot_of(item: AgendaItem) -> dict[str, str]:
    """When and where a chosen talk is given, in words."""
    begins = date_format(timezone.localtime(item.starts_at), "DATETIME_FORMAT")
    when = span(item.starts_at, item.ends_at) if item.ends_at else begins
    return {"when": when, "where": " · ".join(filter(None, [item.room, item.stream]))}


def can(action: str, talk: Talk, user: Reader) -> bool:
    return TALK_MOVES.may(action, talk, user)


def has_choice(event: Event, registration: Registration | None) -> bool:
    """Whether sessions run at the same time, between which the holder of a place chooses."""
    if registration is None or not registration.has_place or event.has_started:
        return False
    begins = [item.starts_at for item in event.agenda.all()]
    return len(set(begins)) < len(begins)


def slots(registration: Registration) -> list[dict[str, Any]]:
    """The times at which a participant chooses between sessions, with what is chosen."""
    event = registration.event
    if not registration.has_place or event.has_started:
        return []
    at: dict[Any, list[AgendaItem]] = {}
    for item in AgendaItem.objects.filter(event=event):
        at.setdefault(item.starts_at, []).append(item)
    parallel = {starts: items for starts, items in at.items() if len(items) > 1}
    if not parallel:
        return []
    chosen = set(
        SessionChoice.objects.filter(registration=registration).values_list("item", flat=True)
    )
    return [
        {"starts_at": starts, "items": [_choice(item, chosen) for item in items]}
        for starts, items in parallel.items()
    ]


def _choice(item: AgendaItem, chosen: set[int]) -> dict[str, Any]:
    is_chosen = item.pk in chosen
    is_full = item.capacity is not None and item.chosen >= item.capacity
    notes = [item.stream, item.shown_speaker, _("Full") if is_full and not is_chosen else ""]
    return {
        "pk": item.pk, "title": item.title, "is_chosen": is_chosen,
        "is_full": is_full and not is_chosen, "note": " · ".join(filter(None, notes)),
    }  # fmt: skip

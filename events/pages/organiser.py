"""The organiser's page: who comes, room left, and the pages around it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.surveys.models import Round
from cluster_portal.surveys.services.subjects import rounds_about
from events.models.events import Mode
from events.models.events import Stage as EventStage
from events.models.registrations import ACTIVE, MOVES, Registration, Stage
from events.pages import answers, event_form, words
from events.pages.proposals import trail

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

    from cluster_portal.core.visibility import Reader
    from events.models import Event
    from events.models.registrations import RegistrationQuerySet

ON_PAGE = 50
MOST_WORDS = 100
# Steps with pages of their own.
OTHERS = ("cancel", "mark_attended", "mark_absent")
# The pages of one event for its organiser: name of the address, what it is called.
TABS: tuple[tuple[str, Any], ...] = (
    ("events:organiser", gettext_lazy("Participants")),
    ("events:organiser_letters", gettext_lazy("Letters")),
    ("events:organiser_programme", gettext_lazy("Programme")),
    ("events:organiser_talks", gettext_lazy("Call for talks")),
    ("events:organiser_materials", gettext_lazy("Materials")),
    ("events:organiser_participation", gettext_lazy("Participation")),
)


def values(event: Event, current: str, title: Any) -> dict[str, Any]:
    """What every page of the organiser shows around its own."""
    return {
        "event": event,
        "title": title,
        "trail": trail(event, title),
        "tabs": [
            {"name": name, "url": reverse(url, args=[event.slug]), "is_current": url == current}
            for url, name in (*TABS[:1], *_at_the_door(event), *TABS[1:])
        ],
        "is_open": event.stage == EventStage.PUBLISHED,
        "edit_url": reverse("events:edit", args=[event.slug])
        if event_form.can_be_changed(event)
        else "",
    }


def _at_the_door(event: Event) -> list[tuple[str, Any]]:
    """Within reach of the thumb, on the day of the event and the day before it."""
    is_near = event.starts_at - timezone.now() < datetime.timedelta(days=1)
    is_on = event.stage == EventStage.PUBLISHED and is_near and not event.is_over
    return [("events:door", _("At the door"))] if is_on else []


@dataclass(frozen=True)
class Choice:
    """What the list is narrowed by, as the address says; what is unknown is left out."""

    stage: str = ""
    mode: str = ""
    words: str = ""

    def address(self, **other: str) -> str:
        chosen = {"stage": self.stage, "mode": self.mode, "q": self.words, **other}
        return "?" + urlencode({name: value for name, value in chosen.items() if value})


def choice_of(given: QueryDict) -> Choice:
    stage, mode = given.get("stage", ""), given.get("mode", "")
    return Choice(
        stage=stage if stage in Stage.values else "",
        mode=mode if mode in Mode.values else "",
        words=" ".join(given.get("q", "").replace("\0", "").split())[:MOST_WORDS],
    )


def found(event: Event, choice: Choice) -> RegistrationQuerySet:
    """Without a state chosen: those who come, wait or have not confirmed yet."""
    rows = Registration.objects.filter(event=event)
    rows = rows.filter(stage=choice.stage) if choice.stage else rows.active()
    if choice.mode:
        rows = rows.filter(seats__mode=choice.mode)
    for word in choice.words.split():
        rows = rows.filter(
            Q(name__icontains=word) | Q(organisation_name__icontains=word)
            | Q(email__icontains=word) | Q(user__email__icontains=word)
        )  # fmt: skip
    rows = rows.with_position()
    ordered = ("queued_at", "pk") if choice.stage == Stage.WAITING else (Lower("name"), "pk")
    return rows.select_related("seats", "user").order_by(*ordered)


def chips(event: Event, choice: Choice) -> dict[str, list[dict[str, Any]]]:
    """The states and ways of taking part to choose, each with how many."""
    counted = Registration.objects.filter(event=event).order_by()
    rows = list(counted.values_list("stage", "seats__mode").annotate(rows=Count("pk")))
    stages = [("", _("All")), *Stage.choices]
    modes = [("", _("Both ways")), *Mode.choices] if len(event.modes) > 1 else []
    return {
        "stages": [
            _chip(name, choice.address(stage=value), count, is_chosen=value == choice.stage)
            for value, name in stages
            if (count := _count(rows, value, choice.mode)) or not value
        ],
        "modes": [
            _chip(name, choice.address(mode=value), _count(rows, choice.stage, value),
                  is_chosen=value == choice.mode)
            for value, name in modes
        ],
    }  # fmt: skip


def _count(rows: Iterable[tuple[str, str, int]], stage: str, mode: str) -> int:
    stages = {stage} if stage else ACTIVE
    return sum(count for each, way, count in rows if each in stages and mode in {"", way})


def _chip(name: Any, url: str, count: int, *, is_chosen: bool) -> dict[str, Any]:
    return {"name": name, "url": url, "is_chosen": is_chosen, "count": count}


def guests(event: Event, people: Iterable[Registration]) -> list[dict[str, Any]]:
    """The lines of the list."""
    people = list(people)
    for row in people:
        row.event = row.seats.event = event
    told, names = answers.cells(event, people), answers.columns(event)
    return [
        {
            "name": row.name,
            "organisation": row.organisation_name,
            "state": words.registration_words(row).listed,
            "mode": row.seats.get_mode_display() if len(event.modes) > 1 else "",
            "answers": [
                {"name": name, "text": text}
                for name, text in zip(names, told[row.pk], strict=True)
                if text
            ],
            "is_in": row.stage == Stage.ATTENDED,
            "url": reverse("events:organiser_participant", args=[event.slug, row.public_id]),
        }
        for row in people
    ]


def room(event: Event) -> list[tuple[Any, str]]:
    """Each way of taking part, with what is left in words; the seats come with their queue."""
    return list(words.event_state(event).modes)


def series_of(event: Event) -> list[Event]:
    """The other events of its series."""
    if event.series is None:
        return []
    others = event.series.events.exclude(pk=event.pk).exclude(stage=EventStage.WITHDRAWN)
    return list(others.defer("search").order_by("starts_at", "pk"))


def feedback(event: Event, user: Reader) -> list[dict[str, Any]]:
    """After the event: the rounds of feedback that the reader sees, or asking for the first one."""
    if event.stage != EventStage.PUBLISHED or not event.is_over:
        return []
    rounds = rounds_about(event).filter(pk__in=Round.objects.visible_to(user).values("pk"))
    links = [
        {"name": _("Feedback: %(round)s") % {"round": each.title}, "url": each.get_absolute_url()}
        for each in rounds.order_by("pk")
    ]
    if not links and event.is_managed_by(user):
        url = reverse("admin:events_event_feedback", args=[event.pk])
        links = [{"name": _("Ask the participants for feedback"), "url": url}]
    return links


def participant(row: Registration, user: Reader) -> dict[str, Any]:
    """One participant: what was told, what the organiser can do, what has been done."""
    others = [each for each in row.event.seats.all() if each.pk != row.seats_id]
    is_held = row.event.stage == EventStage.PUBLISHED
    can_move = is_held and not row.event.is_over and row.stage in {Stage.CONFIRMED, Stage.WAITING}
    told = answers.cells(row.event, [row])[row.pk]
    return {
        "row": row,
        "facts": [
            {"name": _("E-mail address"), "value": row.address},
            {"name": _("Organisation"), "value": row.organisation_name},
            {"name": _("Way of taking part"), "value": row.seats.get_mode_display()},
            {"name": _("Quota"), "value": row.quota or ""},
            {"name": _("Account"), "value": _("yes") if row.user_id else _("no, a guest")},
            *({"name": name, "value": text} for name, text in
              zip(answers.columns(row.event), told, strict=True)),
        ],
        "others": others if can_move else [],
        "moves": MOVES.without(*OTHERS).open_to(row, user) if is_held else [],
        "state": words.registration_words(row),
    }  # fmt: skip

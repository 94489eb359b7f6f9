"""The five steps of an event: where one is, what is missing, what can be done at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.forms.proposals import CheckForm, RegistrationStepForm, WhatForm, WhenForm, WhoForm
from events.models import EventTemplate
from events.models.events import MOVES, Stage
from events.pages.proposals import trail
from events.pages.words import span, where
from events.services.editing import OPEN_TO_CHANGES
from events.services.proposals import CAN_BE_EDITED, missing_of

if TYPE_CHECKING:
    from django import forms
    from django.http import QueryDict

    from cluster_portal.core.visibility import Reader
    from events.models import Event

STEPS: dict[str, tuple[Any, Any]] = {
    "what": (gettext_lazy("What"), gettext_lazy("name and content")),
    "when": (gettext_lazy("When and where"), gettext_lazy("on site, remotely or both")),
    "who": (gettext_lazy("Who may come"), gettext_lazy("who sees it")),
    "registration": (gettext_lazy("Registration"), gettext_lazy("places and closing time")),
    "publish": (gettext_lazy("Check and publish"), ""),
}
LEADS = {
    "what": gettext_lazy(
        "Only your own side sees the draft. When it is ready, send it to a coordinator, who "
        "publishes it and opens registration."
    ),
    "when": gettext_lazy("Each step is saved when you go on. You can come back to any of them."),
    "who": gettext_lazy("Most events are open to everyone: then there is nothing to change here."),
    "registration": gettext_lazy(
        "Places, waiting list, calendar entries and reminders work by themselves."
    ),
    "publish": gettext_lazy("Look once more. You can still change everything."),
}
MISSING = {
    "summary_fi": ("what", gettext_lazy("One or two sentences on the event")),
    "starts_at": ("when", gettext_lazy("A time that is ahead")),
    "municipality": ("when", gettext_lazy("Where the event is held")),
    "registration_closes_at": ("registration", gettext_lazy("A closing time that is ahead")),
    "invited_organisations": ("who", gettext_lazy("Who is invited")),
}
MOST_OFFERED = 20


def form_of(step: str, event: Event, user: Reader, data: QueryDict | None) -> forms.Form:
    if step == "who":
        return WhoForm(data, event=event, user=user)
    if step == "registration":
        return RegistrationStepForm(data, event=event, user=user)
    kinds: dict[str, Any] = {"what": WhatForm, "when": WhenForm, "publish": CheckForm}
    return kinds[step](data, event=event)


def steps_of(event: Event | None, user: Reader) -> list[str]:
    """Who sees a published event was agreed; its coordinators alone change that."""
    if event is None or event.stage in CAN_BE_EDITED or event.is_managed_by(user):
        return list(STEPS)
    return [step for step in STEPS if step != "who"]


def can_be_changed(event: Event) -> bool:
    return event.stage in OPEN_TO_CHANGES and not event.is_over


def address(event: Event, step: str) -> str:
    return reverse("events:edit_step", args=[event.slug, step])


def after(step: str, event: Event, user: Reader) -> str:
    names = steps_of(event, user)
    return names[min(names.index(step) + 1, len(names) - 1)]


def values(step: str, event: Event | None, user: Reader) -> dict[str, Any]:
    names = steps_of(event, user)
    number = names.index(step)
    page = {
        "step": step, "number": number + 1, "heading": STEPS[step][0], "lead": LEADS[step],
        "steps": [_step(name, at, number, event) for at, name in enumerate(names)],
        "event": event,
    }  # fmt: skip
    if event is None:
        return page | {"trail": trail(_("Plan an event")), "templates": _templates(user)}
    is_published = event.stage == Stage.PUBLISHED
    return page | {
        "trail": trail(event, _("Edit")),
        "saved": date_format(localtime(event.updated_at), "DATETIME_FORMAT"),
        "back": address(event, names[number - 1]) if number else "",
        "is_published": is_published,
        "questions_url": reverse("events:questions", args=[event.slug])
        if step in {"registration", "publish"}
        else "",
        "so_far": _so_far(event),
        **(_checked(event, user) if step == "publish" else {}),
    }


def _step(name: str, at: int, here: int, event: Event | None) -> dict[str, Any]:
    title, note = STEPS[name]
    state = "current" if at == here else "done" if at < here else ""
    url = address(event, name) if event and at != here else ""
    return {"name": title, "note": note, "state": state, "url": url}


def _templates(user: Reader) -> list[EventTemplate]:
    rows = EventTemplate.objects.visible_to(user).select_related("organisation")
    return list(rows[:MOST_OFFERED])


def _so_far(event: Event) -> list[dict[str, Any]]:
    closes = date_format(localtime(event.registration_closes_at), "DATETIME_FORMAT")
    return [
        {"name": _("Name"), "value": event.title},
        {"name": _("Organiser"), "value": event.organisation or event.home_cluster},
        {"name": _("When"), "value": span(event.starts_at, event.ends_at)},
        {"name": _("Where"), "value": event.place or where(event)},
        {"name": _("Who sees this"), "value": event.get_visibility_display()},
        {"name": _("Who may register"), "value": event.get_admission_display()},
        {"name": _("Places"), "value": _places(event)},
        {"name": _("Registration until"), "value": closes},
        {"name": _("Waiting list"), "value": event.get_queue_display()},
        {
            "name": _("For those who have attended"),
            "value": event.requires if event.requires_id else "",
        },
        {"name": _("Series"), "value": event.series.title if event.series else ""},
    ]


def _places(event: Event) -> str:
    told = (
        _("%(mode)s: %(places)s")
        % {
            "mode": seats.get_mode_display(),
            "places": _("no limit") if seats.capacity is None else seats.capacity,
        }
        for seats in event.seats.all()
    )
    return ", ".join(told)


def _checked(event: Event, user: Reader) -> dict[str, Any]:
    lacks = missing_of(event) if event.stage in CAN_BE_EDITED else []
    missing = [MISSING[name] for name in lacks]
    return {
        "missing": [{"name": name, "url": address(event, step)} for step, name in missing],
        "can_submit": not missing and MOVES.may("submit", event, user),
        "can_publish": not missing and MOVES.may("publish", event, user),
    }

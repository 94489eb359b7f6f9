"""Words for what an event and a registration are just now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cluster_portal.core.languages import calendar_word
from events.models.events import Mode
from events.models.events import Stage as EventStage
from events.models.registrations import Registration, Stage

if TYPE_CHECKING:
    import datetime

    from events.models import Event, Seats


MOST_LISTED = 300


def day_of(event: Event) -> str:
    """The day in figures, for a mail's subject."""
    return date_format(timezone.localtime(event.starts_at), "SHORT_DATE_FORMAT")


def span(starts_at: datetime.datetime, ends_at: datetime.datetime) -> str:
    """to 11.3.2027 klo 14.00–17.00, or both days where it lasts over midnight."""
    first, last = timezone.localtime(starts_at), timezone.localtime(ends_at)
    if first.date() != last.date():
        return f"{_moment(first)} – {_moment(last)}"
    return f"{_moment(first)}–{date_format(last, 'TIME_FORMAT')}"


def _moment(at: datetime.datetime) -> str:
    day = calendar_word(date_format(at, "D"))
    return f"{day} {date_format(at, 'DATETIME_FORMAT')}"


def card_line(event: Event) -> str:
    """Times and place, for a card whose day stands beside it; a past day needs its year too."""
    first, last = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
    if event.is_over or first.date() != last.date():
        when = span(event.starts_at, event.ends_at)
    else:
        times = (date_format(first, "TIME_FORMAT"), date_format(last, "TIME_FORMAT"))
        when = _("%(start)s–%(end)s") % dict(zip(("start", "end"), times, strict=True))
    return ", ".join(filter(None, [when, _where(event)]))


def _where(event: Event) -> str:
    modes = {seats.mode for seats in event.seats.all()}
    if modes == {Mode.REMOTE}:
        return _("remotely")
    if Mode.REMOTE in modes and event.municipality:
        return _("%(place)s and remotely") % {"place": event.municipality}
    return event.municipality


@dataclass(frozen=True)
class EventState:
    """`key` is the state's shape in the design system."""

    key: str
    words: str
    places: str = ""
    registration: str = ""


def event_state(event: Event) -> EventState:
    """What a reader wants to know first; asks for the event's seats only."""
    if event.takes_registrations():
        return _open_state(event)
    opens_at = event.registration_opens_at
    if event.stage == EventStage.CANCELLED:
        state = EventState("stopped", _("Cancelled"), "", _("The event has been cancelled."))
    elif event.is_over:
        state = EventState("done", _("Over"), "", _("The event is over."))
    elif event.stage == EventStage.DRAFT:
        state = EventState("waiting", _("Draft"), "", _("The event has not been published yet."))
    elif opens_at and opens_at > timezone.now():
        opens = date_format(timezone.localtime(opens_at), "DATETIME_FORMAT")
        words = _("Registration opens on %(moment)s.") % {"moment": opens}
        state = EventState("waiting", _("Registration not open yet"), "", words)
    else:
        closed = _("Registration has closed.")
        state = EventState("stopped", _("Registration closed"), "", closed)
    return state


def _open_state(event: Event) -> EventState:
    seats = list(event.seats.all())
    limited = [each for each in seats if each.free is not None]
    if len(limited) < len(seats):
        return EventState("open", _("Registration open"))
    free = sum(each.free or 0 for each in limited)
    if free <= 0:
        return EventState("waiting", _("Full, waiting list"))
    places = ngettext("%(free)d place left", "%(free)d places left", free) % {"free": free}
    if any(each.is_full and each.mode == Mode.ON_SITE for each in limited):
        return EventState("open", _("Full on site, remote places left"), places)
    return EventState("open", _("Registration open"), places)


def seats_note(seats: Seats) -> str:
    """What stands under the meter of one way of taking part."""
    if not seats.is_full:
        free = seats.free or 0
        return ngettext("%(free)d place left", "%(free)d places left", free) % {"free": free}
    waiting = Registration.objects.waiting().filter(seats=seats).count()
    if not waiting:
        return _("Full. You can join the waiting list.")
    words = ngettext("Full. %(count)d person waits.", "Full. %(count)d people wait.", waiting)
    return words % {"count": waiting}


@dataclass(frozen=True)
class RegistrationWords:
    state: str
    level: str
    title: str
    text: str
    short: str
    shows_link: bool = False
    asks_confirmation: bool = False


def registration_words(registration: Registration) -> RegistrationWords:
    """What became of a registration, in the words of its page, notice and desk."""
    mode = Mode(registration.seats.mode)
    if registration.stage == Stage.CONFIRMED:
        title = (
            _("You are coming, on site") if mode == Mode.ON_SITE else _("You are coming, remotely")
        )
        return RegistrationWords(
            "done",
            "good",
            title,
            _("Your place is confirmed."),
            title,
            shows_link=mode == Mode.REMOTE and bool(registration.event.remote_link),
        )
    if registration.stage == Stage.WAITING:
        position = registration.position or 1
        short = _("Number %(position)d in the queue") % {"position": position}
        text = _("When a place becomes free it is yours by itself, and we tell you at once.")
        return RegistrationWords("waiting", "warn", short, text, short)
    if registration.stage == Stage.REQUESTED:
        text = _("The registration holds a place only after you have confirmed it.")
        title = _("Not confirmed yet")
        return RegistrationWords("waiting", "warn", title, text, title, asks_confirmation=True)
    words = str(Stage(registration.stage).label)
    return RegistrationWords("stopped", "", words, _("This registration holds no place."), words)


def event_facts(event: Event) -> list[dict[str, object]]:
    organiser = event.named_owner
    yes = pgettext("fact", "yes")
    return [
        {
            "name": _("Organiser"),
            "value": organiser or event.home_cluster,
            "url": (organiser or event.home_cluster).get_absolute_url(),
        },
        {"name": _("Cluster"), "value": event.home_cluster if organiser else ""},
        {"name": _("Language"), "value": event.get_language_display()},
        {"name": _("Certificate"), "value": yes if event.gives_certificate else ""},
        {"name": _("Themes"), "value": ", ".join(term.label for term in event.terms.all())},
        {"name": _("Who sees this"), "value": event.get_visibility_display()},
    ]


def participants(registration: Registration) -> list[Registration]:
    """Whom a participant may see as fellow participants; nobody in an invited group's event."""
    if not registration.has_place or registration.event.hides_venue:
        return []
    return list(registration.event.registrations.listed()[:MOST_LISTED])


def registration_facts(registration: Registration) -> list[dict[str, object]]:
    return [
        {"name": _("Name"), "value": registration.name},
        {"name": _("E-mail address"), "value": registration.email},
        {"name": _("Organisation"), "value": registration.organisation_name},
        {"name": _("Way of taking part"), "value": registration.seats.get_mode_display()},
        {"name": _("Dietary needs"), "value": registration.diet},
        {"name": _("Accessibility needs"), "value": registration.accessibility},
    ]

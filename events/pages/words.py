"""Words for what an event and a registration are just now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster_portal.core.text.languages import calendar_word
from events.models import Seats
from events.models.event_choices import Admission, Mode, Queue
from events.models.event_choices import Stage as EventStage
from events.models.registrations import COMING, MOVES, Registration, Stage
from events.services.registrations import CAN_BE_EDITED, CAN_CHANGE_MODE

if TYPE_CHECKING:
    import datetime

    from events.models import Event, Meeting


LEFT = frozenset({Stage.CANCELLED, Stage.DECLINED, Stage.EXPIRED})


def day_of(event: Event | Meeting) -> str:
    """The day in figures, for a mail's subject."""
    return date_format(timezone.localtime(event.starts_at), "SHORT_DATE_FORMAT")


def span(starts_at: datetime.datetime, ends_at: datetime.datetime) -> str:
    """to 11.3.2027 klo 14.00–17.00, or both days where it lasts over midnight."""
    first, last = timezone.localtime(starts_at), timezone.localtime(ends_at)
    if first.date() != last.date():
        return f"{_moment(first)} – {_moment(last)}"
    return f"{_moment(first)}–{date_format(last, 'TIME_FORMAT')}"


def seats_with_queue() -> Prefetch[str]:
    """The seats of events, each with how many wait for one."""
    waiting = Registration.objects.waiting().filter(seats=OuterRef("pk")).order_by()
    count = waiting.values("seats").annotate(rows=Count("pk")).values("rows")
    return Prefetch("seats", Seats.objects.annotate(queue=Coalesce(Subquery(count), 0)))


def when_or_over(event: Event) -> str:
    """In a few words and without a statement: when it is, or that it is over or cancelled."""
    if event.stage != EventStage.PUBLISHED:
        return str(event.get_stage_display())
    return _("Over") if event.is_over else span(event.starts_at, event.ends_at)


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
    return ", ".join(filter(None, [when, where(event, only_town=True)]))


def where(event: Event, *, only_town: bool = False) -> str:
    """The place as everyone may know it, and whether one can take part remotely."""
    place = event.municipality if only_town else event.open_place
    modes = {seats.mode for seats in event.seats.all()}
    if modes == {Mode.REMOTE}:
        return _("remotely")
    if Mode.REMOTE in modes and place:
        return _("%(place)s and remotely") % {"place": place}
    return place


@dataclass(frozen=True)
class EventState:
    """The state of registration in words. `key` is its shape in the design system.

    `modes` are the ways of taking part, each with what stands under its meter.
    """

    key: str
    words: str
    places: str = ""
    registration: str = ""
    modes: tuple[tuple[Seats, str], ...] = ()


def event_state(event: Event) -> EventState:
    """What a reader wants to know first, for cards and pages alike; asks for the seats only.

    The notes of the modes say how many wait where the seats come from `seats_with_queue`.
    """
    is_open = event.takes_registrations()
    state = _open_state(event) if is_open else _closed_state(event)
    notes = ((each, _note(each, is_open=is_open)) for each in event.seats.all())
    return replace(state, modes=tuple(notes))


def _closed_state(event: Event) -> EventState:
    opens_at = event.registration_opens_at
    if event.stage == EventStage.CANCELLED:
        key, words, why = "stopped", _("Cancelled"), _("The event has been cancelled.")
    elif event.stage == EventStage.PUBLISHED and event.is_over:
        key, words, why = "done", _("Over"), _("The event is over.")
    elif event.stage == EventStage.PROPOSED:
        key, words, why = "waiting", _("In review"), _("A coordinator has not published it yet.")
    elif event.stage == EventStage.WITHDRAWN:
        key, words, why = "stopped", _("Withdrawn"), _("The event was withdrawn.")
    elif event.stage == EventStage.DRAFT:
        key, words, why = "waiting", _("Draft"), _("The event has not been published yet.")
    elif opens_at and opens_at > timezone.now():
        opens = date_format(timezone.localtime(opens_at), "DATETIME_FORMAT")
        key, words = "waiting", _("Registration not open yet")
        why = _("Registration opens on %(moment)s.") % {"moment": opens}
    else:
        key, words, why = "stopped", _("Registration closed"), _("Registration has closed.")
    return EventState(key, words, "", why)


def _open_state(event: Event) -> EventState:
    seats = list(event.seats.all())
    full = {each.mode for each in seats if each.is_full}
    if len(full) == len(seats):
        has_queue = not event.has_started
        return EventState("waiting", _("Full, waiting list") if has_queue else _("Full"))
    limited = [each.free or 0 for each in seats if each.free is not None]
    free = sum(limited)
    places = ngettext("%(free)d place left", "%(free)d places left", free) % {"free": free}
    if len(limited) < len(seats):
        places = ""  # there is room for everyone
    if full == {Mode.ON_SITE}:
        return EventState("open", _("Full on site, remote places left"), places)
    if full == {Mode.REMOTE}:
        return EventState("open", _("Remote places full, room on site"), places)
    return EventState("open", _("Registration open"), places)


def _note(seats: Seats, *, is_open: bool) -> str:
    """What stands under the meter of one way of taking part."""
    if seats.capacity is None:
        return _("No limit of places")
    if seats.is_full:
        has_queue = is_open and not seats.event.has_started
        return _queue_note(seats) if has_queue else _("Full.")
    free = seats.free or 0
    left = ngettext("%(free)d place left", "%(free)d places left", free) % {"free": free}
    return left if is_open else ""


def _queue_note(seats: Seats) -> str:
    waiting = getattr(seats, "queue", 0)
    if not waiting:
        return _("Full. You can join the waiting list.")
    words = ngettext("Full, %(count)d person waiting.", "Full, %(count)d people waiting.", waiting)
    return words % {"count": waiting}


@dataclass(frozen=True)
class RegistrationWords:
    """`state` is its shape in the design system, `look` that of the box `mystate`.

    `acts` are what its holder can do now: confirm, accept, decline, edit, change, cancel, again,
    ticket, certificate. `listed` is the state as its organiser reads it, not spoken to its holder.
    """

    state: str
    level: str
    title: str
    text: str
    short: str
    look: str = "out"
    acts: frozenset[str] = frozenset()
    listed: str = ""

    @property
    def asks_confirmation(self) -> bool:
        return "confirm" in self.acts


def registration_words(registration: Registration) -> RegistrationWords:
    """What became of a registration: the one value that its page, letters, desk, calendar and the
    organiser's list print."""
    words = _state_words(registration)
    return replace(words, acts=_acts(registration), listed=_listed(registration, words))


def _listed(registration: Registration, words: RegistrationWords) -> str:
    if words.state == "stopped":
        return words.short
    label = str(Stage(registration.stage).label)
    if registration.stage == Stage.WAITING:
        return _("%(state)s, number %(position)d") % {
            "state": label, "position": registration.position or 1
        }  # fmt: skip
    if registration.stage == Stage.OFFERED:
        until = offer_end_words(registration)
        return _("%(state)s until %(moment)s") % {"state": label, "moment": until}
    return label


def _state_words(registration: Registration) -> RegistrationWords:
    if registration.stage in COMING and registration.event.stage == EventStage.CANCELLED:
        title = _("The event has been cancelled.")
        return RegistrationWords("stopped", "", title, "", _("Cancelled"))
    special = {
        Stage.CONFIRMED: _confirmed_words,
        Stage.WAITING: _waiting_words,
        Stage.OFFERED: _offered_words,
        Stage.REQUESTED: _request_words,
        Stage.APPLIED: _applied_words,
        Stage.ATTENDED: _attended_words,
    }
    stage = Stage(registration.stage)
    return special[stage](registration) if stage in special else _settled_words(registration)


def _acts(registration: Registration) -> frozenset[str]:
    event, stage = registration.event, Stage(registration.stage)
    if stage == Stage.ATTENDED and event.gives_certificate and event.stage == EventStage.PUBLISHED:
        return frozenset({"certificate"})
    if event.stage != EventStage.PUBLISHED or event.is_over:
        return frozenset()
    possible = {
        "confirm": stage == Stage.REQUESTED and event.takes_registrations(),
        "accept": has_open_offer(registration),
        "decline": has_open_offer(registration),
        "edit": stage in CAN_BE_EDITED and event.takes_changes(),
        "change": bool(free_modes(registration)),
        "cancel": stage in MOVES.moves["cancel"].sources,
        "again": stage in LEFT and event.takes_registrations(),
        "ticket": stage == Stage.CONFIRMED and registration.mode == Mode.ON_SITE,
    }
    return frozenset(act for act, is_possible in possible.items() if is_possible)


def has_open_offer(registration: Registration) -> bool:
    """Whether the offered place can still be taken."""
    end = registration.offer_expires_at
    is_open = registration.stage == Stage.OFFERED and end is not None and end > timezone.now()
    return is_open and not registration.event.has_started


def _settled_words(registration: Registration) -> RegistrationWords:
    words = str(Stage(registration.stage).label)
    text = "" if registration.has_place else _("This registration holds no place.")
    return RegistrationWords("stopped", "", words, text, words)


def _attended_words(registration: Registration) -> RegistrationWords:
    text = _("The certificate is ready.") if registration.event.gives_certificate else ""
    title = _("You took part")
    return RegistrationWords("done", "good", title, text, str(Stage.ATTENDED.label), "done")


def _request_words(registration: Registration) -> RegistrationWords:
    title, text = _("Not confirmed yet"), request_words(registration.seats)
    return RegistrationWords("waiting", "warn", title, text, title, "wait")


def _confirmed_words(registration: Registration) -> RegistrationWords:
    text = _("Your place is confirmed.")
    if registration.mode == Mode.ON_SITE:
        title = _("You are coming, on site")
    else:
        title = _("You are coming, remotely")
        if not registration.join_link:
            text = _("Your place is confirmed. The link for joining comes here and by e-mail.")
    return RegistrationWords("done", "good", title, text, title, "in")


def _waiting_words(registration: Registration) -> RegistrationWords:
    if registration.event.has_started:
        title = _("No place became free")
        text = _("The event has begun, and the waiting list did not reach you.")
        return RegistrationWords("stopped", "", title, text, title)
    place = position_words(registration.position or 1)
    text = f"{queue_words(registration)} {promise_words(registration.event)}"
    return RegistrationWords("waiting", "warn", place, text, place, "queue")


def promise_words(event: Event) -> str:
    """What one who waits is promised."""
    if event.queue == Queue.OFFER:
        hours = event.get_offer_hours_display()
        return _(
            "When a place becomes free, we offer it to you, and you have %(time)s to answer."
        ) % {"time": hours}
    return _("When a place becomes free it is yours by itself, and we tell you at once.")


def _offered_words(registration: Registration) -> RegistrationWords:
    if not has_open_offer(registration):
        title = str(Stage.EXPIRED.label)
        text = _("The time to answer is over, and the place goes to the next one.")
        return RegistrationWords("stopped", "", title, text, title)
    title = {
        Mode.ON_SITE: _("You are offered a place on site"),
        Mode.REMOTE: _("You are offered a remote place"),
    }[registration.mode]
    text = _("Answer by %(moment)s. If you do not answer, the place goes to the next one.") % {
        "moment": offer_end_words(registration)
    }
    return RegistrationWords("waiting", "warn", title, text, title, "offer")


def offer_end_words(registration: Registration) -> str:
    end = registration.offer_expires_at
    return _moment(timezone.localtime(end)) if end else ""


def _applied_words(_registration: Registration) -> RegistrationWords:
    title = _("Waits for the organiser")
    text = _("The organiser accepts each registration. You are told what is decided.")
    return RegistrationWords("waiting", "warn", title, text, title, "wait")


def request_words(seats: Seats) -> str:
    """What confirming a request leads to."""
    if seats.event.admission == Admission.APPROVAL:
        return _("Confirm your registration; only then does the organiser see it and decide.")
    if seats.is_full:
        return _("Confirm your registration; only then do you get on the waiting list.")
    return _("The registration holds a place only after you have confirmed it.")


def queue_words(registration: Registration) -> str:
    """Why one waits, in which place of the queue, and what is free meanwhile."""
    full = {
        Mode.ON_SITE: _("The places on site are full."),
        Mode.REMOTE: _("The remote places are full."),
    }
    free = {
        Mode.ON_SITE: _("There are still places on site."),
        Mode.REMOTE: _("There are still remote places."),
    }
    place = position_words(registration.position or 1)
    others = [free[mode] for mode in free_modes(registration)]
    return " ".join([full[registration.mode], f"{place}.", *others])


def position_words(position: int) -> str:
    """to Olet jonossa neljäs"""
    ordinals = [
        *(_("You are first in the queue"), _("You are second in the queue")),
        *(_("You are third in the queue"), _("You are fourth in the queue")),
        *(_("You are fifth in the queue"), _("You are sixth in the queue")),
        *(_("You are seventh in the queue"), _("You are eighth in the queue")),
        *(_("You are ninth in the queue"), _("You are tenth in the queue")),
    ]
    if position <= len(ordinals):
        return ordinals[position - 1]
    return _("You are number %(position)d in the queue") % {"position": position}


def free_modes(registration: Registration) -> list[Mode]:
    """The other ways of taking part to which one can change now."""
    event = registration.event
    if (
        registration.stage not in CAN_CHANGE_MODE
        or event.stage != EventStage.PUBLISHED
        or event.has_started
    ):
        return []
    others = [each for each in event.seats.all() if each.pk != registration.seats_id]
    return [Mode(each.mode) for each in others if not each.is_full]

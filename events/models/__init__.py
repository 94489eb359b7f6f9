from events.models.agenda import AgendaItem, Material
from events.models.bodies import Body, BodyMember
from events.models.calendar_feeds import CalendarFeed
from events.models.events import Event, Seats
from events.models.letters import ParticipantLetter
from events.models.registrations import GuestRequests, Registration
from events.models.series import EventSeries, EventTemplate

__all__ = [
    "AgendaItem",
    "Body",
    "BodyMember",
    "CalendarFeed",
    "Event",
    "EventSeries",
    "EventTemplate",
    "GuestRequests",
    "Material",
    "ParticipantLetter",
    "Registration",
    "Seats",
]

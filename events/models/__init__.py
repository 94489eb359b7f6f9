from events.models.agenda import AgendaItem
from events.models.calendar_feeds import CalendarFeed
from events.models.events import Event, Seats
from events.models.registrations import GuestRequests, Registration

__all__ = ["AgendaItem", "CalendarFeed", "Event", "GuestRequests", "Registration", "Seats"]

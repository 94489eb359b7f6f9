from events.models.events import AgendaItem, Event, Seats
from events.models.registrations import GuestRequests, Registration

__all__ = ["AgendaItem", "Event", "GuestRequests", "Registration", "Seats"]

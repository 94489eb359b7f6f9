from events.models.events import AgendaItem, Event, Seats
from events.models.registrations import Registration

__all__ = ["AgendaItem", "Event", "Registration", "Seats"]

"""The coordinators' screens: events, who has registered, bodies with their meetings, courses."""

from events.admin import bodies, events, registrations, talks

__all__ = ["bodies", "events", "registrations", "talks"]

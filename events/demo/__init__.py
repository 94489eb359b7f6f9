"""The example's events, talks, bodies, meetings and courses, from plain data files."""

from events.demo.bodies import load_bodies, load_meetings
from events.demo.courses import load_courses
from events.demo.events import load, load_proposals
from events.demo.talks import load as load_talks

__all__ = ["load", "load_bodies", "load_courses", "load_meetings", "load_proposals", "load_talks"]

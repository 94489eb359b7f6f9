from events.models.agenda import AgendaItem, Material
from events.models.bodies import Body, BodyMember
from events.models.calendar_feeds import CalendarFeed
from events.models.decisions import Decision, DecisionReport
from events.models.events import Event, Seats
from events.models.letters import ParticipantLetter
from events.models.meeting_papers import MeetingPaper, PaperVersion
from events.models.meetings import Attendance, Correction, Meeting, MeetingItem
from events.models.registrations import GuestRequests, Registration
from events.models.series import EventSeries, EventTemplate
from events.models.statements import Signature, Statement

__all__ = [
    "AgendaItem",
    "Attendance",
    "Body",
    "BodyMember",
    "CalendarFeed",
    "Correction",
    "Decision",
    "DecisionReport",
    "Event",
    "EventSeries",
    "EventTemplate",
    "GuestRequests",
    "Material",
    "Meeting",
    "MeetingItem",
    "MeetingPaper",
    "PaperVersion",
    "ParticipantLetter",
    "Registration",
    "Seats",
    "Signature",
    "Statement",
]

from events.models.agenda import AgendaItem, Material
from events.models.bodies import Body, BodyMember
from events.models.calendar_feeds import CalendarFeed
from events.models.course_groups import CourseGroup, CourseGroupMember, GroupOutput, RiskEntry
from events.models.courses import Course, CourseCertificate, CoursePart, CourseReading
from events.models.decisions import Decision, DecisionReport
from events.models.events import Event
from events.models.guest_requests import GuestRequests
from events.models.ideas import Idea, Support
from events.models.letters import ParticipantLetter
from events.models.meeting_papers import MeetingPaper, PaperVersion
from events.models.meetings import Attendance, Correction, Meeting, MeetingItem
from events.models.one_to_one import OfferedTime, OneToOne
from events.models.questions import EventQuestion
from events.models.quotas import Quota
from events.models.registrations import Registration
from events.models.seats import Seats
from events.models.series import EventSeries, EventTemplate
from events.models.statements import Signature, Statement
from events.models.talks import SessionChoice, Talk

__all__ = [
    "AgendaItem",
    "Attendance",
    "Body",
    "BodyMember",
    "CalendarFeed",
    "Correction",
    "Course",
    "CourseCertificate",
    "CourseGroup",
    "CourseGroupMember",
    "CoursePart",
    "CourseReading",
    "Decision",
    "DecisionReport",
    "Event",
    "EventQuestion",
    "EventSeries",
    "EventTemplate",
    "GroupOutput",
    "GuestRequests",
    "Idea",
    "Material",
    "Meeting",
    "MeetingItem",
    "MeetingPaper",
    "OfferedTime",
    "OneToOne",
    "PaperVersion",
    "ParticipantLetter",
    "Quota",
    "Registration",
    "RiskEntry",
    "Seats",
    "SessionChoice",
    "Signature",
    "Statement",
    "Support",
    "Talk",
]

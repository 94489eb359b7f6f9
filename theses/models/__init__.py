from theses.models.applications import Application, ApplicationFile, InterviewTime
from theses.models.approaches import Approach
from theses.models.parts import Place, TopicEducationField, TopicTerm
from theses.models.profile_parts import (
    ProfileAccess,
    StudentField,
    StudentRegion,
    StudentTerm,
    SupervisorField,
    SupervisorSeats,
    SupervisorTheme,
)
from theses.models.profiles import StudentProfile, SupervisorProfile
from theses.models.suggestions import Dismissal, MatchingRun, Suggestion
from theses.models.supervision import SupervisionRequest
from theses.models.topics import Topic
from theses.models.work_parts import (
    Agreement,
    LightReport,
    Milestone,
    SchoolGuide,
    ThesisResult,
    ThreadLink,
)
from theses.models.works import Thesis

__all__ = [
    "Agreement",
    "Application",
    "ApplicationFile",
    "Approach",
    "Dismissal",
    "InterviewTime",
    "LightReport",
    "MatchingRun",
    "Milestone",
    "Place",
    "ProfileAccess",
    "SchoolGuide",
    "StudentField",
    "StudentProfile",
    "StudentRegion",
    "StudentTerm",
    "Suggestion",
    "SupervisionRequest",
    "SupervisorField",
    "SupervisorProfile",
    "SupervisorSeats",
    "SupervisorTheme",
    "Thesis",
    "ThesisResult",
    "ThreadLink",
    "Topic",
    "TopicEducationField",
    "TopicTerm",
]

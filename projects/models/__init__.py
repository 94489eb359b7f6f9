from projects.models.actual_costs import ActualCost
from projects.models.amendments import Amendment
from projects.models.applications import Application, CompletionRequest
from projects.models.budgets import Budget, CostLine, FundingSource
from projects.models.call_fits import CallFit
from projects.models.calls import FundingCall
from projects.models.challenges import Challenge
from projects.models.continuity import InfluenceAct, Mandate, Transfer
from projects.models.decision_drafts import DecisionDraft
from projects.models.discussions import Discussion, DiscussionMessage
from projects.models.documents import DocumentVersion, ProjectDocument
from projects.models.editors import ProjectEditor, Support
from projects.models.goals import Goal
from projects.models.handovers import ProjectLegacy, TransferItem
from projects.models.learnings import Learning
from projects.models.measures import Measure
from projects.models.outcomes import BusinessOutcome
from projects.models.ownership import GoalPart
from projects.models.partnerships import Partnership, ProjectStep
from projects.models.pilot_parts import Permit, PilotMaker, PilotValue
from projects.models.pilots import Pilot
from projects.models.programmes import InfluenceGoal, Programme
from projects.models.projects import Project
from projects.models.proposal_files import ProposalFile
from projects.models.proposals import Proposal
from projects.models.questions import Question
from projects.models.recommendations import Recommendation, ResultUse
from projects.models.results import Result, ResultFile
from projects.models.role_suggestions import RoleSuggestion
from projects.models.roles import WantedRole
from projects.models.rounds import Comment, Review
from projects.models.staff import StaffMember
from projects.models.status_reports import StatusReport
from projects.models.testbeds import TestEnvironment
from projects.models.updates import MeasureUpdate, Reporter, ReportRequest
from projects.models.work import Milestone, WorkPackage

__all__ = [
    "ActualCost",
    "Amendment",
    "Application",
    "Budget",
    "BusinessOutcome",
    "CallFit",
    "Challenge",
    "Comment",
    "CompletionRequest",
    "CostLine",
    "DecisionDraft",
    "Discussion",
    "DiscussionMessage",
    "DocumentVersion",
    "FundingCall",
    "FundingSource",
    "Goal",
    "GoalPart",
    "InfluenceAct",
    "InfluenceGoal",
    "Learning",
    "Mandate",
    "Measure",
    "MeasureUpdate",
    "Milestone",
    "Partnership",
    "Permit",
    "Pilot",
    "PilotMaker",
    "PilotValue",
    "Programme",
    "Project",
    "ProjectDocument",
    "ProjectEditor",
    "ProjectLegacy",
    "ProjectStep",
    "Proposal",
    "ProposalFile",
    "Question",
    "Recommendation",
    "ReportRequest",
    "Reporter",
    "Result",
    "ResultFile",
    "ResultUse",
    "Review",
    "RoleSuggestion",
    "StaffMember",
    "StatusReport",
    "Support",
    "TestEnvironment",
    "Transfer",
    "TransferItem",
    "WantedRole",
    "WorkPackage",
]

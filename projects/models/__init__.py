from projects.models.actual_costs import ActualCost
from projects.models.applications import Application
from projects.models.budgets import Budget, CostLine, FundingSource
from projects.models.call_fits import CallFit
from projects.models.calls import FundingCall
from projects.models.challenges import Challenge
from projects.models.decision_drafts import DecisionDraft
from projects.models.editors import ProjectEditor, Support
from projects.models.learnings import Learning
from projects.models.measures import Goal, Measure
from projects.models.partnerships import Partnership, ProjectStep
from projects.models.pilot_parts import Permit, PilotMaker, PilotValue
from projects.models.pilots import Pilot
from projects.models.programmes import InfluenceGoal, Programme
from projects.models.projects import Project
from projects.models.proposal_files import ProposalFile
from projects.models.proposals import Proposal
from projects.models.questions import Question
from projects.models.roles import WantedRole
from projects.models.testbeds import TestEnvironment
from projects.models.updates import MeasureUpdate, Reporter, ReportRequest

__all__ = [
    "ActualCost",
    "Application",
    "Budget",
    "CallFit",
    "Challenge",
    "CostLine",
    "DecisionDraft",
    "FundingCall",
    "FundingSource",
    "Goal",
    "InfluenceGoal",
    "Learning",
    "Measure",
    "MeasureUpdate",
    "Partnership",
    "Permit",
    "Pilot",
    "PilotMaker",
    "PilotValue",
    "Programme",
    "Project",
    "ProjectEditor",
    "ProjectStep",
    "Proposal",
    "ProposalFile",
    "Question",
    "ReportRequest",
    "Reporter",
    "Support",
    "TestEnvironment",
    "WantedRole",
]

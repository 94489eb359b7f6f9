from projects.models.actual_costs import ActualCost
from projects.models.applications import Application
from projects.models.budgets import Budget, CostLine, FundingSource
from projects.models.call_fits import CallFit
from projects.models.calls import FundingCall
from projects.models.challenges import Challenge
from projects.models.decision_drafts import DecisionDraft
from projects.models.editors import ProjectEditor, Support
from projects.models.measures import Goal, Measure
from projects.models.partnerships import Partnership, ProjectStep
from projects.models.programmes import InfluenceGoal, Programme
from projects.models.projects import Project
from projects.models.proposal_files import ProposalFile
from projects.models.proposals import Proposal
from projects.models.questions import Question
from projects.models.roles import WantedRole
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
    "Measure",
    "MeasureUpdate",
    "Partnership",
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
    "WantedRole",
]

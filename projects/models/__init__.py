from projects.models.budgets import Budget, CostLine, FundingSource
from projects.models.calls import FundingCall
from projects.models.challenges import Challenge
from projects.models.measures import Goal, Measure
from projects.models.partnerships import Partnership, ProjectStep
from projects.models.programmes import InfluenceGoal, Programme
from projects.models.projects import Project
from projects.models.proposals import Proposal
from projects.models.questions import Question

__all__ = [
    "Budget",
    "Challenge",
    "CostLine",
    "FundingCall",
    "FundingSource",
    "Goal",
    "InfluenceGoal",
    "Measure",
    "Partnership",
    "Programme",
    "Project",
    "ProjectStep",
    "Proposal",
    "Question",
]

from projects.models.budgets import Budget, CostLine, FundingSource
from projects.models.calls import FundingCall
from projects.models.challenges import Challenge
from projects.models.measures import Goal, Measure
from projects.models.partnerships import Partnership, ProjectStep
from projects.models.programmes import InfluenceGoal, Programme
from projects.models.projects import Project

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
]

from cluster_portal.surveys.models.entries import (
    CircularCase,
    FundingNeed,
    InfrastructureNeed,
    JustifiedNeed,
    SkillGap,
    TrainingSupply,
)
from cluster_portal.surveys.models.facts import Fact
from cluster_portal.surveys.models.follow_ups import FollowUp
from cluster_portal.surveys.models.questions import FactKind, Option, Question, Section
from cluster_portal.surveys.models.responses import Handover, Response
from cluster_portal.surveys.models.rounds import Round
from cluster_portal.surveys.models.tables import PublishedTable
from cluster_portal.surveys.models.templates import Template, Version

__all__ = [
    "CircularCase",
    "Fact",
    "FactKind",
    "FollowUp",
    "FundingNeed",
    "Handover",
    "InfrastructureNeed",
    "JustifiedNeed",
    "Option",
    "PublishedTable",
    "Question",
    "Response",
    "Round",
    "Section",
    "SkillGap",
    "Template",
    "TrainingSupply",
    "Version",
]

from cluster_portal.surveys.models.questions import FactKind, Option, Question, Section
from cluster_portal.surveys.models.responses import Handover, Response
from cluster_portal.surveys.models.rounds import Round
from cluster_portal.surveys.models.tables import PublishedTable
from cluster_portal.surveys.models.templates import Template, Version

__all__ = [
    "FactKind",
    "Handover",
    "Option",
    "PublishedTable",
    "Question",
    "Response",
    "Round",
    "Section",
    "Template",
    "Version",
]

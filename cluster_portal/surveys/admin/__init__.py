"""The coordinators' screens: questionnaires, their questions, rounds, who is asked, registers."""

from cluster_portal.surveys.admin import (
    drafts,
    preview,
    questions,
    registers,
    responses,
    results,
    rounds,
    templates,
)

__all__ = [
    "drafts",
    "preview",
    "questions",
    "registers",
    "responses",
    "results",
    "rounds",
    "templates",
]

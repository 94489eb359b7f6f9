"""The coordinators' screens: questionnaires and their questions, rounds and who is asked."""

from cluster_portal.surveys.admin import drafts, preview, questions, responses, rounds, templates

__all__ = ["drafts", "preview", "questions", "responses", "rounds", "templates"]

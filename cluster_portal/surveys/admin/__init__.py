"""The coordinators' screens: questionnaires and their questions."""

from cluster_portal.surveys.admin import drafts, preview, questions, templates

__all__ = ["drafts", "preview", "questions", "templates"]

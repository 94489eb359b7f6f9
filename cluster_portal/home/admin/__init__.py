"""The administrator's screens: the vocabulary, and who did what."""

from cluster_portal.home.admin import auditor, vocabulary

__all__ = ["auditor", "vocabulary"]

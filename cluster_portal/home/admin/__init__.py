"""The administrator's screens: the vocabulary, the concepts of the search, and who did what."""

from cluster_portal.home.admin import auditor, concepts, vocabulary

__all__ = ["auditor", "concepts", "vocabulary"]

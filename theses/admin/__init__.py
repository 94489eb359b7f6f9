"""The coordinators' screens of theses: lists, and the pages of the matching beside them."""

from theses.admin import boards, profiles, statistics, topics, works

__all__ = ["boards", "profiles", "statistics", "topics", "works"]

"""The coordinators' screens of theses: lists, and the pages of the matching beside them."""

from theses.admin import applications, boards, profiles, schools, statistics, topics, works

__all__ = ["applications", "boards", "profiles", "schools", "statistics", "topics", "works"]

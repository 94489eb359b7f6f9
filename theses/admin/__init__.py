"""The coordinators' screens: topics, applications, messages, theses, profiles, schools' guides."""

from theses.admin import applications, profiles, schools, topics, works

__all__ = ["applications", "profiles", "schools", "topics", "works"]

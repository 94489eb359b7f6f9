"""The coordinators' screens: projects, budgets, challenges, programmes."""

from projects.admin import content

__all__ = ["content"]

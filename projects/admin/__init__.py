"""The coordinators' screens: projects, budgets, challenges, programmes, funding calls."""

from projects.admin import calls, content

__all__ = ["calls", "content"]

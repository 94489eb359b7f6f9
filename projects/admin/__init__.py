"""The coordinators' screens: projects, budgets, challenges, programmes, funding calls."""

from projects.admin import calls, content, figures, ideas, proposals, updates

__all__ = ["calls", "content", "figures", "ideas", "proposals", "updates"]

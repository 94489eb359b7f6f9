"""The coordinators' screens: projects, budgets, challenges, programmes, funding calls, pilots."""

from projects.admin import calls, content, figures, ideas, pilots, proposals, updates

__all__ = ["calls", "content", "figures", "ideas", "pilots", "proposals", "updates"]

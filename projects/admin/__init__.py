"""The coordinators' screens: projects, budgets, challenges, programmes, calls, pilots, results."""

from projects.admin import (
    calls,
    content,
    figures,
    ideas,
    pilots,
    proposals,
    results,
    updates,
)

__all__ = [
    "calls",
    "content",
    "figures",
    "ideas",
    "pilots",
    "proposals",
    "results",
    "updates",
]

"""The coordinators' screens: projects, budgets, challenges, programmes, calls, pilots, results."""

from projects.admin import (
    calls,
    content,
    figures,
    funding,
    ideas,
    papers,
    pilots,
    programme_life,
    proposals,
    results,
    updates,
)

__all__ = [
    "calls",
    "content",
    "figures",
    "funding",
    "ideas",
    "papers",
    "pilots",
    "programme_life",
    "proposals",
    "results",
    "updates",
]

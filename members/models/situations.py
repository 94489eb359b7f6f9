"""Situations in which somebody looks for help: security tasks that have a picture."""

from __future__ import annotations

from cluster_portal.core import vocabulary
from cluster_portal.core.vocabulary import Scheme, Term

# The task's code, and its scene of `core.pictures`, in the order in which they are offered.
SCENE_OF = {
    "search": "search",
    "evacuation": "evacuation",
    "power-cut": "blackout",
    "communications": "comms",
    "water-and-food": "supply",
    "cyber-security": "cyber",
}
OTHERWISE = "search"


def featured() -> list[Term]:
    tasks = {term.code: term for term in vocabulary.terms(Scheme.SECURITY_TASK)}
    return [tasks[code] for code in SCENE_OF if code in tasks]


def scene_of(terms: list[Term]) -> str:
    """The picture of the first task that has one."""
    codes = {term.code for term in terms}
    return next((scene for code, scene in SCENE_OF.items() if code in codes), OTHERWISE)

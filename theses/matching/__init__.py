"""Who fits whom: the hard constraints of theses around the score and reasons of `core.matching`.

Reads only. `topics_for`, `students_for` and `supervisors_for` answer for one reader: nothing is
found, and no reason is made, of what that reader may not see.
"""

from cluster_portal.core.matching.score import Match
from theses.matching.people import students_for, supervisors_for
from theses.matching.topics import fit_of, topics_for, topics_to_supervise

__all__ = [
    "Match",
    "fit_of",
    "students_for",
    "supervisors_for",
    "topics_for",
    "topics_to_supervise",
]

"""The tables of the ground floor, each defined beside the rule it serves."""

from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.audit.refusals import Refusal
from cluster_portal.core.imports.jobs import ImportJob
from cluster_portal.core.imports.remembered import ImportedCells
from cluster_portal.core.matching.additions import ConceptAddition
from cluster_portal.core.matching.stored import MatchFeatures
from cluster_portal.core.search.words import SearchState, SearchWord
from cluster_portal.core.vocabulary import Scheme, Term

# fmt: off
__all__ = [
    "AuditEntry", "ConceptAddition", "ImportJob", "ImportedCells", "MatchFeatures", "Refusal",
    "Scheme", "SearchState", "SearchWord", "Term",
]
# fmt: on

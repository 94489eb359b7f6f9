"""Facets: what a list can be narrowed by, with how many rows each option has.

    class TopicFilters(Filters):
        level = Facet("levels", _("Level"), is_open=True)
        region = Facet("region", _("Region"), term_choices(Scheme.REGION), hide_empty=True)

A facet's first argument is a path of the model (a field with choices, an array of them, a boolean,
a relation, or any of these across a foreign key) or a function that returns an expression. Several
options of one facet may be ticked; its own selection does not narrow its own counts. Only what is
open on the page is counted and drawn; a reader opens the others.
"""

from cluster_portal.core.facets.facet import (
    MAX_LENGTH,
    ArrayToText,
    Choice,
    Facet,
    term_choices,
)
from cluster_portal.core.facets.filters import Filters
from cluster_portal.core.facets.groups import Chip, Group, Label, Option

__all__ = [
    "MAX_LENGTH",
    "ArrayToText",
    "Chip",
    "Choice",
    "Facet",
    "Filters",
    "Group",
    "Label",
    "Option",
    "term_choices",
]

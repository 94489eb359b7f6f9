"""Search of the portal's objects: Finnish, Swedish and English, tolerant of endings and slips.

A model derives from `Searchable`, says its texts in `search_parts`, and names an `index(…)` in its
Meta. Services call `reindex(obj)` after writing. `search(Topic.objects.visible_to(user), q)` starts
from rows the reader may see, so neither hits, counts, the widening of unknown words, `related` nor
`suggest` tell of others.
"""

from cluster_portal.core.search.documents import vector
from cluster_portal.core.search.engine import (
    MAX_RANKED,
    Hits,
    bounded,
    is_searched,
    matches,
    newest,
    query_of,
    ranked,
    search,
    suggest,
    terms_of,
)
from cluster_portal.core.search.fields import VectorField
from cluster_portal.core.search.indexing import (
    Searchable,
    SearchableQuerySet,
    index,
    is_current,
    reindex,
    reindex_model,
    store,
)
from cluster_portal.core.search.related import SHOWN, about, real, related
from cluster_portal.core.search.snippets import snippet
from cluster_portal.core.search.words import SearchState, SearchWord, refresh_counts

__all__ = [
    "MAX_RANKED",
    "SHOWN",
    "Hits",
    "SearchState",
    "SearchWord",
    "Searchable",
    "SearchableQuerySet",
    "VectorField",
    "about",
    "bounded",
    "index",
    "is_current",
    "is_searched",
    "matches",
    "newest",
    "query_of",
    "ranked",
    "real",
    "refresh_counts",
    "reindex",
    "reindex_model",
    "related",
    "search",
    "snippet",
    "store",
    "suggest",
    "terms_of",
    "vector",
]

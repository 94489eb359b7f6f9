"""What decides what the indexes of the matching have of a text."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from cluster_portal.core import finnish
from theses.matching import concepts, masks


def reading() -> str:
    """The analysis of words, the lexicon, the masks; with another one all is read anew."""
    return f"{finnish.engine_name()}-{_known(masks.LAYOUT)}"


@lru_cache(maxsize=1)
def _known(layout: str) -> str:
    return hashlib.sha256(concepts.DATA.read_bytes() + layout.encode()).hexdigest()[:8]

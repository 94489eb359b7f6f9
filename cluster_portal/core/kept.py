"""Rendered parts of a list, kept until what they show changes, for readers who see the same.

A part is known by the version of the data it shows, the reader's audience, her language, the day
and the whole address; so nothing need be forgotten, and no reader gets what was made for another.
It holds no form with a token and nothing of the session.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language

from cluster_portal.core import dataversion
from cluster_portal.core.visibility import audience

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest

KEPT_SECONDS = 60  # what depends on the clock may be that old


def parts(
    request: HttpRequest, shows: Iterable[str], make: Callable[[str | None], dict[str, Any]]
) -> dict[str, Any]:
    """What `make` returns (texts and numbers), or what it returned for the same page before.

    `shows` names all data that may appear (`core.dataversion`); `make` is told its version, under
    which it may keep what many pages have in common.
    """
    version = dataversion.current(*shows)
    if version is None:
        return make(None)
    known = audience(request.user)
    where = (request.get_full_path(), bool(getattr(request, "htmx", False)))
    names = (version, known.key, sorted(known.edits), get_language(), timezone.localdate(), where)
    key = f"parts:{hashlib.sha256(repr(names).encode()).hexdigest()}"
    found = cache.get(key)
    if found is None:
        found = make(version)
        cache.set(key, found, KEPT_SECONDS)
    return found

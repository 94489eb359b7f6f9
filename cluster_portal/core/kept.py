"""Rendered parts of a list, kept until what they show changes, for readers who see the same.

A part is known by the version of the data it shows, the reader's audience, her language, the day
and the whole address; so nothing need be forgotten, and no reader gets what was made for another.
It holds no form with a token and nothing of the session.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language

from cluster_portal.core import dataversion
from cluster_portal.core.visibility import audience

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from django.http import HttpRequest

Made = TypeVar("Made")
KEPT_SECONDS = 300  # less than `dataversion.REMEMBERED`


def parts(
    request: HttpRequest, shows: Iterable[str], make: Callable[[str | None], dict[str, Any]]
) -> dict[str, Any]:
    """What `make` returns (texts and numbers), or what it returned for the same page before.

    `shows` names all data that may appear (`core.dataversion`); `make` is told its version, under
    which it may keep what many pages have in common.
    """
    version = dataversion.current(*shows)
    where = (request.get_full_path(), bool(getattr(request, "htmx", False)))
    return part(request, version, where, lambda: make(version))


def part(
    request: HttpRequest, version: str | None, where: Hashable, make: Callable[[], Made]
) -> Made:
    """What `make` returns, kept for all pages of this version that call it by the same `where`."""
    if version is None:
        return make()
    known = audience(request.user)
    names = (version, known.key, sorted(known.edits), get_language(), timezone.localdate(), where)
    key = f"parts:{hashlib.sha256(repr(names).encode()).hexdigest()}"
    found = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, KEPT_SECONDS)
    return found

"""What costs much is done once at a time for each person: a count in the cache, no queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 120  # seconds after which a download that was broken off counts as over


def one_at_a_time(what: str, content: Iterator[bytes]) -> Iterator[bytes] | None:
    """The content of a download, or None while the last one of the same name still runs."""
    key = f"once-{salted_hmac('core.one_at_a_time', what, algorithm='sha256').hexdigest()}"
    return _held(key, content) if cache.add(key, 1, LONGEST) else None


def _held(key: str, content: Iterator[bytes]) -> Iterator[bytes]:
    try:
        yield from content
    finally:
        cache.delete(key)

"""Whether the cache answers, and when the work that the beat starts was last done."""

from __future__ import annotations

import time
from uuid import uuid4

from django.core.cache import cache

BEAT_KEY = "beat-seen"
BEAT_TASK = "notifications.deliver_due"  # every twenty seconds
REMEMBERED = 7 * 24 * 3600


def cache_answers() -> bool:
    """It forgives, so what was put in is asked back."""
    word = str(uuid4())
    cache.set("probe", word, 10)
    return cache.get("probe") == word


def see_beat() -> None:
    cache.set(BEAT_KEY, time.time(), REMEMBERED)


def beat_seconds() -> float | None:
    """None while nobody knows: after the cache was emptied, or before the first time."""
    seen = cache.get(BEAT_KEY)
    return None if seen is None else max(0.0, time.time() - seen)

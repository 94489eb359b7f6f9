"""A cache that may be emptied, or be away, at any time without a page failing."""

from __future__ import annotations

import logging
import time
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from cluster_portal.core.http import figures

logger = logging.getLogger(__name__)
AWAY_SECONDS = 10.0


class ForgivingRedisCache(RedisCache):
    """Redis away counts as a miss: reads give the default, writes do nothing.

    A failure is remembered for ten seconds, so that the next calls do not wait for it again.
    """

    _away_until = 0.0  # of the process: a thread has a cache object of its own

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._forgive(super().get, key, default, version, missing=default)

    def get_many(self, keys: Any, version: int | None = None) -> dict[str, Any]:
        return self._forgive(super().get_many, keys, version, missing={})

    def set(self, key: str, value: object, timeout: Any = 300, version: int | None = None) -> None:
        self._forgive(super().set, key, value, timeout, version, missing=None)

    def set_many(
        self, data: dict[str, Any], timeout: Any = 300, version: int | None = None
    ) -> list[Any]:
        return self._forgive(super().set_many, data, timeout, version, missing=[])

    def add(self, key: str, value: object, timeout: Any = 300, version: int | None = None) -> bool:
        return self._forgive(super().add, key, value, timeout, version, missing=True)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        return self._forgive(super().incr, key, delta, version, missing=delta)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._forgive(super().delete, key, version, missing=False)

    def _forgive(self, call: Any, *args: Any, missing: Any) -> Any:
        if time.monotonic() < ForgivingRedisCache._away_until:
            return missing
        try:
            return call(*args)
        except RedisError as error:
            ForgivingRedisCache._away_until = time.monotonic() + AWAY_SECONDS
            figures.cache_failures.inc()
            logger.warning("cache away: %s", error.__class__.__name__)
            return missing

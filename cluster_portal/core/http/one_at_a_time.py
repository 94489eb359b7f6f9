"""What costs much is done a few at a time for each person or network: slots in the cache."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from collections.abc import Iterator

LIFE = 600  # seconds after which a slot is free whose holder has died; longer than a ZIP is made
RENEWED = 60  # seconds between renewals while a download goes on


def one_at_a_time(what: str, content: Iterator[bytes], *, slots: int = 1) -> Held | None:
    """The content of a download, or None while as many of the same name still run."""
    name = salted_hmac("core.one_at_a_time", what, algorithm="sha256").hexdigest()
    for number in range(slots):
        key, owner = f"once-{name}-{number}", secrets.token_hex(16)
        if cache.add(key, owner, LIFE):
            return Held(key, owner, content)
    return None


class Held:
    """An iterator that holds its slot until it is over or closed, begun or not.

    A slot is freed by its owner only: who lost it to time does not free another's.
    """

    def __init__(self, key: str, owner: str, content: Iterator[bytes]) -> None:
        self.key, self.owner, self.content = key, owner, content
        self.renewed_at = time.monotonic()

    def __iter__(self) -> Held:
        return self

    def __next__(self) -> bytes:
        if time.monotonic() - self.renewed_at > RENEWED and self._is_mine():
            self.renewed_at = time.monotonic()
            cache.touch(self.key, LIFE)
        try:
            return next(self.content)
        except BaseException:
            self._free()
            raise

    def close(self) -> None:
        close = getattr(self.content, "close", None)
        if close is not None:
            close()
        self._free()

    def _is_mine(self) -> bool:
        return bool(cache.get(self.key) == self.owner)

    def _free(self) -> None:
        if self._is_mine():
            cache.delete(self.key)

"""Where a lower floor asks a higher one: small ordered registries, filled from `apps.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

Entry = TypeVar("Entry", bound="Keyed")


@dataclass(frozen=True)
class Keyed:
    key: str
    order: int


class Registry(Generic[Entry]):
    """Entries by key, in `order`; registering a key again replaces it."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def register(self, entry: Entry) -> None:
        self._entries[entry.key] = entry

    def __iter__(self) -> Iterator[Entry]:
        return iter(sorted(self._entries.values(), key=lambda entry: (entry.order, entry.key)))

    def __getitem__(self, key: str) -> Entry:
        return self._entries[key]

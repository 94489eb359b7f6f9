"""What pages draw of facets: groups of options with their counts, and chips of what is chosen."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.formats import number_format
from django.utils.functional import Promise

Label = str | Promise


@dataclass(frozen=True)
class Option:
    value: str
    label: Label
    count: int
    chosen: bool
    is_least: bool = False  # there may be more than were counted

    @property
    def count_text(self) -> str:
        return f"{number_format(self.count, force_grouping=True)}{'+' if self.is_least else ''}"


@dataclass(frozen=True)
class Group:
    """The options of one facet; none are known of a folded one, which the reader may open."""

    key: str
    label: Label
    is_open: bool
    options: list[Option] = field(default_factory=list)
    is_kept_open: bool = False  # by the address, not by itself

    @property
    def shown(self) -> list[Option]:
        """What leads somewhere, or is chosen and can be taken back."""
        return [each for each in self.options if each.count or each.chosen or each.is_least]


@dataclass(frozen=True)
class Chip:
    """A selection in force, named with its facet, and the address without it."""

    key: str
    value: str
    label: str
    url: str

"""What waits for a coordinator, in the three tables of the today page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import QueueState, Waits, parts

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

HEADINGS = {
    Waits.DECISION: _("Waiting for you"),
    Waits.QUALITY: _("Gaps in the data"),
    Waits.OPEN: _("Also open"),
}


@dataclass(frozen=True)
class Line:
    """A queue in which something waits, and whether it has waited longer than it should."""

    key: str
    state: QueueState
    days: int
    waits: Waits

    @property
    def is_late(self) -> bool:
        oldest = self.state.oldest
        return bool(self.days and oldest and timezone.now() - oldest > timedelta(days=self.days))


def lines(user: Reader) -> list[Line]:
    """Those in which something waits, in their order."""
    found = [
        Line(queue.key, queue.state(user), queue.days, queue.waits)
        for queue in parts(lambda one: one.queues)
    ]
    return [line for line in found if line.state.count]


def tables(user: Reader) -> list[dict[str, Any]]:
    """One for each sort of queue; the first stands there also when nothing waits."""
    found = lines(user)
    by_sort = {sort: [line for line in found if line.waits == sort] for sort in Waits}
    return [
        {
            "key": sort.value,
            "label": HEADINGS[sort],
            "lines": rows,
            "is_dated": sort != Waits.QUALITY,
        }
        for sort, rows in by_sort.items()
        if rows or sort == Waits.DECISION
    ]


@dataclass(frozen=True)
class Turn:
    """One case of a queue that is gone through: how many are left, and which comes next.

    `keys` are the cases that wait, the oldest first, each a tuple where the address has two; `of`
    is how many they were at the beginning, as the address says it.
    """

    pk: Any
    keys: list[Any]
    page: str
    of: str = ""

    @property
    def is_waiting(self) -> bool:
        return self.pk in self.keys

    @property
    def left(self) -> int:
        return len(self.keys)

    @property
    def total(self) -> int:
        given = int(self.of) if self.of.isascii() and self.of.isdigit() and len(self.of) < 6 else 0
        return max(given, self.left)

    @property
    def next_url(self) -> str:
        """Of the case after this one, at the end of the first; empty when no other waits."""
        others = [key for key in self.keys if key != self.pk]
        if not others:
            return ""
        place = self.keys.index(self.pk) if self.is_waiting else 0
        found = others[place % len(others)]
        args = list(found) if isinstance(found, tuple) else [found]
        return f"{reverse(self.page, args=args)}?of={self.total}"

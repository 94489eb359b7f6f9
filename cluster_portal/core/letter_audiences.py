"""To whom the coordinators of a cluster may write a letter: declared by a content type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cluster_portal.core.content import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise


def _no_guests(_cluster: int, _narrowed: Any) -> tuple[Any, ...]:
    return ()


@dataclass(frozen=True)
class Narrowing:
    """A way to narrow an audience: `choices(user)` gives values and labels that a writer may pick.

    Several values widen it, several narrowings narrow it further.
    """

    key: str
    label: str | _StrPromise
    choices: Callable[[Any], Iterable[tuple[str, Any]]]


@dataclass(frozen=True)
class ReadyText:
    """What a letter to such an audience can begin from, in every language."""

    subject: str | _StrPromise
    body: str | _StrPromise


@dataclass(frozen=True)
class LetterAudience(Part):
    """People to whom the coordinators of a cluster may write a letter.

    `people(cluster, narrowed)` gives users; `cluster` is a primary key and `narrowed` the picked
    values by the key of their narrowing, all people where there are none. `guests` gives those
    without an account alike, as `notifications.outbox.Guest`. `because` says to the reader why,
    with `%(cluster)s`. One with a `ready` text is a reminder. One that is `of_one` thing, an event
    for example, is nobody until a thing is picked.
    """

    label: str | _StrPromise
    people: Callable[[int, Mapping[str, Sequence[str]]], QuerySet[Any]]
    because: str | _StrPromise
    narrowings: tuple[Narrowing, ...] = ()
    ready: ReadyText | None = None
    guests: Callable[[int, Mapping[str, Sequence[str]]], Iterable[Any]] = _no_guests
    of_one: str = ""  # the key of the narrowing without which it is nobody

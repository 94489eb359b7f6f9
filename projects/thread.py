"""The thread: need, challenge, project or thesis, result, programme measure.

Links among this app's own models are foreign keys. Apps above register what hangs on a challenge,
a project or a measure of theirs, so that every page of the thread can show it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from cluster_portal.core.registries import Keyed, Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.utils.functional import _StrPromise

Anchor = Literal["challenge", "project", "measure"]


@dataclass(frozen=True)
class Link:
    """Something on the thread that the reader may see: what it is called, and where it is."""

    kind: str | _StrPromise
    title: str
    url: str


@dataclass(frozen=True)
class ThreadSource(Keyed):
    """`links(anchor, pks, user)`: by primary key of the anchored objects, what hangs on them.

    One statement for all of the keys; only what `user` may see; empty for a foreign anchor.
    `move(earlier, later)`: ties to measure `later` what hung on the one that it continues.
    """

    links: Callable[[Anchor, Iterable[int], Any], dict[int, list[Link]]]
    move: Callable[[int, int], None] | None = None


sources: Registry[ThreadSource] = Registry()


def links_of(anchor: Anchor, pks: Iterable[int], user: Any) -> dict[int, list[Link]]:
    wanted = list(pks)
    found: dict[int, list[Link]] = defaultdict(list)
    for source in sources:
        for pk, links in source.links(anchor, wanted, user).items():
            found[pk] += links
    return found


def move_measure(earlier: int, later: int) -> None:
    for source in sources:
        if source.move:
            source.move(earlier, later)


def rows_of(anchor: Anchor, pk: int, user: Any) -> list[dict[str, Any]]:
    """The links of one object as lines for components/row.html."""
    return [
        {"kind": link.kind, "title": link.title, "url": link.url}
        for link in links_of(anchor, [pk], user)[pk]
    ]

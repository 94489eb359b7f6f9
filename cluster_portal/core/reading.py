"""What there is to read about a thing: declared by the types that hold texts, shown on its page.

    Content("articles", …, reading=(Reading("articles", articles_about),))

`own` gives those that are filed under the thing itself, whatever they say: documents of a body.

Rows are lines for `components/row.html`, and only of what the reader may see; they share a concept
with the thing. One statement for each declaration.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cluster_portal.core.content import Part, parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from cluster_portal.core.visibility import Reader

Row = dict[str, Any]
LONGEST = 600  # characters of a summary that are read for concepts


@dataclass(frozen=True)
class Reading(Part):
    """`rows(text, user)` are about what the text is about, the nearest first.

    What is `on_request` costs no page a statement that does not ask for it.
    """

    rows: Callable[[str, Any], list[Row]]
    on_request: bool = False
    own: Callable[[Any, Any], list[Row]] | None = None


def about(thing: Any, user: Reader, *, everything: bool = False) -> list[Row]:
    """Of any searchable thing: by its heading and summary."""
    text = f"{thing.search_title}\n{thing.search_summary[:LONGEST]}"
    declared = parts(lambda one: one.reading)
    asked = [part for part in declared if everything or not part.on_request]
    return [row for part in asked for row in part.rows(text, user)]


def filed_under(thing: Any, user: Reader) -> list[Row]:
    """What belongs to the thing itself."""
    declared = parts(lambda one: one.reading)
    return [row for part in declared if part.own for row in part.own(thing, user)]

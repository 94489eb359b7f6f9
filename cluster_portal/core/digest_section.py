"""What of a content type digests tell: declared by the types, composed by notifications."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cluster_portal.core.content import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from django.db.models import Model
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class DigestSection(Part):
    """A part of the digest.

    `items(user, since)` are things the reader may see, in order of importance, as saved model
    instances with `get_absolute_url()` and a `title`; `digest_line` (attribute or method), if
    there is one, gives the words under the title, unless `template` (plain text, value `item`)
    does. Before them stands what it is: the model's `digest_kind`, or its name. With
    `per_audience` the answer depends only on what groups a reader belongs to, never on who the
    reader is: it is asked once for all alike, of a `StandIn`. A personal section answers for many
    at once, by their primary keys, in `for_many(users, since)`.
    `day` names the field of the day that is near: a thing is told anew once that day has moved.
    `still_visible(user, rows)` narrows the rows in place of the model's `visible_to` when the mail
    leaves. What a personal section offers concerns its reader by the reason `because`; one that
    `waits` for the reader stands first. `model` is that of the items, for a section with a `day`
    and for one whose items stand for another thing, which `tells_of` names: that is told once,
    whichever item stands for it.
    """

    label: str | _StrPromise
    items: Callable[[Any, datetime], Iterable[Any]]
    limit: int = 12
    per_audience: bool = False
    for_many: Callable[[list[Any], datetime], Mapping[int, Iterable[Any]]] | None = None
    template: str = ""
    day: str = ""
    still_visible: Callable[[Any, Any], Any] | None = None
    because: str | _StrPromise = ""
    waits: bool = False
    model: type[Model] | None = None
    tells_of: str = ""

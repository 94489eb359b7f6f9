"""What of a content type may answer a need, and what else asks: declared by the types, matched by
members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cluster_portal.core.content import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from django.db.models import Model, Q
    from django.utils.functional import _StrPromise

    from cluster_portal.core.content import Rows


@dataclass(frozen=True)
class Answers(Part):
    """Rows of this type may answer a need, which is told by members.

    `rows(user)` are those that the reader may see and that stand as an answer now; the model is
    `Matchable`. `kinds` says for each kind of need which of them can answer it at all.
    `texts(row)`, in the reader's language, and the terms at `terms` are all that a reason may
    name: what everybody sees who sees the row. `regions` names the terms of where it is offered,
    `everywhere` the field that says that it is so in the whole country, `owner` the organisation
    it belongs to, which is not offered its own. `show(row)` gives kind, title, url and a mark for
    the page, `owners(row)` are told that somebody needs it; `mine(user)` are those that the reader
    answers for.
    """

    label: str | _StrPromise
    model: type[Model]
    rows: Rows
    kinds: Mapping[str, Q]
    texts: Callable[[Any], list[str]]
    show: Callable[[Any], dict[str, Any]]
    owners: Callable[[Any], Iterable[Any]]
    mine: Rows
    terms: str = "terms"
    regions: str = ""
    everywhere: str = ""
    owner: str = "organisation"


@dataclass(frozen=True)
class Asks(Part):
    """Rows of this type ask for what others can do, as needs do.

    `met(key, pk)` is called in a task once something of the declared kind `key` was published that
    may answer; it tells those whom it concerns, each once.
    """

    met: Callable[[str, int], None]

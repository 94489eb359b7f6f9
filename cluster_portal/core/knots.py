"""How a content type stands on the thread (`core.thread`): declared in its `content.py`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core.content import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from django.db.models import Model, QuerySet
    from django.db.models.enums import ChoicesType
    from django.utils.functional import _StrPromise

    from cluster_portal.core.visibility import Reader

BACK, FORTH = "back", "forth"


class Column(IntEnum):
    """Where on the thread a thing stands, from left to right."""

    NEED = 0
    CHALLENGE = 1
    WORK = 2
    RESULT = 3
    USE = 4
    MEASURE = 5


NAMES = {
    Column.NEED: _("Need"),
    Column.CHALLENGE: _("Challenge"),
    Column.WORK: pgettext_lazy("thread", "Work"),
    Column.RESULT: pgettext_lazy("thread", "Result"),
    Column.USE: pgettext_lazy("thread", "Use"),
    Column.MEASURE: _("Measure"),
}


@dataclass(frozen=True)
class Tie(Part):
    """What of the type `later` comes of what of the type `earlier`.

    A row of `rows` holds the two keys by those names (lookup paths), for example
    `Tie("projects", Challenge, Project, Project.challenges.through, "challenge", "project")`.
    """

    earlier: type[Model]
    later: type[Model]
    rows: type[Model]
    of_earlier: str
    of_later: str


@dataclass(frozen=True)
class Knot:
    """`rows(user)` are the things that a reader may see on a thread.

    `fields(user)` are expressions: `title`, and where there are such `text`, `day`, `who`.
    `address` is the name of a page and the field that it takes; `stage` the field of the state,
    whose codes `over` mean that the thing is done and `stopped` that nothing comes of it.
    """

    column: Column
    kind: str | _StrPromise
    rows: Callable[[Any], QuerySet[Any]]
    fields: Callable[[Reader], Mapping[str, Any]]
    address: tuple[str, str]
    stage: str
    stages: ChoicesType
    over: Collection[str] = ()
    stopped: Collection[str] = ()

    def state(self, code: str) -> tuple[str, str]:
        """Its shape and its words."""
        look = "done" if code in self.over else "stopped" if code in self.stopped else "running"
        return look, str(self.stages(code).label)


@dataclass(frozen=True)
class Break(Part):
    """Things where a thread ends that should go on, for whoever coordinates them.

    `rows(user)` are those that the reader answers for, `since` the name of the moment from which
    they wait. `action` says what to do at `url(thing)`.
    """

    label: str | _StrPromise
    rows: Callable[[Any], QuerySet[Any]]
    since: str
    action: str | _StrPromise
    url: Callable[[Any], str]

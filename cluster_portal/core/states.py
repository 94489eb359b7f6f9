"""What a declared queue or first step answers: how things stand for one reader."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class QueueState:
    """What waits in a queue for one coordinator: how many, since when, and where to act.

    `first` is the address of the case that has waited longest, from which each leads to the next;
    `remind` that of a letter to those concerned.
    """

    label: str | _StrPromise
    count: int
    oldest: datetime | None
    url: str
    first: str = ""
    remind: str = ""


class Waits(Enum):
    """What a queue is of: cases to decide, gaps in the data, or what is open without being due."""

    DECISION = "decision"
    QUALITY = "quality"
    OPEN = "open"


@dataclass(frozen=True)
class Step:
    """Where a first step is taken, and whether what is there says that it was."""

    url: str
    is_done: bool

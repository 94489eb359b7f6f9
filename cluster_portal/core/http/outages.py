"""What broke outside of the portal, by the error that a page met: database away, or disk full."""

from __future__ import annotations

import enum
import errno
from typing import TYPE_CHECKING

from django.db import DatabaseError, OperationalError

if TYPE_CHECKING:
    from collections.abc import Iterator


class Outage(enum.Enum):
    AWAY = "away"
    FULL = "full"


NO_SPACE = {errno.ENOSPC, errno.EDQUOT}
DISK_FULL = "53100"
# Lost or refused connections, a server that stops or starts, one that only reads, or has no room
# for another connection, and statements that it stopped.
AWAY = ("08", "57P", "53", "25006", "25P03", "57014")


def behind(error: BaseException | None) -> Outage | None:
    """The outage behind an error, if there is one; every other error is a fault of ours."""
    found = [outage for each in _chain(error) if (outage := _of(each))]
    return Outage.FULL if Outage.FULL in found else next(iter(found), None)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it came from: a lost connection is often met again while tidying up."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _of(error: BaseException) -> Outage | None:
    if isinstance(error, OSError):
        return Outage.FULL if error.errno in NO_SPACE else None
    if not isinstance(error, DatabaseError):
        return None
    state = getattr(error.__cause__, "sqlstate", None) or ""
    if state == DISK_FULL:
        return Outage.FULL
    # Without a code: the server has said nothing.
    is_away = state.startswith(AWAY) if state else isinstance(error, OperationalError)
    return Outage.AWAY if is_away else None

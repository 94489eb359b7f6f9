"""A database that was restored from a copy sends nothing until somebody releases it.

Each letter that leaves takes a number; the state folder, which lies outside the database and its
copies, remembers the last one. A database that knows a smaller number is older than the folder: its
letters may have left already. A folder that remembers nothing of a database that has sent letters
belongs to another machine. `portal-backup restore` leaves a mark there too: a copy from before the
first letter knows no number. `manage.py after_restore --release` makes them agree.
"""

import fcntl
import logging
from pathlib import Path

from django.conf import settings
from django.db import connection

logger = logging.getLogger(__name__)

FILE, MARK = "last-letter", "restored"


def take_number() -> None:
    """Not undone with the transaction: a letter that has left has left."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('notifications_letters')")


def is_held() -> bool:
    if not settings.STATE_ROOT:
        return False
    if _file(MARK).exists():
        return True
    known, last = _known(), _last_number()
    return last > 0 if known is None else known > last


def remember(*, release: bool = False) -> None:
    """From now on the folder knows what the database knows; less than before only by `release`.

    Workers take turns, so that none writes an earlier number over another's later one.
    """
    if not settings.STATE_ROOT:
        return
    path = _file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_suffix(".lock").open("a") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            number = _last_number()
            if not release:
                number = max(number, _known() or 0)
            path.with_suffix(".new").write_text(str(number))
            path.with_suffix(".new").replace(path)
            if release:
                _file(MARK).unlink(missing_ok=True)
    except OSError:
        logger.exception("the state folder cannot be written")


def _known() -> int | None:
    try:
        return int(_file().read_text())
    except (FileNotFoundError, ValueError):
        return None


def _file(name: str = FILE) -> Path:
    return Path(settings.STATE_ROOT) / name


def _last_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM notifications_letters"
        )
        return int(cursor.fetchone()[0])

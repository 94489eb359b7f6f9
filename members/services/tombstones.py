"""Whose account was erased, kept outside the database: a restored copy must forget them again."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from members.models import User

if TYPE_CHECKING:
    import datetime

logger = logging.getLogger(__name__)

FILE = "erased-accounts"


def remember(pk: int, joined: datetime.datetime) -> None:
    """No name and no address: the number of the row and when it came, which no later row shares."""
    if not settings.STATE_ROOT:
        return
    path = Path(settings.STATE_ROOT) / FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as file:
            file.write(f"{pk} {joined.isoformat()}\n")
    except OSError:
        logger.exception("account %s was erased, but the state folder cannot be written", pk)


def come_back() -> list[User]:
    """Accounts that were erased and stand in this database."""
    try:
        lines = (Path(settings.STATE_ROOT) / FILE).read_text().splitlines()
    except FileNotFoundError:
        return []
    erased = {int(pk): joined for pk, _, joined in (line.partition(" ") for line in lines)}
    found = User.objects.filter(pk__in=erased).order_by("pk")
    return [user for user in found if user.date_joined.isoformat() == erased[user.pk]]

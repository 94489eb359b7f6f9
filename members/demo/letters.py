"""The example's letters: one that went to the members, one that is being written."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from django.utils import timezone

from cluster_portal.notifications.models import Letter
from cluster_portal.notifications.services import letters
from members.models import Cluster, User

if TYPE_CHECKING:
    import datetime
    from pathlib import Path


def load(folder: Path, today: datetime.date) -> None:
    """Once: what became of them since stays."""
    if Letter.objects.exists():
        return
    rows = tomllib.loads((folder / "letters.toml").read_text(encoding="utf-8"))["letter"]
    for row in rows:
        sender = User.objects.get(email=row.pop("sender"))
        is_sent, cluster = row.pop("is_sent", False), Cluster.objects.get(slug=row.pop("cluster"))
        letter = Letter.objects.create(
            cluster=cluster, sender=sender, sender_name=str(sender), reply_to=sender.email, **row
        )
        if is_sent:
            letters.send(letter, by=sender, seen=letters.version_of(letter))
    letters.send_due(timezone.now())

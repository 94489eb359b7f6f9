"""The cards of a desk that have something to show."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists

from cluster_portal.core import content
from members.models import User


def filled(user: User) -> list[dict[str, Any]]:
    """One statement asks of which cards there is any; the others are not read."""
    cards = content.parts(lambda one: one.desk)
    asked = {f"card_{n}": Exists(card.among(user)) for n, card in enumerate(cards) if card.among}
    found = User.objects.filter(pk=user.pk).values(**asked).get() if asked else {}
    there = [card for n, card in enumerate(cards) if found.get(f"card_{n}", True)]
    return [
        {
            "key": card.key, "label": card.label, "template": card.template,
            "urgent": card.urgent, "rows": card.rows(user),
        }
        for card in there
    ]  # fmt: skip

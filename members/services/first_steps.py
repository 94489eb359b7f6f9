"""The checklist on a new member's desk is put away, and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from members.models import User


def put_away(user: User) -> None:
    user.first_steps_hidden_at = timezone.now()
    user.save(update_fields=["first_steps_hidden_at"])


def bring_back(user: User) -> None:
    user.first_steps_hidden_at = None
    user.save(update_fields=["first_steps_hidden_at"])

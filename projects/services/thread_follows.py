"""Following a thread is following the things on it, each by the one mechanism."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from cluster_portal.notifications.services import following

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model

    from members.models import User


@transaction.atomic
def follow(things: Sequence[tuple[type[Model], int]], *, by: User) -> None:
    """All or none: who follows as much as one may is told so."""
    for thing in _loaded(things):
        following.follow(thing, by=by)


@transaction.atomic
def unfollow(things: Sequence[tuple[type[Model], int]], *, by: User) -> None:
    for thing in _loaded(things):
        following.unfollow(thing, by=by)


def _loaded(things: Sequence[tuple[type[Model], int]]) -> list[Model]:
    models = dict.fromkeys(model for model, _pk in things)
    return [
        thing
        for model in models
        for thing in model._default_manager.filter(pk__in=[pk for m, pk in things if m is model])
    ]

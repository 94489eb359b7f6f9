"""Invariants that recur, as named database constraints."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


def together(*fields: str, name: str) -> models.CheckConstraint:
    """Either all of the nullable `fields` are set, or none is."""
    unset = Q(**{f"{field}__isnull": True for field in fields})
    filled = Q(**{f"{field}__isnull": False for field in fields})
    return models.CheckConstraint(condition=unset | filled, name=name)


def one_of(field: str, choices: type[models.Choices], *, name: str) -> models.CheckConstraint:
    """The column holds one of the enumeration's values, whoever writes it."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)


def in_order(earlier: str, later: str, *, name: str) -> models.CheckConstraint:
    """`later` is not before `earlier`; an open end is allowed."""
    fits = Q(**{f"{later}__gte": models.F(earlier)})
    return models.CheckConstraint(
        condition=fits | Q(**{f"{later}__isnull": True}) | Q(**{f"{earlier}__isnull": True}),
        name=name,
    )

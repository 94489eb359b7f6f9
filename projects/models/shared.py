"""What projects, challenges and programmes have in common."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from members.models import ClusterContent

# Addresses under /projects/ that mean something else than a project.
RESERVED = frozenset([
    "calls", "challenges", "documents", "feed", "funding", "initiatives", "messages", "new",
    "partners", "pilots", "programme", "propose", "results", "search", "testbeds", "thread",
])  # fmt: skip


class Scope(models.TextChoices):
    REGIONAL = "regional", _("Regional")
    NATIONAL = "national", _("National")
    INTERNATIONAL = "international", _("International")


def stamp_of(*values: object) -> str:
    """Of what an editor changes, as it is stored: tells whether somebody else has changed it."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:32]


def refuse_reserved(slug: str) -> None:
    if slug in RESERVED:
        raise ValidationError(_("This address is reserved; choose another."), code="reserved")


def not_reserved(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=~models.Q(slug__in=sorted(RESERVED)), name=name)


def scopes_known(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(scopes__contained_by=list(Scope.values)), name=name
    )


def edits(obj: ClusterContent, user: Reader) -> bool:
    return obj.is_editable_by(user)

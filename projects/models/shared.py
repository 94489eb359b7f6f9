"""What projects, challenges and programmes have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

# Addresses under /projects/ that mean something else than a project.
RESERVED = frozenset(
    ["calls", "challenges", "testbeds", "pilots", "results", "programme", "new", "search", "feed"]
)


class Scope(models.TextChoices):
    REGIONAL = "regional", _("Regional")
    NATIONAL = "national", _("National")
    INTERNATIONAL = "international", _("International")


def refuse_reserved(slug: str) -> None:
    if slug in RESERVED:
        raise ValidationError(_("This address is reserved; choose another."), code="reserved")


def not_reserved(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=~models.Q(slug__in=sorted(RESERVED)), name=name)


def scopes_known(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(scopes__contained_by=list(Scope.values)), name=name
    )


def edits(obj: Any, user: Reader) -> bool:
    """Whether the user may edit the object: asked of the database once per loaded object."""
    if not user.is_authenticated:
        return False
    known = obj.__dict__.setdefault("_edited_by", {})
    if user.pk not in known:
        known[user.pk] = type(obj).objects.editable_by(user).filter(pk=obj.pk).exists()
    return known[user.pk]


def remember_editor(obj: Any, user: Reader, *, is_editor: bool) -> None:
    """Spares `edits` its statement where the page has asked already."""
    obj.__dict__.setdefault("_edited_by", {})[user.pk] = is_editor

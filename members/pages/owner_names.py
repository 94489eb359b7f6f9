"""The owner organisation's name as a column of a statement, for whoever may see the owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from members.models import Organisation

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def name_in_language(path: str = "name") -> F | Coalesce:
    language = (get_language() or "fi")[:2]
    return F(path) if language == "fi" else Coalesce(NullIf(f"{path}_{language}", Value("")), path)


def owner_name(user: Reader, path: str = "organisation") -> Subquery:
    seen = Organisation.objects.visible_to(user).order_by().filter(pk=OuterRef(path))
    return Subquery(seen.annotate(shown=name_in_language()).values("shown")[:1])

"""What a row brings along from other tables, so that a page needs no further statement for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf
from django.utils.translation import get_language

if TYPE_CHECKING:
    from django.db.models import QuerySet


def in_language(path: str) -> Coalesce:
    """The text `path_fi`, `path_sv` or `path_en` for the reader, in Finnish where it is empty."""
    language = (get_language() or "fi")[:2]
    return Coalesce(NullIf(f"{path}_{language}", Value("")), f"{path}_fi")


def texts(rows: QuerySet[Any], path: str) -> ArraySubquery:
    """One text in the reader's language of each of `rows`, in their order."""
    return ArraySubquery(rows.values_list(in_language(path)))


def counted(rows: QuerySet[Any]) -> Coalesce:
    """How many of `rows` there are; they name the row that they belong to by an `OuterRef`."""
    number = rows.order_by().annotate(all_of_them=Value(1)).values("all_of_them")
    return Coalesce(Subquery(number.annotate(n=Count("pk")).values("n")), 0)


def listed(rows: QuerySet[Any], **values: Any) -> ArraySubquery:
    """Each of `rows` as a dictionary of plain values, in their order; days are ISO texts."""
    return ArraySubquery(rows.values_list(JSONObject(**values)))

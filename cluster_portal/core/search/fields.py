"""The column that holds a vector, and the query that is matched against it."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import F, Model


class VectorField(SearchVectorField):
    """A `tsvector` that only indexing writes and that is never read back.

    Vectors are large, so a SELECT of the object gets NULL in their place, and saving the object
    leaves the stored vector as it is.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"default": "", "editable": False}
        super().__init__(*args, **kwargs)

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        return "NULL::tsvector", []

    def pre_save(self, model_instance: Model, add: bool) -> Any:  # noqa: FBT001  Django's
        return "" if add else F(self.attname)

    def value_to_string(self, obj: Model) -> str:
        return ""


class TermQuery(SearchQuery):
    """A query whose terms are final: PostgreSQL parses and stems nothing."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def as_sql(
        self,
        compiler: Any,
        connection: Any,
        function: str | None = None,
        template: str | None = None,
        arg_joiner: str | None = None,
        **extra_context: Any,
    ) -> tuple[str, Any]:
        return "%s::tsquery", [self.text]

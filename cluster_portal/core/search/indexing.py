"""Objects that can be searched, and how their vectors are written."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models, transaction
from django.db.models import QuerySet

from cluster_portal.core.matching import concepts
from cluster_portal.core.matching.stored import Matchable
from cluster_portal.core.matching.stored import store as store_features
from cluster_portal.core.search import documents, words
from cluster_portal.core.search.fields import VectorField
from cluster_portal.core.text import finnish

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CHUNK = 500


class SearchableQuerySet(QuerySet[Any]):
    def reindex(self) -> Self:
        """Write the vectors of all rows of this queryset, in chunks of bounded memory."""
        reindex(self)
        return self


class Searchable(models.Model):
    """Base of what can be searched. Give the subclass's Meta `indexes = [index("<name>")]`."""

    search = VectorField()

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        title: Any
        summary: Any

    @property
    def search_title(self) -> str:
        """What it is called in lists of what was found."""
        return str(self.title)

    @property
    def search_summary(self) -> str:
        """What is told of it there below its title."""
        return str(self.summary)

    def search_parts(self) -> list[tuple[str, str]]:
        """(weight, text) pairs: A title, B names and keywords, C body, D the rest."""
        raise NotImplementedError


def index(name: str) -> GinIndex:
    """The index of the vectors, without a pending list, which readers would pay for."""
    return GinIndex(fields=["search"], name=name, fastupdate=False)


def reindex(objs: Searchable | Iterable[Any]) -> None:
    """Write the vectors of one object, of several of one model, or of a queryset.

    Part of the caller's transaction. Texts of related objects are read as `search_parts` says, so
    prefetch them when passing many.
    """
    if isinstance(objs, models.Model):
        objs = [objs]
    elif isinstance(objs, QuerySet):
        objs = objs.iterator(chunk_size=CHUNK)
    for chunk in _chunks(objs):
        _write(chunk)


def _chunks(objs: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(objs)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _write(objs: list[Any]) -> None:
    store(objs, [documents.vector(obj.search_parts()) for obj in objs])


def store(objs: list[Any], vectors: list[documents.Vector]) -> None:
    """Write vectors that were made before, for instance before a lock was taken."""
    meta = objs[0]._meta
    table, key = connection.ops.quote_name(meta.db_table), connection.ops.quote_name(meta.pk.column)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} t SET search = n.vector::tsvector"  # noqa: S608  names are the model's
            f" FROM unnest(%s::bigint[], %s::text[]) AS n(id, vector) WHERE t.{key} = n.id",
            [[obj.pk for obj in objs], [vector.literal() for vector in vectors]],
        )
        words.remember(set().union(*(vector.distinct_words() for vector in vectors)))
        if isinstance(objs[0], Matchable):
            store_features(objs)


def written_by() -> str:
    """The analysis of words and the thesaurus: with another one all is indexed anew."""
    return f"{finnish.engine_name()}-{concepts.fingerprint()}"


def is_current(model: type[models.Model]) -> bool:
    """Whether the analyser that wrote all rows is still ours."""
    state = words.SearchState.objects.filter(table=model._meta.db_table, analyser=written_by())
    return state.exists()


def reindex_model(model: type[models.Model], *, only_if_changed: bool = False) -> bool:
    """Index all rows of a model; returns False when the analyser that wrote them is still ours."""
    analyser, table = written_by(), model._meta.db_table
    if only_if_changed and is_current(model):
        return False
    reindex(QuerySet(model).order_by("pk"))
    words.SearchState.objects.update_or_create(table=table, defaults={"analyser": analyser})
    return True

"""What things are about, read from the fields that all types name alike."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from cluster_portal.core.interests import (
    CLUSTER,
    REGION,
    SECTOR,
    TERM,
    Tag,
    Tagging,
    object_tag,
    tag,
)
from cluster_portal.core.vocabulary import Scheme
from members.models import Organisation
from members.models.content import LEVELS

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import Model, QuerySet

    Found = defaultdict[int, set[Tag]]

# Fields of terms. A scale says nothing of what a thing is about, and dual use is narrower than it.
OF_TERMS = ("terms", "education_fields", "regions")
UNTOLD = {Scheme.TRL, Scheme.DECISION_LEVEL, Scheme.DUAL_USE}


def term_tag(pk: int, scheme: str) -> Tag:
    return tag(REGION if scheme == Scheme.REGION else TERM, pk)


def tagging(key: str, model: type[Model] | None = None, through: str = "") -> Tagging:
    """Of things that have such fields themselves; of a `model`, those of what `through` leads to.

    A type whose things have no such fields declares the second for itself.
    """

    def of(asked: type[Model], pks: Collection[int]) -> dict[int, set[Tag]]:
        if model is not None and asked is not model:
            return {}
        return _tags(asked, pks, through)

    return Tagging(key, of)


def _tags(model: type[Model], pks: Collection[int], through: str) -> dict[int, set[Tag]]:
    """At most one statement for each kind of field."""
    end: Any = model
    for step in filter(None, through.split("__")):
        end = end._meta.get_field(step).related_model
    names = {field.name for field in end._meta.get_fields()}
    path = f"{through}__" if through else ""
    rows = model._default_manager.filter(pk__in=pks).order_by()
    found: Found = defaultdict(set)
    for name in OF_TERMS:
        if name in names:
            _add_terms(rows, path + name, found)
    if end is Organisation:
        _add_organisations(rows, path, found)
    elif {"organisation", "home_cluster", "visibility"} <= names:
        _add_content(rows, path, found)
    return found


def _add_terms(rows: QuerySet[Any], name: str, found: Found) -> None:
    carried = rows.filter(**{f"{name}__isnull": False})
    for pk, term, scheme in carried.values_list("pk", name, f"{name}__scheme"):
        if scheme not in UNTOLD:
            found[pk].add(term_tag(term, scheme))


def _add_organisations(rows: QuerySet[Any], path: str, found: Found) -> None:
    """An organisation is itself what its followers follow."""
    for pk, own, sector, region in rows.values_list(
        "pk", f"{path}pk", f"{path}sector", f"{path}region"
    ):
        found[pk] |= _owner_tags(own, sector, region)
    for pk, cluster in rows.values_list("pk", f"{path}clusters"):
        found[pk] |= {tag(CLUSTER, cluster)} if cluster else set()


def _add_content(rows: QuerySet[Any], path: str, found: Found) -> None:
    owner = f"{path}organisation"
    for pk, level, cluster, home, own, owner_level, sector, region in rows.values_list(
        "pk", f"{path}visibility", f"{path}home_cluster", f"{path}home_cluster__region",
        owner, f"{owner}__visibility", f"{owner}__sector", f"{owner}__region",
    ):  # fmt: skip
        found[pk] |= {tag(CLUSTER, cluster), tag(REGION, home)}
        # One that is hidden from some of those who see the thing is named nowhere.
        if own and LEVELS[owner_level] <= LEVELS[level]:
            found[pk] |= _owner_tags(own, sector, region)


def _owner_tags(own: int, sector: str, region: int | None) -> set[Tag]:
    found = {object_tag(Organisation, own), tag(SECTOR, sector)}
    return found | {tag(REGION, region)} if region else found

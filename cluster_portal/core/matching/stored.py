"""The features of whatever is matched, in one table: made anew whenever its text is indexed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models

from cluster_portal.core.matching.features import Bag
from cluster_portal.core.matching.score import Corpus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from cluster_portal.core.matching.features import Features

STRONGEST = 120  # features that are kept of one thing
AT_ONCE = 2_000
WEIGHTS = {"A": 3.0, "B": 2.5, "C": 1.0, "D": 0.0}  # by the letters of the search


class MatchFeatures(models.Model):
    """What one thing is about; names and weights as `core.matching.features` has them."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey()
    weights = models.JSONField(default=dict)

    class Meta:
        app_label = "core"
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"], name="core_matchfeatures_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id} {self.object_id}"


class Matchable(models.Model):
    """Base of what is matched, beside `Searchable`; its features go when it goes.

    `match_related` is prefetched where many are read.
    """

    match_related: ClassVar[tuple[str, ...]] = ("terms",)
    terms: Any
    stored_features = GenericRelation(MatchFeatures)

    class Meta:
        abstract = True

    def search_parts(self) -> list[tuple[str, str]]:
        raise NotImplementedError

    def match_features(self) -> Features:
        """By default what it is found by, titles before texts, and the terms that it carries."""
        bag = Bag()
        for letter, text in self.search_parts():
            bag.add(text, WEIGHTS[letter])
        bag.add_terms(self.terms.all())
        return bag.as_document()


def store(objs: list[Any]) -> None:
    """Write the features of objects of one model, in the caller's transaction."""
    kind = ContentType.objects.get_for_model(objs[0])
    if len(objs) > 1:  # of a single one, which the caller goes on with, nothing is kept
        models.prefetch_related_objects(objs, *objs[0].match_related)
    rows = [
        MatchFeatures(content_type=kind, object_id=obj.pk, weights=_strongest(obj.match_features()))
        for obj in objs
    ]
    MatchFeatures.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["content_type", "object_id"],
        update_fields=["weights"],
    )


def _strongest(features: Features) -> Features:
    kept = sorted(features.items(), key=lambda pair: -abs(pair[1]))[:STRONGEST]
    return {name: round(weight, 3) for name, weight in kept}


def corpus(rows: QuerySet[Any], wish: Features | None = None) -> Corpus:
    """Of the rows; for one `wish` only what it shares with them is held."""
    return Corpus(features_of(rows), None if wish is None else wish.keys())


def features_of(rows: QuerySet[Any]) -> Iterator[tuple[int, Features]]:
    """Keys and features of the rows; what has not been indexed yet is read on the spot."""
    kind = ContentType.objects.get_for_model(rows.model)
    left = set(rows.order_by().values_list("pk", flat=True))
    stored = MatchFeatures.objects.filter(
        content_type=kind, object_id__in=rows.order_by().values("pk")
    )
    for key, weights in stored.values_list("object_id", "weights").iterator(AT_ONCE):
        left.discard(key)
        yield key, weights
    if left:
        unread = rows.model._default_manager.filter(pk__in=left)
        for obj in unread.prefetch_related(*rows.model.match_related):
            yield obj.pk, obj.match_features()

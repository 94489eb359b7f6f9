"""What an import read of each object last, so that it changes only what has changed in the file.

A correction made in the portal stays when the same file is imported again: a cell that says what it
said the last time is no news. What a shorter file has no column for is remembered from before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cluster_portal.core.imports.cells import Cells

BATCH = 500


class ImportedCells(models.Model):
    """The cells of the row that an object was last imported from, by column."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    cells = models.JSONField(default=dict)

    class Meta:
        app_label = "core"
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"], name="core_importedcells_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}: {self.object_id}"


class LastImport:
    """The last cells of all objects of a model."""

    def __init__(self, cells: dict[int, dict[str, str]]) -> None:
        self._cells = cells

    @classmethod
    def of(cls, model: type[models.Model]) -> Self:
        rows = ImportedCells.objects.filter(content_type=ContentType.objects.get_for_model(model))
        return cls(dict(rows.values_list("object_id", "cells")))

    def knows(self, pk: int | None) -> bool:
        """Whether the object has been imported before."""
        return pk in self._cells

    def is_news(self, cells: Cells, pk: int, *columns: str) -> bool:
        """Whether one of the columns says something else than the last time."""
        last = self._cells.get(pk)
        return last is None or any(last.get(name, "") != cells.raw(name) for name in columns)

    def news(
        self, cells: Cells, pk: int, values: dict[str, Any], columns: Mapping[str, tuple[str, ...]]
    ) -> dict[str, Any]:
        """Those of the values by field whose cells are news.

        `columns` names the columns of a field where they are not called like it.
        """
        return {
            name: value
            for name, value in values.items()
            if self.is_news(cells, pk, *columns.get(name, (name,)))
        }


def keep(rows: dict[Any, dict[str, str]]) -> None:
    """Remember the cells of saved objects of one model, in the caller's transaction."""
    if not rows:
        return
    kind = ContentType.objects.get_for_model(next(iter(rows)))
    stored = ImportedCells.objects.filter(content_type=kind, object_id__in=[o.pk for o in rows])
    before = dict(stored.values_list("object_id", "cells"))
    known = {obj.pk: before.get(obj.pk, {}) | cells for obj, cells in rows.items()}
    ImportedCells.objects.bulk_create(
        [
            ImportedCells(
                content_type=kind, object_id=pk, cells={c: t for c, t in row.items() if t}
            )
            for pk, row in known.items()
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["content_type", "object_id"],
        update_fields=["cells"],
    )


def forget(model: type[models.Model], keys: list[int]) -> None:
    """What was read of objects that are gone; a file of persons holds their names."""
    kind = ContentType.objects.get_for_model(model)
    ImportedCells.objects.filter(content_type=kind, object_id__in=keys).delete()

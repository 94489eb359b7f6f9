"""What articles hold of a person, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cluster_portal.knowledge.models import Article

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def articles(user: Reader) -> list[dict[str, Any]]:
    """Those that they have written, whatever became of them."""
    rows = (
        Article.objects.filter(author=user.pk).order_by("pk").prefetch_related("entries", "files")
    )
    return [
        {
            "title": row.title_fi, "kind": row.get_kind_display(),
            "state": row.get_stage_display(), "summary": row.summary_fi, "text": row.body_fi,
            "name shown": row.shows_author, "returned because": row.answer,
            "entries": [{"title": e.title, "address": e.url, "text": e.text}
                        for e in row.entries.all()],
            "files": [{"name": file.name, "bytes": file.size} for file in row.files.all()],
        }
        for row in rows
    ]  # fmt: skip

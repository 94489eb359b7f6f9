"""What articles hold of a person, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format

from cluster_portal.knowledge.models import Article, PageVersion

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


def page_versions(user: Reader) -> list[dict[str, Any]]:
    """Versions of standing pages that they have saved."""
    rows = PageVersion.objects.filter(saved_by=user.pk).order_by("pk")
    return [
        {"page": row.get_key_display(), "version": row.number, "what changed": row.note,
         "saved": date_format(timezone.localtime(row.saved_at), "DATETIME_FORMAT")}
        for row in rows
    ]  # fmt: skip

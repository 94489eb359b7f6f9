"""What articles hold of a person, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format

from cluster_portal.core.text.languages import LANGUAGES
from cluster_portal.knowledge.models import (
    Agreement,
    Article,
    ArticlePicture,
    Correction,
    LibraryDocument,
    LibraryVersion,
    Measurement,
    PageVersion,
    Signal,
    SignalSupport,
)

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def articles(user: Reader) -> list[dict[str, Any]]:
    """Those that they have written, whatever became of them."""
    rows = (
        Article.objects.filter(author=user.pk)
        .order_by("pk")
        .prefetch_related("entries", "files", "pictures")
    )
    return [
        {
            "kind": row.get_kind_display(), "state": row.get_stage_display(),
            "texts": _texts(row), "link": row.link, "name shown": row.shows_author,
            "returned because": row.answer,
            "entries": [{"title": e.title, "address": e.url, "text": e.text}
                        for e in row.entries.all()],
            "files": [{"name": file.name, "bytes": file.size} for file in row.files.all()],
            "pictures": [_picture(one) for one in row.pictures.all()],
        }
        for row in rows
    ]  # fmt: skip


def _texts(article: Article) -> dict[str, dict[str, str]]:
    """By language: heading, summary and text; what was not written is not there."""
    stems = {"title": "title", "summary": "summary", "body": "text"}
    found = {
        code: {name: getattr(article, f"{stem}_{code}") for stem, name in stems.items()}
        for code in LANGUAGES
    }
    return {code: texts for code, texts in found.items() if any(texts.values())}


def _picture(picture: ArticlePicture) -> dict[str, Any]:
    words = {f"shows_{code}": getattr(picture, f"alt_{code}") for code in LANGUAGES}
    return {
        "address": picture.get_absolute_url(), "licence": picture.get_licence_display(),
        "made by": picture.credit, "is cover": picture.is_cover,
        **{name: text for name, text in words.items() if text},
    }  # fmt: skip


def page_versions(user: Reader) -> list[dict[str, Any]]:
    """Versions of standing pages that they have saved."""
    rows = PageVersion.objects.filter(saved_by=user.pk).order_by("pk")
    return [
        {"page": row.get_key_display(), "version": row.number, "what changed": row.note,
         "texts": {code: getattr(row, f"body_{code}") for code in LANGUAGES},
         "saved": date_format(timezone.localtime(row.saved_at), "DATETIME_FORMAT")}
        for row in rows
    ]  # fmt: skip


def measurements(user: Reader) -> list[dict[str, Any]]:
    """Figures that they have entered or corrected; the figures are the region's."""
    rows = Measurement.objects.filter(entered_by=user.pk).order_by("pk")
    corrected = Correction.objects.filter(corrected_by=user.pk).order_by("pk")
    told = [
        {"figure": str(row), "value": str(row.value), "note": row.note}
        for row in rows.select_related("indicator", "region")
    ]
    return told + [
        {"figure": str(row.measurement), "value": str(row.after), "note": row.reason}
        for row in corrected.select_related("measurement__indicator", "measurement__region")
    ]


def opinions(user: Reader) -> list[dict[str, Any]]:
    """What they have told of proposed reviews for their organisations."""
    rows = Agreement.objects.filter(given_by=user.pk).order_by("pk")
    return [
        {"review": row.review.title, "organisation": str(row.organisation), "agrees": row.agrees,
         "otherwise": row.otherwise,
         "given": date_format(timezone.localtime(row.given_at), "DATETIME_FORMAT")}
        for row in rows.select_related("review__home_cluster__region", "organisation")
    ]  # fmt: skip


def signals(user: Reader) -> list[dict[str, Any]]:
    """Those that they have proposed, and the names of those that they support."""
    rows = Signal.objects.filter(author=user.pk).order_by("pk")
    supports = SignalSupport.objects.filter(user=user.pk).order_by("pk")
    told: list[dict[str, Any]] = [
        {"title": row.title_fi, "text": row.text_fi, "opportunity": row.opportunity_fi,
         "state": row.get_stage_display(), "answer": row.answer}
        for row in rows
    ]  # fmt: skip
    return told + [{"supported": row.signal.title_fi} for row in supports.select_related("signal")]


def library(user: Reader) -> list[dict[str, Any]]:
    """Documents that they have added, and the versions that they have sent."""
    documents = LibraryDocument.objects.filter(author=user.pk).order_by("pk")
    versions = LibraryVersion.objects.filter(sender=user.pk).order_by("pk")
    told: list[dict[str, Any]] = [
        {"title": row.title_fi, "summary": row.summary_fi} for row in documents
    ]
    return told + [{"file": row.name, "bytes": row.size, "note": row.note} for row in versions]

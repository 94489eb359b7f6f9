"""Builders of articles."""

from __future__ import annotations

import io
import itertools
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from cluster_portal.core import search
from cluster_portal.core.files import Upload, store
from cluster_portal.knowledge.models import Article, ArticleEntry, ArticleFile, ArticlePicture

if TYPE_CHECKING:
    from members.models import Cluster

_numbers = itertools.count(1)


def article(cluster: Cluster, **values: Any) -> Article:
    """A published piece of news, read by everyone, with one entry."""
    number = next(_numbers)
    terms = values.pop("terms", [])
    stage = values.get("stage", "published")
    moments = {"published": "published_at", "scheduled": "publish_at"}
    values = {
        "slug": f"juttu-{number}", "title_fi": f"Juttu {number}", "summary_fi": "Lyhyesti.",
        "body_fi": "Teksti.", "stage": stage, **values,
    }  # fmt: skip
    if stage in moments:
        values.setdefault(moments[stage], timezone.now())
    made = Article.objects.create(home_cluster=cluster, **values)
    made.terms.set(terms)
    ArticleEntry.objects.create(article=made, position=1, title="Lähde")
    search.reindex(made)
    return made


def file(article: Article) -> ArticleFile:
    stored = ContentFile(b"%PDF-1.4\n%%EOF", name="juttu.pdf")
    return ArticleFile.objects.create(article=article, name="juttu.pdf", file=stored, size=14)


def picture(article: Article, **values: Any) -> ArticlePicture:
    """The cover of the article, unless told."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "WEBP")
    values = {"is_cover": True, "alt_fi": "Järvi", "licence": "own", "credit": "Malli", **values}
    stored = store(Upload("kuva.webp", "webp", out.getvalue()), "article-pictures")
    return ArticlePicture.objects.create(article=article, stored=stored, **values)

"""What an article tells machines: search engines and those who share a link to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import get_language

from cluster_portal.core.visibility import Visibility

if TYPE_CHECKING:
    from cluster_portal.knowledge.models import Article


def head(article: Article, byline: list[str], picture: dict[str, str] | None) -> dict[str, Any]:
    """Nothing of what is not open to everyone, or not out."""
    if not article.is_out or article.visibility != Visibility.PUBLIC:
        return {}
    url = f"{settings.SITE_URL}{article.get_absolute_url()}"
    image = f"{settings.SITE_URL}{picture['url']}" if picture else ""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.summary,
        "datePublished": article.published_at,
        "dateModified": article.updated_at,
        "inLanguage": get_language(),
        "mainEntityOfPage": url,
        "author": [{"@type": "Organization", "name": name} for name in byline[-1:]],
        **({"image": image} if image else {}),
    }
    return {"url": url, "image": image, "data": data}

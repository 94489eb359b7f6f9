"""What a page tells machines of itself: JSON-LD, and Open Graph for whoever shares a link to it."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
# Inside a script element only the end of the element could be read as markup.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def linked_data(values: dict[str, Any]) -> SafeString:
    text = json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False).translate(_ESCAPES)
    made = f'<script type="application/ld+json">{text}</script>'
    return mark_safe(made)  # noqa: S308 – the characters of markup are escaped above


@register.inclusion_tag("components/share_head.html")
def share_head(thing: Any) -> dict[str, str]:
    """Of a thing that can be found: it says no more than the page that the reader sees."""
    return {
        "title": thing.search_title,
        "text": thing.search_summary,
        "url": f"{settings.SITE_URL}{thing.get_absolute_url()}",
    }

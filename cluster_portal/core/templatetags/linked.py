"""`{% linked_data values %}`: what a page tells machines of itself (JSON-LD)."""

from __future__ import annotations

import json
from typing import Any

from django import template
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

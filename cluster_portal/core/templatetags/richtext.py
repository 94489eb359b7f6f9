from django import template
from django.utils.safestring import SafeString

from cluster_portal.core.text import richtext

register = template.Library()


@register.filter
def markdown(source: str | None) -> SafeString:
    return richtext.render(source or "")


@register.filter
def plain(source: str | None) -> str:
    return richtext.plain(source or "")

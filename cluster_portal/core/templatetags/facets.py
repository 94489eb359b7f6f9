"""The boxes of a facet. A list may have hundreds, so they are written without a template each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cluster_portal.core.templatetags.ui import shy

if TYPE_CHECKING:
    from cluster_portal.core.facets import Group, Option

register = template.Library()

BOX = (
    '<label class="facet"><input type="checkbox" id="facet-{key}-{slug}" name="{key}"'
    ' value="{value}"{state}><span>{label}</span><span class="facet__count">{count}'
    '<span class="visually-hidden"> {results}</span></span></label>'
)


@register.simple_tag
def facet_boxes(group: Group) -> SafeString:
    key, results = escape(group.key), escape(_("results"))
    boxes = (
        BOX.format(
            key=key,
            slug=slugify(option.value),
            value=escape(option.value),
            state=_state(option),
            label=escape(shy(option.label)),
            count=_count(option),
            results=results,
        )
        for option in group.options
    )
    return mark_safe("\n  ".join(boxes))  # noqa: S308  every text in it is escaped above


def _state(option: Option) -> str:
    if option.chosen:
        return " checked"
    return "" if option.count else " disabled"


def _count(option: Option) -> str:
    """With a plus where only the newest were counted and there may be more."""
    n = option.count
    return f"{n if n < 1000 else escape(number_format(n))}{'+' if option.is_least else ''}"

"""The boxes of a facet. A list may have hundreds, so they are written without a template each."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django import template
from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cluster_portal.core.templatetags.ui import shy

if TYPE_CHECKING:
    from cluster_portal.core.facets import Group, Option

register = template.Library()

BOX = (
    (
        '<label class="facet"><input type="checkbox"'
        ' id="facet-{key}-{slug}" name="{key}" value="{value}"'
    ),
    '><span>{label}</span><span class="facet__count">',
    '<span class="visually-hidden"> {results}</span></span></label>',
)


@register.simple_tag
def facet_boxes(group: Group) -> SafeString:
    language, boxes = get_language(), []
    for option in group.options:
        start, middle, end = _frame(group.key, option.value, str(option.label), language)
        boxes.append(f"{start}{_state(option)}{middle}{_count(option, language)}{end}")
    return mark_safe("\n  ".join(boxes))  # noqa: S308  every text in it is escaped in _frame


@lru_cache(maxsize=5_000)
def _frame(key: str, value: str, label: str, language: str | None) -> tuple[str, ...]:
    """What a box has before its state, its count and at the end: the same for every reader."""
    words = {
        "key": escape(key),
        "slug": slugify(value),
        "value": escape(value),
        "label": escape(shy(label)),
        "results": escape(_("results")),
    }
    return tuple(part.format(**words) for part in BOX)


def _state(option: Option) -> str:
    if option.chosen:
        return " checked"
    return "" if option.count or option.is_least else " disabled"


def _count(option: Option, language: str | None) -> str:
    """With a plus where only the newest were counted and there may be more."""
    n = option.count
    return f"{n if n < 1000 else _large(n, language)}{'+' if option.is_least else ''}"


@lru_cache(maxsize=1_000)
def _large(number: int, language: str | None) -> str:
    """Grouped as the language does; `language` is the active one."""
    return escape(number_format(number))

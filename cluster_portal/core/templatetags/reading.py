"""`{% reading thing %}`: what there is to read about a thing, on its page; `{% filed_under thing as
rows %}`: its own documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from cluster_portal.core.reading import about
from cluster_portal.core.reading import filed_under as documents_of

if TYPE_CHECKING:
    from django.db.models import Model
    from django.template.context import Context

register = template.Library()


@register.inclusion_tag("components/reading.html", takes_context=True)
def reading(context: Context, thing: Model, *, everything: bool = False) -> dict[str, Any]:
    return {"rows": about(thing, context["request"].user, everything=everything)}


@register.simple_tag(takes_context=True)
def filed_under(context: Context, thing: Model) -> list[dict[str, Any]]:
    return documents_of(thing, context["request"].user)

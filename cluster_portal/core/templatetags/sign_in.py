"""What the pages of signing in and up say about where the visitor was going."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.core import context as request_context
from django import template
from django.urls import reverse

from cluster_portal.core.http import sign_in, with_next

if TYPE_CHECKING:
    from django.template import Context

register = template.Library()


@register.simple_tag(takes_context=True)
def sign_in_reason(context: Context | dict[str, Any]) -> str:
    return sign_in.reason(context["request"])


@register.simple_tag
def on_the_way(name: str) -> str:
    """Signing in that leads on to where they were going, also in a text of allauth's form.

    Such a text is drawn without the request, which allauth's middleware keeps.
    """
    return with_next(reverse(name), sign_in.going_to(request_context.request))

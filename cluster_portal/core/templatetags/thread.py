from typing import TYPE_CHECKING, Any

from django import template

from cluster_portal.core import thread, thread_shown

if TYPE_CHECKING:
    from django.db.models import Model

register = template.Library()


@register.inclusion_tag("components/thread_strip.html", takes_context=True)
def thread_strip(context: dict[str, Any], thing: "Model") -> dict[str, Any]:
    """Where the page of a thing stands on its thread; nothing for one that stands alone."""
    shown = thread.on_page(thing, context["request"].user)
    return {"steps": thread_shown.strip(shown), "root": shown.root} if shown.is_one else {}

from typing import TYPE_CHECKING, Any

from django import template

from cluster_portal.notifications.pages.following import button
from cluster_portal.notifications.services import following

if TYPE_CHECKING:
    from django.db.models import Model

register = template.Library()


@register.inclusion_tag("components/follow.html", takes_context=True)
def follow_button(context: dict[str, Any], thing: "Model") -> dict[str, Any]:
    """The button that follows, or mutes and lets go; one statement for who is signed in."""
    request = context["request"]
    part = following.part_of(thing)
    return {
        "request": request,
        "user": request.user,
        "kind": part.key if part else "",
        "address": getattr(thing, part.address) if part else "",
        "follow": button(thing, request.user),
        "csrf_token": context.get("csrf_token"),
    }

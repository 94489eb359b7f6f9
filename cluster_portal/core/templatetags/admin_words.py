"""Words of the admin's lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

if TYPE_CHECKING:
    from cluster_portal.core.admin.base import PortalAdmin

register = template.Library()


@register.filter
def counted(model_admin: PortalAdmin, count: int) -> str:
    """The number of rows with the name that fits it."""
    return model_admin.counted(count)

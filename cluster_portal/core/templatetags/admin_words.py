"""Words of the admin's lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

if TYPE_CHECKING:
    from django.contrib.admin.views.main import ChangeList

register = template.Library()


@register.filter
def counted(cl: ChangeList[Any]) -> str:
    """The number of rows with the name that fits it."""
    return str(cl.model_admin.counted(cl.result_count))

"""What this app's screens share: read-only pages and rows, and the steps that need no form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cluster_portal.core.admin import ScopedAdmin, ScopedTabularInline
from cluster_portal.core.workflow import Workflow

if TYPE_CHECKING:
    from django.http import HttpRequest


def without(workflow: Workflow, *actions: str) -> Workflow:
    """The same table less the steps that need a form, which has its own page."""
    moves = {name: move for name, move in workflow.moves.items() if name not in actions}
    return Workflow(workflow.field, **moves)


class ReadOnlyAdmin(ScopedAdmin):
    """What the parties themselves write; a coordinator follows it."""

    may_add = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyInline(ScopedTabularInline):
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

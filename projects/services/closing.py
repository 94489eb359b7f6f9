"""What a project must have told before it ends: a result or why there is none, and learnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cluster_portal.core.errors import Refused
from projects.models import ProjectLegacy, Result

if TYPE_CHECKING:
    from projects.models import Project


def missing(project: Project) -> list[str]:
    """Of "result" and "learnings" those that have not been told."""
    legacy = ProjectLegacy.objects.filter(project=project).first()
    has_result = bool(legacy and legacy.no_result_reason)
    has_result = has_result or Result.objects.out().filter(project=project).exists()
    lacking = {"result": not has_result, "learnings": not (legacy and legacy.learnings)}
    return [name for name, is_lacking in lacking.items() if is_lacking]


def require_told(project: Project) -> None:
    lacking = missing(project)
    if "result" in lacking:
        raise Refused(_("Tell at least one result, or why there is none, before the project ends."))
    if lacking:
        raise Refused(_("Write what was learned before the project ends."))

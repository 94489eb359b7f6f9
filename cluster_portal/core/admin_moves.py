"""The steps of a workflow as buttons above an admin form; each goes through the app's service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from cluster_portal.core.errors import Refused

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from cluster_portal.core.workflow import Workflow

MAX_REASON = 2000


class MovesOnPage:
    """A ScopedAdmin whose objects move by `workflow`; subclasses give `move(obj, action, …)`."""

    workflow: Workflow
    change_form_template: Any = "admin/change_with_moves.html"

    def move(self, obj: Any, action: str, *, by: Any, reason: str) -> None:
        raise NotImplementedError

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.move_view)  # type: ignore[attr-defined]
        return [
            path("<path:object_id>/move/<slug:action>/", view, name=self._move_name),
            *super().get_urls(),  # type: ignore[misc]
        ]

    @property
    def _move_name(self) -> str:
        meta = self.model._meta  # type: ignore[attr-defined]
        return f"{meta.app_label}_{meta.model_name}_move"

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> Any:
        obj = kwargs.get("obj")
        if obj is not None and self.has_change_permission(request, obj):  # type: ignore[attr-defined]
            context["moves"] = [
                {
                    "label": move.label,
                    "needs_reason": move.needs_reason,
                    "action": action,
                    "url": reverse(f"admin:{self._move_name}", args=[obj.pk, action]),
                }
                for action, move in self.workflow.open_to(obj, request.user)
            ]
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    def move_view(self, request: HttpRequest, object_id: str, action: str) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        obj = self.get_object(request, object_id)  # type: ignore[attr-defined]
        if obj is None or action not in self.workflow.moves:
            raise Http404
        if not self.has_change_permission(request, obj):  # type: ignore[attr-defined]
            raise PermissionDenied
        try:
            reason = request.POST.get("reason", "")[:MAX_REASON].strip()
            self.move(obj, action, by=request.user, reason=reason)
            messages.success(request, _("Done."))
        except Refused as refusal:
            messages.error(request, refusal.message)
        meta = self.model._meta  # type: ignore[attr-defined]
        return redirect(f"admin:{meta.app_label}_{meta.model_name}_change", obj.pk)

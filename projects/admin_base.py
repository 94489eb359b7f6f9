"""What this app's screens share: buttons of a workflow, tick boxes for lists of choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cluster_portal.core import search
from cluster_portal.core.admin import ScopedAdmin
from cluster_portal.core.http import refusal_as_message
from cluster_portal.core.search import Searchable

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Field

    from cluster_portal.core.workflow import Workflow


class MovesAdmin(ScopedAdmin):
    """Shows the steps open to the user below the form; a step saves the form first.

    `workflow` says which, `take_step(obj, action, by=, reason=)` is the service.
    """

    change_form_template = "projects/admin_moves.html"
    workflow: Workflow
    take_step: Callable[..., Any]

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, ArrayField) and db_field.base_field.choices:
            return forms.TypedMultipleChoiceField(
                choices=db_field.base_field.flatchoices, coerce=str, required=not db_field.blank,
                label=capfirst(db_field.verbose_name), help_text=db_field.help_text,
                widget=forms.CheckboxSelectMultiple, empty_value=[],
            )  # fmt: skip
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        moves = self.workflow.open_to(obj, request.user) if obj and obj.pk else []
        return super().render_change_form(request, {**context, "moves": moves}, *args, **kwargs)

    def save_related(self, request: Any, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        if isinstance(form.instance, Searchable):
            search.reindex(form.instance)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        action = request.POST.get("_move", "")
        if action not in self.workflow.moves:
            return super().response_change(request, obj)
        with refusal_as_message(request):
            reason = request.POST.get("_reason", "")
            moved = type(self).take_step(obj, action, by=request.user, reason=reason)
            shown = getattr(moved, f"get_{self.workflow.field}_display")()
            self.message_user(request, _("The state is now “%(stage)s”.") % {"stage": shown})
        return HttpResponseRedirect(request.path)

"""The steps of a workflow below an admin form: first what is decided, then the buttons, one field
for the reason, a second question before what ends a case, and afterwards who was told."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import chain
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster_portal.core.admin.queues import Turn
from cluster_portal.core.admin.scoped import ScopedAdmin
from cluster_portal.core.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrPromise

    from cluster_portal.core.workflow import Move, Workflow

MAX_REASON = 2000
MOST_NAMED = 5
MOST_WAITING = 500

# `notifications` adds its own: it gathers the names of those whom a step tells.
listeners: list[Callable[[], AbstractContextManager[list[str]]]] = []


class DayForm(forms.Form):
    """The day of a step that has one; `label` says what it is."""

    day = forms.DateField(
        required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, label: str | _StrPromise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].label = label
        if not label:
            del self.fields["day"]


class MovesOnPage(ScopedAdmin):
    """A ScopedAdmin whose objects move by `workflow`; subclasses give `move(obj, action, …)`.

    `waiting_stages` are those in which an object waits for a coordinator: a step that settles it
    leads to the next, `waiting_order` says which has waited longest.

    `move` takes `by` and `reason`, and `day` for the steps that have one.
    """

    workflow: Workflow
    waiting_stages: frozenset[str] = frozenset()
    waiting_order: tuple[str, ...] = ("pk",)
    change_form_template = "admin/change_with_moves.html"

    def move(self, obj: Any, action: str, *, by: Any, reason: str) -> None:
        raise NotImplementedError

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.move_view)
        return [
            path("<path:object_id>/move/<slug:action>/", view, name=self._move_name),
            *super().get_urls(),
        ]

    @property
    def _move_name(self) -> str:
        meta = self.model._meta
        return f"{meta.app_label}_{meta.model_name}_move"

    def _page_of(self, obj: Model) -> str:
        meta = self.model._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[obj.pk])

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        obj = kwargs.get("obj")
        if obj is not None and self.has_change_permission(request, obj):
            context["moves"] = [
                {
                    "label": move.label,
                    "style": move.style,
                    "needs_reason": move.needs_reason,
                    "url": reverse(f"admin:{self._move_name}", args=[obj.pk, action])
                    + _query(request),
                }
                for action, move in self.workflow.open_to(obj, request.user)
            ]
            context["reasoned"] = [str(m["label"]) for m in context["moves"] if m["needs_reason"]]
            context["turn"] = self._turn(request, obj)
        return super().render_change_form(request, context, *args, **kwargs)

    def waiting(self, request: HttpRequest) -> QuerySet[Any]:
        """The cases that wait for this coordinator."""
        stages = {f"{self.workflow.field}__in": self.waiting_stages}
        return self.manageable(request, self.model._default_manager.filter(**stages))

    def _turn(self, request: HttpRequest, obj: Model) -> Turn:
        keys = self.waiting(request).order_by(*self.waiting_order).values_list("pk", flat=True)
        meta = self.model._meta
        page = f"admin:{meta.app_label}_{meta.model_name}_change"
        return Turn(obj.pk, list(keys[:MOST_WAITING]), page, of=request.GET.get("of", ""))

    def move_view(self, request: HttpRequest, object_id: str, action: str) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        obj = self.get_object(request, object_id)
        if obj is None or action not in self.workflow.moves:
            raise Http404
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        move = self.workflow.moves[action]
        reason = request.POST.get("reason", "")[:MAX_REASON].strip()
        is_asked = bool(move.style == "danger" or move.day) and "confirmed" not in request.POST
        lacks_reason = move.needs_reason and not reason
        form = DayForm(request.POST if "confirmed" in request.POST else None, label=move.day)
        is_odd = form.is_bound and not form.is_valid()
        if (is_asked or lacks_reason or is_odd) and self.workflow.may(action, obj, request.user):
            is_refused = lacks_reason and ("confirmed" in request.POST or not is_asked)
            asked = {"reason": reason, "is_refused": is_refused, "form": form}
            return self._ask(request, obj, move, asked)
        day = form.cleaned_data if form.is_bound else {}
        turn = self._turn(request, obj)
        is_settled = self._take(
            request, obj, action, {"reason": reason, **day}
        ) and self._is_settled(request, obj)
        if not (turn.is_waiting and is_settled):
            return redirect(self._page_of(obj))
        if not turn.next_url:
            messages.info(request, _("The queue is empty."))
        return redirect(turn.next_url or "admin:index")

    def _is_settled(self, request: HttpRequest, obj: Model) -> bool:
        return not self.waiting(request).filter(pk=obj.pk).exists()

    def _take(self, request: HttpRequest, obj: Model, action: str, given: dict[str, Any]) -> bool:
        """False where the step was refused."""
        try:
            with ExitStack() as stack:
                told = [stack.enter_context(listen()) for listen in listeners]
                self.move(obj, action, by=request.user, **given)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return False
        words = {"step": self.workflow.moves[action].label, "case": str(obj)}
        done = _("Done: %(step)s (%(case)s).") % words
        messages.success(request, f"{done} {_told(list(chain(*told)))}")
        return True

    def _ask(
        self, request: HttpRequest, obj: Model, move: Move, asked: dict[str, Any]
    ) -> HttpResponse:
        """Before what ends a case or has a day, and where its reason is missing."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "original": obj,
            "title": move.label,
            "is_grave": move.style == "danger",
            "needs_reason": move.needs_reason,
            **asked,
            "back": f"{self._page_of(obj)}{_query(request)}",
        }
        return render(request, "admin/ask_before_move.html", context)


def _query(request: HttpRequest) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"?{query}" if query else ""


def _told(names: list[str]) -> str:
    """Who was told, in a sentence."""
    if not names:
        return _("Nobody else was told.")
    if len(names) > MOST_NAMED:
        rest = len(names) - MOST_NAMED
        shown = {"names": ", ".join(names[:MOST_NAMED]), "count": rest}
        more = ngettext(
            "Told of it: %(names)s and %(count)d other.",
            "Told of it: %(names)s and %(count)d others.",
            rest,
        )
        return more % shown
    return _("Told of it: %(names)s.") % {"names": ", ".join(names)}

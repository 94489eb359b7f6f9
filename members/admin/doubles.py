"""Likely doubles gone through one after the other: compared, then merged or told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core.admin.queues import Turn
from cluster_portal.core.admin.scoped import coordinators_only
from cluster_portal.core.admin.site import admin_page
from cluster_portal.core.errors import Refused
from members.models.doubles import likely_pairs
from members.pages import doubles as pages
from members.services.doubles import tell_apart
from members.services.merging import merge_organisations

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from members.models import Organisation

PAGE = "admin:members_double"


class DoubleForm(forms.Form):
    """Which of the two stays, and why they are one."""

    kept = forms.TypedChoiceField(
        label=gettext_lazy("Which one stays?"), coerce=int, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=1000, widget=AdminTextareaWidget(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, rows: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kept"]
        field.choices = [(row.pk, row.name) for row in rows]


@admin_page(
    "members_doubles", "members/doubles/", gettext_lazy("Organisations that may be there twice")
)
@require_safe
@coordinators_only
def double_list(request: HttpRequest) -> HttpResponse:
    pairs = likely_pairs(request.user)
    context = {
        **admin.site.each_context(request),
        "title": _("Organisations that may be there twice"),
        "rows": pages.listed(pairs),
        "count": len(pairs),
    }
    return TemplateResponse(request, "admin/members/doubles.html", context)


@admin_page("members_double", "members/doubles/<int:first>/<int:second>/")
@coordinators_only
def double(request: HttpRequest, first: int, second: int) -> HttpResponse:
    rows = _two(request, first, second)
    turn = Turn((first, second), likely_pairs(request.user), PAGE, request.GET.get("of", ""))
    form = DoubleForm(request.POST or None, rows=rows)
    if request.method == "POST" and form.is_valid() and _merged(request, rows, form):
        return _next(request, turn)
    context = {
        **admin.site.each_context(request),
        "title": _("Are these the same organisation?"),
        "rows": rows,
        "lines": pages.comparison(rows),
        "form": form,
        "turn": turn,
        "apart": f"{reverse('admin:members_double_apart', args=turn.pk)}?of={turn.total}",
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "admin/members/double.html", context, status=status)


@admin_page("members_double_apart", "members/doubles/<int:first>/<int:second>/apart/")
@require_POST
@coordinators_only
def double_apart(request: HttpRequest, first: int, second: int) -> HttpResponse:
    rows = _two(request, first, second)
    turn = Turn((first, second), likely_pairs(request.user), PAGE, request.GET.get("of", ""))
    by: Any = request.user
    tell_apart(*rows, by=by)
    messages.success(request, _("They are two organisations; the pair is not proposed again."))
    return _next(request, turn)


def _two(request: HttpRequest, first: int, second: int) -> list[Organisation]:
    rows = pages.two(request.user, (first, second))
    if [row.pk for row in rows] != [first, second]:
        raise Http404
    return rows


def _merged(request: HttpRequest, rows: list[Organisation], form: DoubleForm) -> bool:
    kept, gone = sorted(rows, key=lambda row: row.pk != form.cleaned_data["kept"])
    by: Any = request.user
    try:
        merge_organisations(kept, gone, by=by, reason=form.cleaned_data["reason"])
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    text = _("%(gone)s is now part of %(kept)s, and its address leads here.")
    messages.success(request, text % {"gone": gone.name, "kept": kept.name})
    return True


def _next(request: HttpRequest, turn: Turn) -> HttpResponse:
    """The pair after this one that still waits: a merge settles others of the same name, too."""
    left = likely_pairs(request.user)
    after = [pair for pair in left if pair > turn.pk] or left
    if not after:
        messages.info(request, _("The queue is empty."))
        return redirect("admin:index")
    return redirect(Turn(turn.pk, after, PAGE, str(turn.total)).next_url)

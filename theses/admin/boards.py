"""The coordinators' boards: who lacks whom, and an introduction with one click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core.admin.scoped import coordinators_only
from cluster_portal.core.admin.site import admin_page
from cluster_portal.core.errors import Refused
from cluster_portal.core.http import page_of
from theses.forms.approaches import IntroductionForm
from theses.pages import boards
from theses.pages.boards import message_for, pair_of, pairs_for
from theses.services.introductions import introduce

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PER_PAGE = 20


def _board(key: str) -> boards.Board:
    if key not in boards.BOARDS:
        raise Http404
    return boards.BOARDS[key]


@admin_page("theses_boards", "theses/boards/", gettext_lazy("Boards of the matching"))
@require_safe
@coordinators_only
def overview(request: HttpRequest) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("Boards of the matching"),
        "boards": boards.overview(request.user),
        "run": boards.latest_run(),
    }
    return TemplateResponse(request, "admin/theses/boards.html", context)


@admin_page("theses_board", "theses/boards/<slug:board>/")
@require_safe
@coordinators_only
def board(request: HttpRequest, board: str) -> HttpResponse:
    return _page(request, _board(board))


def _page(
    request: HttpRequest, board: boards.Board, pk: int = 0, form: IntroductionForm | None = None
) -> HttpResponse:
    """One row at a time shows its suggestions: the chosen one, else the first."""
    order, older = request.GET.get("o", "oldest"), request.GET.get("older", "")
    page = page_of(request, boards.ordered(board.rows(request.user), order, older), PER_PAGE)
    rows = [boards.row_of(board, obj, request.user) for obj in page]
    _unfold(request, board, list(zip(rows, page, strict=True)), pk, form)
    context = {
        **admin.site.each_context(request),
        "title": board.label,
        "board": board,
        "rows": rows,
        "page": page,
        "query": request.GET.urlencode(),
        "order": order if order in boards.ORDERS else "oldest",
        "older": older,
    }
    status = 422 if form else 200
    return TemplateResponse(request, "admin/theses/board.html", context, status=status)


def _unfold(
    request: HttpRequest,
    board: boards.Board,
    rows: list[tuple[dict[str, Any], Any]],
    pk: int,
    form: IntroductionForm | None,
) -> None:
    asked = str(pk or request.GET.get("row", ""))
    for row, _obj in rows:
        row["pairs"] = None
    for row, obj in [pair for pair in rows if str(pair[0]["pk"]) == asked] or rows[:1]:
        row["pairs"] = []
        for pair in pairs_for(board, obj, request.user):
            is_sent = form is not None and form.data.get("other") == str(pair.other.pk)
            ready = "" if is_sent else message_for(board, obj, pair, request.user)
            row["pairs"].append({"pair": pair, "message": ready, "form": form if is_sent else None})


@admin_page("theses_introduce", "theses/boards/<slug:board>/<int:pk>/introduce/")
@require_POST
@coordinators_only
def introduction(request: HttpRequest, board: str, pk: int) -> HttpResponse:
    chosen = _board(board)
    obj = get_object_or_404(chosen.rows(request.user), pk=pk)
    form = IntroductionForm(request.POST)
    if not form.is_valid():
        return _page(request, chosen, pk, form)
    named = pair_of(chosen, obj, form.cleaned_data["other"], request.user)
    if named is None:
        raise Http404
    try:
        topic, party = named
        introduce(
            topic, chosen.kind, by=request.user, message=form.cleaned_data["message"], **party
        )
        messages.success(request, _("The invitation has been sent. You get the answer."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(reverse("admin:theses_board", args=[board]))

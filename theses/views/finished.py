"""Finished theses: the list and a thesis's public page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from theses.models import Thesis
from theses.pages import finished_list

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_safe
def finished_theses(request: HttpRequest) -> HttpResponse:
    return finished_list.FINISHED.response(request)


@login_not_required
@require_safe
def finished_thesis(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Thesis.objects.visible_to(request.user).finished().defer("search")
    related = (*finished_list.RELATED, "application__student")
    thesis = get_object_or_404(rows.select_related(*related), slug=slug)
    context = finished_list.values(thesis, request.user)
    own = Thesis.objects.editable_by(request.user)
    context["is_ours"] = own.contains(thesis)
    return render(request, "theses/finished_page.html", context)

"""The press kit: the text in short, the mark, the latest stories, whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cluster_portal.knowledge.pages.press import values

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_safe
def press(request: HttpRequest) -> HttpResponse:
    return render(request, "knowledge/press.html", values(request.user))

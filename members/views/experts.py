"""Experts: the list and the page of one. The person's own profile is `members.views.my_expert`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from members.models import ExpertFace
from members.pages import experts

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_safe
def expert_list(request: HttpRequest) -> HttpResponse:
    return experts.EXPERTS.response(request)


@login_not_required
@require_safe
def expert_detail(request: HttpRequest, slug: str) -> HttpResponse:
    visible = ExpertFace.objects.visible_to(request.user).with_profile()
    face = get_object_or_404(visible, profile__slug=slug)
    return render(request, "members/expert_detail.html", experts.page(face, request.user))

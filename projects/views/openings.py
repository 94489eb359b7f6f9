"""Who has opened a graded challenge, or the proposals to one: all of it, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cluster_portal.core.http import page_of
from projects.models import Challenge
from projects.pages.challenges import trail
from projects.pages.proposals import opening_rows
from projects.services import openings

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PER_PAGE = 50


@require_safe
def challenge_openings(request: HttpRequest, slug: str) -> HttpResponse:
    return _openings(request, slug, openings.OPENED, _("Who has opened the challenge"))


@require_safe
def proposal_openings(request: HttpRequest, slug: str) -> HttpResponse:
    heading = _("Who has opened the proposals")
    return _openings(request, slug, openings.PROPOSALS_OPENED, heading)


def _openings(request: HttpRequest, slug: str, action: str, heading: str) -> HttpResponse:
    """For the challenge's own side."""
    challenge = get_object_or_404(Challenge.objects.editable_by(request.user), slug=slug)
    rows = openings.openings(challenge, action).order_by("-pk")
    page = page_of(request, rows, PER_PAGE)
    context = {
        "challenge": challenge, "heading": heading, "page": page, "current": "challenges",
        "rows": opening_rows(list(page.object_list)), "trail": trail(challenge, heading),
    }  # fmt: skip
    return render(request, "projects/challenge_openings.html", context)

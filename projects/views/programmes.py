"""The action programme: the version in force, older ones, and drafts for their coordinators."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core import origin
from cluster_portal.core.http import refusal_as_message
from cluster_portal.core.visibility import audience
from projects.models import Measure, Programme
from projects.models.measures import lacks
from projects.models.programmes import MOVES, Stage
from projects.pages import ownership, programme_changes, programmes, rounds, updates
from projects.services.programmes import approve_programme

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse, QueryDict

    from cluster_portal.core.visibility import Reader


@login_not_required
@require_safe
def programme(request: HttpRequest) -> HttpResponse:
    versions = list(
        Programme.objects.visible_to(request.user).select_related("home_cluster", "organisation")
    )
    chosen = choose(versions, request.GET, request.user)
    if chosen is None:
        return render(request, "projects/programme_none.html", {"trail": [{"name": _title()}]})
    context = {
        **_page(chosen, versions, request.user),
        "may_approve": MOVES.may("approve", chosen, request.user),
        "came_of": origin.results_of(Programme, [chosen.pk], request.user)[chosen.pk],
        "trail": [{"name": _title()}],
    }
    context |= programmes.narrowed(context["blocks"], request.GET.get("state", ""))
    return render(request, "projects/programme.html", context)


def _page(chosen: Programme, versions: list[Programme], user: Reader) -> dict[str, Any]:
    blocks = programmes.goal_blocks(chosen, user)
    approved = [each for each in versions if each.stage == Stage.APPROVED]
    own = [each for each in versions if each.home_cluster_id == chosen.home_cluster_id]
    by_stage = {each.stage: each for each in own}
    in_force = by_stage.get(Stage.APPROVED)
    return {
        "programme": chosen,
        "versions": own,
        "draft": by_stage.get(Stage.DRAFT),
        "in_force": in_force,
        "changes": programme_changes.of_draft(chosen, blocks, in_force, user),
        "others": [each for each in approved if each.home_cluster_id != chosen.home_cluster_id],
        "blocks": blocks,
        "stats": programmes.stats(blocks),
        "picture": programmes.picture(blocks),
        "missing": lacks(chosen) if chosen.stage == Stage.DRAFT else [],
        "ownership": ownership.matrix(blocks),
        **rounds.values(chosen, user),
    }


@login_not_required
@require_safe
def measure(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The address of a measure leads to the one that continues it, as far as its reader sees."""
    visible = Measure.objects.visible_to(request.user).with_programme()
    found = get_object_or_404(visible, public_id=public_id)
    later = visible.filter(pk=found.in_force().pk).first() or found
    if later.pk != found.pk:
        return redirect(later)
    return render(request, "projects/measure_detail.html", updates.values(found.pk, request.user))


def _title() -> str:
    return _("Action programme")


def choose(versions: Sequence[Programme], asked: QueryDict, user: Reader) -> Programme | None:
    """The version that the address names (404 when there is none), else one in force: of the
    reader's own cluster before others, the newest first."""
    cluster, version = asked.get("cluster", ""), asked.get("version", "")
    fitting = [each for each in versions if cluster in {"", each.home_cluster.slug}]
    if version:
        fitting = [each for each in fitting if str(each.version) == version]
    if fitting:
        known = audience(user)
        own = known.member_clusters | known.coordinates
        newest = sorted(fitting, key=lambda each: each.approved_on or date.min, reverse=True)
        return min(
            newest, key=lambda each: (each.stage != Stage.APPROVED, each.home_cluster_id not in own)
        )
    if cluster or version:
        raise Http404
    return None


@require_POST
def programme_approve(request: HttpRequest, cluster: str, version: int) -> HttpResponse:
    draft = get_object_or_404(
        Programme.objects.editable_by(request.user), home_cluster__slug=cluster, version=version
    )
    with refusal_as_message(request):
        approve_programme(draft, by=request.user)
        messages.success(request, _("The programme has been approved and is now in force."))
    return redirect(draft)

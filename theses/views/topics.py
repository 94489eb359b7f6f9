"""The list of topics and a topic's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cluster_portal.core import kept, search
from cluster_portal.core.http import page_of
from theses import presentation
from theses.filters import FACETS, in_order, sort_of, sort_options
from theses.forms import ApplicationForm
from theses.models import Application, Topic
from theses.models.topics import MOVES, is_offered_by

if TYPE_CHECKING:
    from django.http import HttpRequest

    from cluster_portal.core.facets import Faceted

MAX_QUERY = 200


@login_not_required
@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    parts = kept.parts(request, lambda: _list_parts(request), keep=_is_shared(request))
    if getattr(request, "htmx", False):
        response = HttpResponse(parts["results"])
    else:
        context = {
            "trail": [{"name": _("Theses")}],
            "list_url": reverse("theses:list"),
            "q": parts["q"],
            "faceted": {"chosen": parts["chosen"]},
            "kept_facets": parts["facets"],
            "kept_results": parts["results"],
        }
        response = render(request, "theses/topic_list.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _is_shared(request: HttpRequest) -> bool:
    """A member's own search is hardly ever asked again; all else is worth keeping."""
    return not (request.user.is_authenticated and request.GET.get("q"))


def _list_parts(request: HttpRequest) -> dict[str, Any]:
    """The two parts of the list that depend on what there is: the facets and the results."""
    q = request.GET.get("q", "")[:MAX_QUERY].strip()
    visible: Any = Topic.objects.visible_to(request.user).open()
    faceted = FACETS.apply(search.search(visible, q), request.GET)
    searched = search.is_searched(faceted.queryset)
    sort = sort_of(request.GET.get("sort", ""), searched=searched)
    page = page_of(request, in_order(faceted, sort).for_cards(), count=faceted.count)
    page.object_list = [presentation.row_of(topic) for topic in page.object_list]
    context = {
        "q": q,
        "page": page,
        "faceted": faceted,
        "list_url": reverse("theses:list"),
        "count_text": _count_text(faceted),
        "sorts": sort_options(sort, searched=searched),
        "suggestion": search.suggest(visible, q) if q and not faceted.count else None,
    }
    return {
        "q": q,
        "chosen": len(faceted.chosen) * "x",
        "facets": render_to_string("components/facets.html", context, request),
        "results": render_to_string("theses/_topic_results.html", context, request),
    }


def _count_text(faceted: Faceted) -> str:
    words = {"count": faceted.count}
    if faceted.is_capped:
        return _("Over %(count)d topics") % words
    return ngettext("%(count)d topic", "%(count)d topics", faceted.count) % words


def seen_topic(request: HttpRequest, slug: str) -> Topic:
    rows = Topic.objects.visible_to(request.user).select_related(
        "organisation", "home_cluster", "contact"
    )
    return get_object_or_404(rows, slug=slug)


@login_not_required
@require_safe
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    topic = seen_topic(request, slug)
    return render(request, "theses/topic_page.html", page_values(request, topic))


def page_values(
    request: HttpRequest, topic: Topic, form: ApplicationForm | None = None
) -> dict[str, Any]:
    """All that the topic's page shows; `form` is one that came back with errors."""
    user = request.user
    offers = user.is_authenticated and is_offered_by(topic, user)
    mine = (
        Application.objects.visible_to(user)
        .filter(topic=topic, student=user.pk)
        .order_by("-pk")
        .first()
    )
    if mine is not None:
        mine.topic = topic
    current = mine if mine and not mine.is_over else None
    can_apply = topic.is_open and not offers and current is None
    return {
        "topic": topic,
        "trail": [{"name": _("Theses"), "url": reverse("theses:list")}, {"name": topic.heading}],
        "state": presentation.state_of(topic),
        "steps": presentation.steps_of(topic),
        "parties": presentation.parties_of(topic, mine=current, offers=offers),
        "facts": presentation.facts_of(topic),
        "questions": [line.lstrip("-*• ") for line in topic.questions.splitlines() if line.strip()],
        "offers": offers,
        "moves": MOVES.open_to(topic, user) if offers else [],
        "applications": _applications(topic, user) if offers else [],
        "mine": presentation.application_row(mine, user) if mine else None,
        "is_closed": not (topic.is_open or offers or mine),
        "must_sign_in": can_apply and not user.is_authenticated,
        "form": (form or ApplicationForm()) if can_apply and user.is_authenticated else form,
        "here": f"{topic.get_absolute_url()}#apply",
    }


def _applications(topic: Topic, user: Any) -> list[dict[str, Any]]:
    rows = Application.objects.visible_to(user).filter(topic=topic).select_related("student")
    found = list(rows.order_by("submitted_at", "pk"))
    for application in found:
        application.topic = topic
    return [presentation.application_row(application, user) for application in found]

"""Front page and the pages of standing text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cluster_portal.core import content
from cluster_portal.core.visibility import audience
from cluster_portal.home.pages import deadlines, doors, standing
from cluster_portal.home.pages.static_pages import TITLES

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from cluster_portal.core.visibility import Reader


def _filled(section: content.FrontSection, user: Reader) -> dict[str, Any] | None:
    values = section.values(user)
    return {"template": section.template, "values": values} if values else None


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    filled = [_filled(section, request.user) for section in content.parts(lambda one: one.front)]
    sections = [section for section in filled if section]
    figures = [figure for section in sections for figure in section["values"].get("figures", ())]
    context = {
        "sections": [section for section in sections if section["template"]],
        "figures": figures,
        "deadlines": deadlines.coming(request.user, limit=5),
        "doors": doors.in_order(user),
        "is_member": audience(user).is_member,
    }
    return render(request, "home/front.html", context)


@login_not_required
@require_safe
def start(request: HttpRequest, key: str) -> HttpResponse:
    """What the portal offers to visitors of one kind."""
    door = doors.named(key)
    if door is None:
        raise Http404
    others = [each for each in doors.every() if each is not door]
    context = {"door": door, "others": others, "trail": [{"name": door.title}]}
    return render(request, "home/start.html", context)


def _standing_text(request: HttpRequest, page: str, **values: object) -> HttpResponse:
    title = TITLES[page]
    language = (get_language() or "fi")[:2]
    context = {
        "title": title,
        "trail": [{"name": title}],
        "page_template": f"home/pages/{page}.{language}.html",
        **values,
    }
    return render(request, "home/page.html", context)


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    values = standing.about(request.user)
    return render(request, "home/about.html", values)


@login_not_required
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "home/contact.html", standing.contact(request.user))


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _standing_text(request, "privacy")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return _standing_text(request, "accessibility")


@login_not_required
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    return _standing_text(request, "terms")

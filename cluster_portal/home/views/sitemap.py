"""The addresses of what anybody may see, for search engines: nothing else, whoever asks."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.views.decorators.http import require_safe

from cluster_portal.core import content
from cluster_portal.home.pages.static_pages import TITLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

MOST_PER_KIND = 5000
STANDING = ("front", *TITLES)


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    context = {"pages": [_page(path) for path in _paths()]}
    return render(request, "home/sitemap.xml", context, content_type="application/xml")


def _paths() -> Iterator[str]:
    yield from (reverse(f"home:{name}") for name in STANDING)
    yield reverse("knowledge:press")
    yield from (destination.url for destination in content.parts(lambda one: one.navigation))
    for kind in filter(attrgetter("has_pages"), content.parts(lambda one: one.search)):
        visible: Any = kind.rows(AnonymousUser()).order_by("pk")
        yield from (obj.get_absolute_url() for obj in visible[:MOST_PER_KIND])


def _page(path: str) -> dict[str, Any]:
    """One page under its Finnish address, with its other languages beside it."""
    versions = [
        {"code": code, "url": f"{settings.SITE_URL}{translate_url(path, code)}"}
        for code, _name in settings.LANGUAGES
    ]
    return {"url": versions[0]["url"], "versions": versions}

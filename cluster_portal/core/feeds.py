"""A list as an Atom feed, and its deadlines as a calendar.

The address may hold words and facets of the list. A feed program is a visitor: it sees what is
public.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from cluster_portal.core.text.cleaning import one_line, prose

if TYPE_CHECKING:
    from django.http import HttpRequest

    from cluster_portal.core.lists import ListPage


def atom(page: ListPage, request: HttpRequest) -> HttpResponse:
    feed = Atom1Feed(
        title=str(page.label),
        link=_absolute(page.url()),
        description=None,
        language=get_language(),
        feed_url=_absolute(request.get_full_path()),
    )
    for row in page.feed(AnonymousUser(), request.GET):
        address = _absolute(row.get_absolute_url())
        feed.add_item(
            one_line(row.search_title), address, prose(row.search_summary), unique_id=address,
            pubdate=getattr(row, "published_at", None) or row.created_at,
            updateddate=row.updated_at,
        )  # fmt: skip
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def calendar(page: ListPage, request: HttpRequest, *, at: str) -> HttpResponse:
    """The moments `at` of the listed rows, each the end of something (RFC 5545)."""
    made = Calendar()
    made.add("prodid", "-//Turvallisuusklusteri//FI")
    made.add("version", "2.0")
    made.add("x-wr-calname", str(page.label))
    host = urlsplit(settings.SITE_URL).hostname
    for row in page.feed(AnonymousUser(), request.GET):
        moment = getattr(row, at)
        if moment is None:
            continue
        entry = Event()
        entry.add("uid", f"{row._meta.label_lower}-{row.pk}-{at}@{host}")
        entry.add("dtstamp", row.updated_at.astimezone(UTC))
        entry.add("dtstart", moment.astimezone(UTC))
        entry.add("summary", _("Closes: %(title)s") % {"title": row.search_title})
        entry.add("description", row.search_summary)
        entry.add("url", _absolute(row.get_absolute_url()))
        made.add_component(entry)
    return HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"

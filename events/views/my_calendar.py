"""The reader's own calendar, and its private address for calendar programs."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.models import CalendarFeed
from events.pages import calendars, my_calendar
from events.services import calendar_feeds
from events.views.pages import calendar_response

if TYPE_CHECKING:
    from typing import Any

BEHIND, AHEAD = datetime.timedelta(days=60), datetime.timedelta(days=400)


@require_safe
def my_month(request: HttpRequest) -> HttpResponse:
    month = my_calendar.month_of(request.GET.get("month", ""))
    feed = CalendarFeed.objects.visible_to(request.user).first()
    address = calendar_feeds.address_of(feed) if feed else ""
    context: dict[str, Any] = {
        **my_calendar.page(request.user, month, shows_all="all" in request.GET),
        "legend": my_calendar.legend(),
        "address": address,
        "webcal": address.replace("https://", "webcal://").replace("http://", "webcal://"),
        "trail": [
            {"name": _("My desk"), "url": reverse("home:desk")},
            {"name": _("My calendar")},
        ],
    }
    return render(request, "events/my_calendar.html", context)


@require_POST
def feed_change(request: HttpRequest) -> HttpResponse:
    what = request.POST.get("do", "")
    if what == "renew":
        calendar_feeds.renew(by=request.user)
        messages.success(request, _("Here is the address of your calendar."))
    elif what == "give_up":
        calendar_feeds.give_up(by=request.user)
        messages.success(request, _("The address has been taken out of use."))
    else:
        raise Http404
    return redirect(f"{reverse('my_calendar:month')}#subscribe")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Read with the rights that its holder has at this moment."""
    holder = calendar_feeds.holder_of(token)
    if holder is None:
        raise Http404
    now = timezone.now()
    span = now - BEHIND, now + AHEAD
    rows = list(my_calendar.registrations(holder, span))
    others = [entry for entry in my_calendar.entries(holder, span) if entry.kind != "event"]
    content = calendars.of_person(rows, others)
    response = calendar_response(request, content, "my-calendar.ics")
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response

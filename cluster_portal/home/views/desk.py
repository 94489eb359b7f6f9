"""My desk: what needs me, what I have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Count, Q, Window
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core.visibility import audience
from cluster_portal.home.pages import deadlines, desk_cards, doors, first_steps
from cluster_portal.notifications import inbox
from cluster_portal.notifications.models import OutboxMail
from members.services import first_steps as service

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from cluster_portal.core.visibility import Reader

LATEST_NOTICES = 5


def _notices(user: Reader) -> dict[str, Any]:
    """The latest, and how many are unread in the same statement."""
    unread = Window(Count("pk", filter=Q(read_at__isnull=True)))
    newest = OutboxMail.objects.visible_to(user).newest_first().annotate(unread=unread)
    latest = list(newest.select_related("about_type")[:LATEST_NOTICES])
    return {
        "notices": inbox.readable(latest, user),
        "unread_notifications": min(latest[0].unread, inbox.MOST_COUNTED) if latest else 0,
    }


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    steps = first_steps.checklist(user)
    cards = desk_cards.filled(user)
    waiting = [card for card in cards if card["urgent"] and card["rows"]]
    mine = [card for card in cards if not card["urgent"] and card["rows"]]
    context = {
        "trail": [{"name": _("My desk")}],
        "waiting": waiting,
        "waiting_count": sum(len(card["rows"]) for card in waiting),
        "mine": mine,
        "deadlines": deadlines.coming(request.user, limit=5),
        **_notices(request.user),
        "is_member": audience(request.user).is_member,
        "first_steps": steps,
        "door": doors.own(user),
    }
    return render(request, "home/desk.html", context)


@require_POST
def first_steps_hide(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    service.put_away(user)
    messages.success(request, _("The first steps are put away. You find them under “My account”."))
    return redirect("home:desk")


@require_POST
def first_steps_show(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    service.bring_back(user)
    return redirect("home:desk")

"""The page of what one follows, and the buttons that follow, mute and let go."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core.http import refusal_as_message, safe_next
from cluster_portal.notifications.pages import following as pages
from cluster_portal.notifications.pages import interests
from cluster_portal.notifications.services import following


@require_safe
def followed_list(request):
    context = {
        "groups": pages.followed(request.user),
        "names": interests.followed_names(request.user),
        "trail": [{"name": _("What I follow")}],
    }
    return render(request, "notifications/followed_list.html", context)


@require_POST
def follow_change(request, kind: str, slug: str):
    part = following.find(kind)
    if part is None:
        raise Http404
    try:
        thing = get_object_or_404(part.rows(request.user), **{part.address: slug})
    except ValidationError as wrong:  # no identifier at all
        raise Http404 from wrong
    with refusal_as_message(request):
        messages.success(request, _changed(thing, request.POST.get("do", ""), request.user))
    return redirect(safe_next(request, thing.get_absolute_url()))


def _changed(thing, what: str, user) -> str:
    if what == "follow":
        following.follow(thing, by=user)
        return _("You follow this now. You are told what becomes of it.")
    if what == "unfollow":
        following.unfollow(thing, by=user)
        return _("You no longer follow this.")
    if what in {"mute", "unmute"}:
        following.mute(thing, by=user, muted=what == "mute")
        return _("Muted.") if what == "mute" else _("You are told again what becomes of it.")
    raise Http404

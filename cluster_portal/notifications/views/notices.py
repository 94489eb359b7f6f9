from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.http import page_of
from cluster_portal.notifications import inbox, kinds, preferences
from cluster_portal.notifications.forms.choices import PreferenceForm
from cluster_portal.notifications.kinds import KindGroup
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.pages import inbox as pages
from cluster_portal.notifications.services import bounces

# In the session until the page is shown: what can be taken back.
STOPPED = "stopped_messages"


@require_safe
def notice_list(request):
    chosen = request.GET.get("group", "")
    notices = OutboxMail.objects.visible_to(request.user).filter(pages.of_group(chosen))
    page = page_of(request, notices.newest_first().select_related("about_type"))
    tabs = pages.tabs(request.user, chosen)
    context = {
        "trail": [{"name": _("Notifications")}],
        "page": page,
        "bundles": pages.bundles(inbox.readable(page, request.user)),
        "tabs": tabs,
        "chosen": chosen,
        "unread": min(sum(tab.count for tab in tabs), inbox.MOST_COUNTED),
    }
    return render(request, "notifications/notice_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def notice_open(request, public_id: UUID):
    """Lead to what the notice is about; only a POST marks it read (htmx makes one of the click)."""
    notice = get_object_or_404(OutboxMail.objects.visible_to(request.user), public_id=public_id)
    if not inbox.readable([notice], request.user):
        raise Http404
    if request.method == "POST":
        inbox.mark_read(request.user, Q(pk=notice.pk))
    target = notice.about_url or reverse("notifications:inbox")
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": target})
    return redirect(target)


@require_POST
def notice_read(request, public_id: UUID):
    inbox.mark_read(request.user, Q(public_id=public_id))
    return redirect("notifications:inbox")


@require_POST
def notice_read_all(request):
    """All, or those of the group that is shown."""
    inbox.mark_read(request.user, pages.of_group(request.POST.get("group", "")))
    return redirect("notifications:inbox")


@require_POST
def address_works(request):
    """The reader says that mail arrives again."""
    if bounces.lift_own(request.user):
        messages.success(request, _("Mail goes to your address again."))
    return redirect("notifications:preferences")


@require_http_methods(["GET", "HEAD", "POST"])
def preference_edit(request):
    channels = preferences.channels_of(request.user)
    weekday = preferences.weekday_of(request.user)
    form = PreferenceForm(request.POST or None, channels=channels, weekday=weekday)
    if request.method == "POST" and form.is_valid():
        preferences.set_channels(request.user, form.channels)
        preferences.set_weekday(request.user, form.weekday)
        request.session[STOPPED] = preferences.stopped(channels, form.channels)
        messages.success(request, _("Your choices were saved."))
        return redirect("notifications:preferences")
    context = {"form": form, "stopped": _stopped(request), **_choices(request.user, channels)}
    return render(request, "notifications/preference_edit.html", context)


def _choices(user, channels):
    inbox_crumb = {"name": _("Notifications"), "url": reverse("notifications:inbox")}
    return {
        "unheard": _unheard(channels),
        "trail": [inbox_crumb, {"name": _("What you get by e-mail")}],
        "catalogue": pages.catalogue(channels),
        "always": pages.always_mailed(),
        "trouble": pages.trouble_of(user),
    }


def _unheard(channels):
    """What is left for a digest that nobody gets."""
    return [group.label for group in preferences.left_for_no_digest(channels)]


def _stopped(request):
    return [
        {"group": group, "label": KindGroup(group).label, "channel": channel}
        for group, channel in request.session.pop(STOPPED, {}).items()
    ]


@require_POST
def preference_undo(request):
    """Each stopped group comes back with the channel that it had."""
    for group in kinds.groups_of_choice():
        if group.value in request.POST:
            preferences.restore(request.user, group, request.POST[group.value])
    messages.success(request, _("The messages come again."))
    return redirect("notifications:preferences")


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request, token: str):
    """GET changes nothing; POST (also RFC 8058's, without cookies) switches off, on with `undo`.

    The signed token is the permission, so that no session and no CSRF token is asked for.
    """
    found = preferences.read_token(token)
    if not found and (guest := preferences.read_guest_token(token)):
        return _guest_unsubscribe(request, guest)
    if not found:
        return render(request, "notifications/unsubscribe_unknown.html", status=404)
    user, group = found
    context = {"group": group.label, "before": preferences.channels_of(user)[group]}
    if "undo" in request.POST:
        preferences.restore(user, group, request.POST["undo"])
        context["is_undone"] = True
    elif request.method == "POST":
        preferences.unsubscribe(user, group)
        is_digest = group == KindGroup.DIGEST
        context |= {"done": True, "unheard": is_digest and _unheard(preferences.channels_of(user))}
    return render(request, "notifications/unsubscribe.html", context)


def _guest_unsubscribe(request, fingerprint: str):
    """Of one without an account, who can stop nothing but letters and has no page of choices."""
    context = {"group": KindGroup.LETTERS.label, "before": "on", "is_guest": True}
    if "undo" in request.POST:
        preferences.take_letters_again(fingerprint)
        context["is_undone"] = True
    elif request.method == "POST":
        preferences.refuse_letters(fingerprint)
        context["done"] = True
    return render(request, "notifications/unsubscribe.html", context)

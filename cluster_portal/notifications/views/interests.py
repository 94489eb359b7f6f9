from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cluster_portal.core.http import refusal_as_message
from cluster_portal.notifications.forms.interests import InterestsForm
from cluster_portal.notifications.pages import interests as pages
from cluster_portal.notifications.services import interests


@require_http_methods(["GET", "HEAD", "POST"])
def interests_edit(request):
    form = InterestsForm(request.POST or None, initial=pages.chosen(request.user))
    if request.method == "POST" and form.is_valid():
        with refusal_as_message(request):
            interests.choose_all(form.chosen, by=request.user)
            messages.success(request, _("Your choices were saved. They count from now on."))
        return redirect("following:interests")
    context = {
        "form": form,
        "counted": pages.counted(request.user),
        "trail": [
            {"name": _("What I follow"), "url": reverse("following:list")},
            {"name": _("Themes, regions and kinds")},
        ],
    }
    return render(request, "notifications/interests_edit.html", context)

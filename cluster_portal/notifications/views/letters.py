from uuid import UUID

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cluster_portal.core.http import page_of
from cluster_portal.notifications.models import Letter


@require_safe
def letter_list(request):
    letters = Letter.objects.visible_to(request.user).received_by(request.user)
    context = {
        "trail": [_inbox(), {"name": _("Letters from clusters")}],
        "page": page_of(request, letters.select_related("cluster").newest_first()),
    }
    return render(request, "notifications/letter_list.html", context)


@require_safe
def letter_detail(request, public_id: UUID):
    letters = Letter.objects.visible_to(request.user).select_related("cluster")
    letter = get_object_or_404(letters, public_id=public_id)
    letters_crumb = {"name": _("Letters from clusters"), "url": reverse("letters:list")}
    context = {
        "trail": [_inbox(), letters_crumb, {"name": letter.subject}],
        "letter": letter,
        "text_language": letter.language_for(get_language() or "fi"),
    }
    return render(request, "notifications/letter_detail.html", context)


def _inbox():
    return {"name": _("Notifications"), "url": reverse("notifications:inbox")}

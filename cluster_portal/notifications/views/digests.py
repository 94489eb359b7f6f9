from django.db.models import Count
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cluster_portal.core.http import page_of
from cluster_portal.notifications.models import Digest
from cluster_portal.notifications.pages import digests as pages


@require_safe
def digest_list(request):
    told = Digest.objects.visible_to(request.user).annotate(count=Count("items"))
    page = page_of(request, told.filter(count__gt=0).order_by("-composed_at", "-pk"))
    context = {
        "trail": [{"name": _("My digests")}],
        "page": page,
        "rows": pages.rows_of(page),
    }
    return render(request, "notifications/digest_list.html", context)


@require_safe
def digest_detail(request, period: str):
    digest = get_object_or_404(Digest.objects.visible_to(request.user), period=period)
    shown = pages.shown(digest, request.user)
    context = {"trail": [_digests(), {"name": shown["title"]}], **shown}
    return render(request, "notifications/digest_detail.html", context)


@require_safe
def digest_preview(request):
    context = {
        "trail": [_digests(), {"name": _("The next digest")}],
        **pages.coming(request.user),
    }
    return render(request, "notifications/digest_preview.html", context)


def _digests():
    return {"name": _("My digests"), "url": reverse("digests:list")}

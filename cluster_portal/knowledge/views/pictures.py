"""Pictures of articles: the picture itself, and what their editors do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core.files import FileMissing
from cluster_portal.core.files import pictures as files
from cluster_portal.core.http import refusal_as_message
from cluster_portal.knowledge.models import ArticlePicture
from cluster_portal.knowledge.services.pictures import make_cover, remove_picture

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import FileResponse, HttpRequest, HttpResponse


@login_not_required
@require_safe
def article_picture(request: HttpRequest, public_id: UUID) -> FileResponse:
    """The picture itself, for whoever may read the article."""
    rows = ArticlePicture.objects.visible_to(request.user)
    picture = get_object_or_404(rows, public_id=public_id)
    try:
        return files.shown(picture.stored)
    except FileMissing:
        raise Http404 from None


@require_POST
def article_picture_remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    rows = ArticlePicture.objects.editable_by(request.user).select_related("article")
    picture = get_object_or_404(rows, public_id=public_id)
    user: Any = request.user
    with refusal_as_message(request):
        remove_picture(picture, by=user)
        messages.success(request, _("The picture is removed."))
    return redirect("knowledge:write", picture.article.slug, "pictures")


@require_POST
def article_picture_cover(request: HttpRequest, public_id: UUID) -> HttpResponse:
    rows = ArticlePicture.objects.editable_by(request.user).select_related("article")
    picture = get_object_or_404(rows, public_id=public_id)
    user: Any = request.user
    with refusal_as_message(request):
        make_cover(picture, by=user)
        messages.success(request, _("The picture is the cover now."))
    return redirect("knowledge:write", picture.article.slug, "pictures")

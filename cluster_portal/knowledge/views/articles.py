"""The list of articles, an article's page, its steps, its files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core import feeds, files
from cluster_portal.core.http import refusal_as_message
from cluster_portal.knowledge.models import Article, ArticleFile
from cluster_portal.knowledge.pages import article_page
from cluster_portal.knowledge.pages.articles import ARTICLES
from cluster_portal.knowledge.services.publishing import move_article, write_letter
from cluster_portal.knowledge.services.writing import remove_file

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import FileResponse, HttpRequest, HttpResponse


@login_not_required
@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    return ARTICLES.response(request)


@login_not_required
@require_safe
def article_feed(request: HttpRequest) -> HttpResponse:
    return feeds.atom(ARTICLES, request)


@login_not_required
@require_safe
def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    article = get_object_or_404(article_page.of_reader(request.user), slug=slug)
    values = article_page.values(article, request.user)
    return render(request, "knowledge/article_detail.html", values)


@require_POST
def article_move(request: HttpRequest, slug: str, action: str) -> HttpResponse:
    article = get_object_or_404(Article.objects.editable_by(request.user), slug=slug)
    user: Any = request.user
    with refusal_as_message(request):
        reason = request.POST.get("reason", "")
        moved = move_article(article, action, by=user, reason=reason)
        stage = {"stage": moved.get_stage_display()}
        messages.success(request, _("The state is now “%(stage)s”.") % stage)
    return redirect(article)


@require_POST
def article_letter(request: HttpRequest, slug: str) -> HttpResponse:
    """A draft of a letter, opened where letters are written: to whom, a test, its moment."""
    article = get_object_or_404(Article.objects.editable_by(request.user), slug=slug)
    user: Any = request.user
    with refusal_as_message(request):
        letter = write_letter(article, by=user)
        return redirect("admin:notifications_letter_change", letter.pk)
    return redirect(article)


@login_not_required
@require_safe
def article_file(request: HttpRequest, public_id: UUID) -> HttpResponse | FileResponse:
    rows = ArticleFile.objects.visible_to(request.user).select_related("article")
    file = get_object_or_404(rows, public_id=public_id)
    try:
        return files.answer(str(file.file), file.name)
    except files.FileMissing:
        messages.error(request, _("The file is missing. Ask its owner to send it anew."))
        return redirect(file.article)


@require_POST
def article_file_remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    rows = ArticleFile.objects.editable_by(request.user).select_related("article")
    file = get_object_or_404(rows, public_id=public_id)
    user: Any = request.user
    with refusal_as_message(request):
        remove_file(file, by=user)
        messages.success(request, _("The file is removed."))
    return redirect("knowledge:write", file.article.slug, "sources")

"""Writing an article step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cluster_portal.core.http import has_done, refusal_as_message
from cluster_portal.knowledge.forms.articles import TextForm
from cluster_portal.knowledge.models import Article
from cluster_portal.knowledge.pages import writing as page
from cluster_portal.knowledge.pages.articles import trail
from cluster_portal.knowledge.services.publishing import move_article
from cluster_portal.knowledge.services.steps import keep_step
from cluster_portal.knowledge.services.writing import (
    may_edit,
    may_write,
    write_article,
)

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def article_propose(request: HttpRequest) -> HttpResponse:
    """A visitor, and who is no member, reads what it is for."""
    user: Any = request.user
    if not may_write(user):
        values = {"trail": trail(_("Write an article"))}
        return render(request, "knowledge/article_why.html", values)
    form = TextForm(request.POST or None, user=user)
    made: list[Article] = []
    if has_done(request, form, lambda: made.append(write_article(form.values, by=user))):
        return _onward(request, made[0], "text")
    return _step(request, form, page.values("text", None, user))


@require_http_methods(["GET", "HEAD", "POST"])
def article_write(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    rows = Article.objects.editable_by(request.user).select_related("organisation")
    article = get_object_or_404(rows, slug=slug)
    if step not in page.STEPS:
        raise Http404
    user: Any = request.user
    if not may_edit(article, user):
        return redirect(article)
    files = request.FILES if request.method == "POST" else None
    form: Any = page.form_of(step, article, user, request.POST or None, files)
    seen = request.POST.get("seen", "")
    if has_done(request, form, lambda: keep_step(article, form.values, by=user, seen=seen)):
        return _onward(request, article, step)
    return _step(request, form, page.values(step, article, user))


def _step(request: HttpRequest, form: forms.Form, values: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {**values, "form": form}
    return render(request, "knowledge/article_write.html", context, status=status)


def _onward(request: HttpRequest, article: Article, step: str) -> HttpResponse:
    """To the next step, or away: the draft is kept."""
    then = request.POST.get("then", "")
    if then == "later":
        messages.success(request, _("What you wrote is kept. You can go on whenever you like."))
        return redirect(article)
    if step != "check":
        return redirect(page.address(article, step if then == "again" else page.after(step)))
    if then in {"submit", "publish", "schedule"}:
        return redirect(_sent(request, article, then))
    return redirect(article)


def _sent(request: HttpRequest, article: Article, action: str) -> Any:
    """Where the reader goes on: to the article, or back to what was refused."""
    user: Any = request.user
    with refusal_as_message(request):
        moved = move_article(article, action, by=user)
        messages.success(request, page.said_of(action))
        return moved
    return page.address(article, "check")

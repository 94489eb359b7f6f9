"""Articles in the coordinators’ admin; writing and pictures are on the article's own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy, pgettext_lazy

from cluster_portal.core import search
from cluster_portal.core.admin.scoped import ScopedAdmin, ScopedTabularInline
from cluster_portal.knowledge.models import Article, ArticleEntry, ArticlePicture, PageVersion
from cluster_portal.knowledge.models import articles as rules
from cluster_portal.knowledge.services.arrivals import article_came
from cluster_portal.knowledge.services.publishing import move_article
from projects.admin.base import StagedAdmin

if TYPE_CHECKING:
    from django.forms import BaseModelFormSet, ModelForm
    from django.http import HttpRequest

    from members.models import User


class EntryInline(ScopedTabularInline):
    model = ArticleEntry
    fields = ["position", "title", "url", "text"]


class PictureInline(ScopedTabularInline):
    """Added on the article's own pages, where they are encoded anew."""

    model = ArticlePicture
    fields = ["alt_fi", "alt_sv", "alt_en", "licence", "credit", "is_cover"]
    can_delete = False

    def has_add_permission(self, *_args: Any) -> bool:
        return False


@admin.register(Article)
class ArticleAdmin(StagedAdmin):
    partitive = pgettext_lazy("partitive", "article")
    workflow = rules.MOVES
    waiting_stages = frozenset({rules.Stage.IN_REVIEW})
    list_display = ["title_fi", "kind", "stage", "publish_at", "home_cluster", "organisation"]
    list_filter = ["stage", "kind", "home_cluster"]
    search_fields = ["title_fi", "title_sv", "title_en", "summary_fi"]
    list_select_related = ["home_cluster", "organisation"]
    prepopulated_fields = {"slug": ["title_fi"]}
    readonly_fields = ["stage", "author", "published_at", "answer"]
    inlines = [EntryInline, PictureInline]
    fieldsets = [
        (
            None,
            {"fields": ["title_fi", "summary_fi", "body_fi", "kind", "link", "slug", "stage",
                        "publish_at", "published_at", "answer"]},
        ),
        (
            gettext_lazy("Owner and readers"),
            {"fields": ["home_cluster", "organisation", "author", "shows_author", "visibility"]},
        ),
        (gettext_lazy("Themes"), {"fields": ["terms", "sectors", "region"]}),
        (
            gettext_lazy("Swedish and English"),
            {"classes": ["collapse"],
             "fields": ["title_sv", "summary_sv", "body_sv", "title_en", "summary_en",
                        "body_en"]},
        ),
    ]  # fmt: skip

    def move(self, obj: Article, action: str, *, by: User, reason: str) -> None:
        move_article(obj, action, by=by, reason=reason)

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: list[BaseModelFormSet], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        search.reindex(form.instance)
        article_came(form.instance, before=form.initial.get("visibility", "") if change else "")


@admin.register(PageVersion)
class PageVersionAdmin(ScopedAdmin):
    """To be read; edited on the page itself."""

    partitive = pgettext_lazy("partitive", "version of a page")
    may_add = False
    list_display = ["key", "number", "saved_by", "saved_at", "note"]
    list_filter = ["key"]
    list_select_related = ["saved_by"]

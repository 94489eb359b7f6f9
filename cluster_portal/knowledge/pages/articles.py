"""The list of articles, and an article as a line, a story and a card on other pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext_lazy
from django.utils.translation import gettext as _

from cluster_portal.core import pictures, search
from cluster_portal.core.database.columns import listed
from cluster_portal.core.lists import ListPage
from cluster_portal.core.text import richtext
from cluster_portal.core.vocabulary import Term
from cluster_portal.knowledge.filters import ArticleFilters
from cluster_portal.knowledge.models import Article, ArticlePicture
from cluster_portal.knowledge.models.articles import Kind, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from cluster_portal.core.lists import Found
    from cluster_portal.core.visibility import Reader

WORDS_A_MINUTE = 150  # Finnish words are long
TITLE = gettext_lazy("News and articles")
MOST_TAGS = 3
MOST_ABOUT = 3
PICTURE = ("public_id", "alt_fi", "alt_sv", "alt_en", "licence", "credit", "is_cover")
# The motif of a drawn cover by the theme that comes first; of others the title chooses.
MOTIFS = {
    "search": "track", "rescue": "track", "water-rescue": "track", "evacuation": "route",
    "logistics": "route", "supply-chains": "route", "transport": "route",
    "communications": "signal", "crisis-communication": "signal", "positioning": "signal",
    "cyber-security": "grid", "ict-services": "grid", "digital-infrastructure": "grid",
    "backup-power": "power", "power-cut": "power", "energy": "power", "continuity": "steps",
    "foresight": "steps", "economy-supply": "steps", "training": "steps", "food": "furrow",
    "water-and-food": "furrow", "volunteer-coordination": "ring", "leadership": "ring",
    "psychological-resilience": "ring",
}  # fmt: skip


def trail(*names: Any) -> list[dict[str, str]]:
    """The list above, then pages with addresses, the last one without."""
    above = [{"name": str(TITLE), "url": reverse("knowledge:list")}]
    *links, last = names
    return [*above, *({"name": str(n), "url": n.get_absolute_url()} for n in links),
            {"name": str(last)}]  # fmt: skip


def day(article: Article) -> str:
    moment = article.published_at
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'D').lower()} {date_format(local, 'SHORT_DATE_FORMAT')}"


def minutes(article: Article) -> str:
    """How long the reading takes, where there is a text to read."""
    words = len(richtext.plain(article.body).split())
    return _("%(count)s min") % {"count": max(1, round(words / WORDS_A_MINUTE))} if words else ""


def with_parts(rows: QuerySet[Article]) -> QuerySet[Any]:
    """Themes and cover in the statement of the rows: `shown_terms`, `covers`."""
    names = ("code", "label_fi", "label_sv", "label_en")
    terms = Article.terms.through.objects.filter(article=OuterRef("pk")).order_by("pk")
    covers = ArticlePicture.objects.filter(article=OuterRef("pk"), is_cover=True)
    return rows.annotate(
        shown_terms=listed(terms, **{name: f"term__{name}" for name in names}),
        covers=listed(covers, **{name: name for name in PICTURE}),
    )


def of_reader(user: Reader) -> QuerySet[Any]:
    """Published ones with what a row shows."""
    rows = Article.objects.visible_to(user).out().for_rows()
    return with_parts(rows).order_by("-published_at", "-pk")


def terms_of(article: Any) -> list[Term]:
    return [Term(**row) for row in article.shown_terms]


def story(article: Any, *, is_lead: bool = False) -> dict[str, Any]:
    return {
        "kind": article.get_kind_display(),
        "when": day(article),
        "read": minutes(article),
        "title": article.title,
        "url": article.get_absolute_url(),
        "text": article.summary,
        "tags": [term.label for term in terms_of(article)[:MOST_TAGS]],
        "picture": picture(ArticlePicture(**article.covers[0])) if article.covers else None,
        "cover": pictures.cover(article.title_fi, motif_of(article), is_wide=is_lead),
        "is_argument": article.kind == Kind.ARGUMENT,
        "language": missing_language(article),
        "article": article,
    }


def picture(row: ArticlePicture) -> dict[str, str]:
    return {"url": row.get_absolute_url(), "alt": row.alt, "caption": row.caption}


def motif_of(article: Article) -> str:
    return motif_among(terms_of(article))


def motif_among(terms: Iterable[Term]) -> str:
    return next((MOTIFS[term.code] for term in terms if term.code in MOTIFS), "")


def missing_language(article: Article) -> str:
    """The language that a row is in, where it is not the reader's."""
    language = (get_language() or "fi")[:2]
    return "" if language in article.languages else _("in Finnish only")


def row(article: Article) -> dict[str, Any]:
    """An article as a line on other pages."""
    return {
        "url": article.get_absolute_url(),
        "title": article.title,
        "kind": article.get_kind_display(),
        "text": article.summary,
        "when": "",
    }


def about(text: str, user: Reader) -> list[dict[str, Any]]:
    """Lines of the published articles that share a concept with the text."""
    rows = Article.objects.visible_to(user).out().for_rows()
    return [row(article) for article in search.about(rows, text, MOST_ABOUT)]


def beside(article: Article, user: Reader) -> list[dict[str, Any]]:
    """Stories about the same things as an article."""
    labels = "\n".join(term.label_fi for term in terms_of(article))
    text = f"{article.title_fi}\n{article.summary_fi}\n{labels}"
    found = search.about(of_reader(user).exclude(pk=article.pk), text, MOST_ABOUT)
    return [story(other) for other in found]


def _values(found: Found) -> dict[str, Any]:
    """A claim with its evidence is shown as a card, where claims alone are asked for."""
    chosen = {(chip.key, chip.value) for chip in found.filters.chosen}
    kinds = {value for key, value in chosen if key == "kind"}
    return {
        "is_cards": kinds == {Kind.ARGUMENT.value},
        "has_lead": not chosen and not found.q,
    }


def _around(found: Found) -> dict[str, Any]:
    themes = [("theme", chip.value) for chip in found.filters.chosen if chip.key == "theme"]
    return {"feed_query": found.params.urlencode(), "theme_query": urlencode(themes)}


ARTICLES = ListPage(
    "articles",
    TITLE,
    "knowledge:list",
    rows=lambda user: of_reader(user).prefetch_related("entries"),
    filters=ArticleFilters,
    counted=ngettext_lazy("%(count)s article", "%(count)s articles", "count"),
    page="knowledge/article_list.html",
    results="knowledge/_article_results.html",
    row=story,
    values=_values,
    around=_around,
    told=Q(stage=Stage.PUBLISHED),
)

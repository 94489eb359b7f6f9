"""One article: its text, its languages, its parts; its state for those who write and edit it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef
from django.template.defaultfilters import filesizeformat
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cluster_portal.core import pictures
from cluster_portal.core.database.columns import listed
from cluster_portal.core.text.languages import LANGUAGES
from cluster_portal.knowledge.models import (
    Article,
    ArticleEntry,
    ArticleFile,
    ArticlePicture,
)
from cluster_portal.knowledge.models.articles import MOVES, Kind, Stage, coordinates
from cluster_portal.knowledge.pages.article_head import head
from cluster_portal.knowledge.pages.articles import (
    PICTURE,
    beside,
    day,
    minutes,
    motif_of,
    picture,
    terms_of,
    trail,
    with_parts,
)
from cluster_portal.knowledge.services.writing import may_edit
from members.pages.owner_names import owner_name

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader


OWN_NAMES = {"fi": "suomi", "sv": "svenska", "en": "English"}
NOT_YET = {
    "fi": gettext_lazy("not in Finnish yet"),
    "sv": gettext_lazy("not in Swedish yet"),
    "en": gettext_lazy("not in English yet"),
}


def of_reader(user: Reader) -> QuerySet[Any]:
    """With what the page shows, in the article's own statement."""
    own = OuterRef("pk")
    shown = ArticlePicture.objects.filter(article=own)
    entries = ArticleEntry.objects.filter(article=own)
    files = ArticleFile.objects.filter(article=own)
    rows = with_parts(Article.objects.visible_to(user).for_rows()).annotate(
        owner=owner_name(user),
        shown_pictures=listed(shown, **{name: name for name in PICTURE}),
        shown_entries=listed(entries, title="title", url="url", text="text"),
        shown_files=listed(files, public_id="public_id", name="name", size="size"),
    )
    return rows.select_related("home_cluster", "author", "region")


def values(article: Any, user: Reader) -> dict[str, Any]:
    is_side = user.is_authenticated and article.is_editable_by(user)
    terms = [term.label for term in terms_of(article)]
    shown = [ArticlePicture(**row) for row in article.shown_pictures]
    cover = next((picture(row) for row in shown if row.is_cover), None)
    return {
        "article": article,
        "picture": cover,
        "head": head(article, byline(article), cover),
        "more_pictures": [picture(row) for row in shown if not row.is_cover],
        "cover": pictures.cover(article.title_fi, motif_of(article), is_wide=True),
        "entries": article.shown_entries,
        "is_argument": article.kind == Kind.ARGUMENT,
        "is_reading": article.kind == Kind.READING,
        "is_recording": article.kind == Kind.RECORDING,
        "byline": byline(article),
        "day": day(article),
        "minutes": minutes(article),
        "versions": versions(article),
        "terms": terms,
        "files": [
            {"name": row.name, "url": row.get_absolute_url(), "size": filesizeformat(row.size)}
            for row in (ArticleFile(**values) for values in article.shown_files)
        ],
        "others": beside(article, user),
        "is_side": is_side,
        "state": state(article, user) if is_side else None,
        "moves": moves(article, user) if is_side else [],
        "edit_url": reverse("knowledge:write", args=[article.slug, "text"])
        if is_side and may_edit(article, user) else "",
        "trail": trail(article.title),
    }  # fmt: skip


def byline(article: Any) -> list[str]:
    """Who wrote it and in whose name, as far as they may be told."""
    author = article.author.get_full_name() if article.author and article.shows_author else ""
    return [name for name in (author, article.owner or article.home_cluster.name) if name]


def versions(article: Article) -> list[dict[str, Any]]:
    """The languages of the text; the missing ones are named, too."""
    here = (get_language() or "fi")[:2]
    path = article.get_absolute_url()
    return [
        {
            "code": code,
            "name": OWN_NAMES[code],
            "is_here": code == (here if here in article.languages else "fi"),
            "url": translate_url(path, code) if code in article.languages else "",
            "missing": NOT_YET[code],
        }
        for code in LANGUAGES
    ]


def moves(article: Article, user: Reader) -> list[Any]:
    """The steps that are one button here; publishing is done at the end of the form."""
    table = MOVES.without("schedule", "publish", "submit")
    if MOVES.may("send_back", article, user):  # its writer takes it back, others return it
        table = table.without("take_back")
    return table.open_to(article, user)


def state(article: Article, user: Reader) -> dict[str, Any]:
    """Where it stands, and whose turn it is."""
    stage = Stage(article.stage)
    may_publish = coordinates(article, user)
    is_review = stage == Stage.IN_REVIEW and may_publish
    is_own_draft = stage == Stage.DRAFT and may_publish and article.author_id == user.pk
    check = reverse("knowledge:write", args=[article.slug, "check"])
    return {
        "look": stage.look, "label": stage.label, "turn": turn(article, is_review=is_review),
        "answer": article.answer,
        "review_url": check if is_review or is_own_draft else "",
        "letter_url": reverse("knowledge:letter", args=[article.slug])
        if stage == Stage.PUBLISHED and may_publish else "",
    }  # fmt: skip


def turn(article: Any, *, is_review: bool) -> str:
    moment = article.publish_at
    values = {
        "cluster": article.home_cluster.name,
        "moment": date_format(timezone.localtime(moment), "DATETIME_FORMAT") if moment else "",
    }
    words = {
        Stage.IN_REVIEW: _("It is your turn: publish the article or return it with a reason.")
        if is_review
        else _("A coordinator of %(cluster)s reads it, usually within a week."),
        Stage.SCHEDULED: _("It comes out by itself: %(moment)s. Nobody else sees it before."),
        Stage.DRAFT: _("It is your turn: a coordinator has asked for something.")
        if article.answer
        else _("It is your turn: nobody else reads it until you send it for review."),
    }
    return words.get(article.stage, "") % values

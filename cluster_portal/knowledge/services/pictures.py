"""Pictures of an article: each with its licence and words; the first one is the cover."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.files import discard, store, sweep
from cluster_portal.knowledge.models import Article, ArticlePicture
from cluster_portal.knowledge.services.writing import editable, touch

if TYPE_CHECKING:
    from members.models import User

FOLDER = "article-pictures"
MOST = 8


@transaction.atomic
def add_picture(article: Article, values: dict[str, Any], *, by: User) -> ArticlePicture:
    """Stored within the transaction; what a rollback leaves behind, the sweep takes."""
    article = editable(article, by=by)
    if article.pictures.count() >= MOST:
        raise Refused(_("At most %(count)s pictures can be added.") % {"count": MOST})
    words = {name: value for name, value in values.items() if name != "picture"}
    made = ArticlePicture.objects.create(
        article=article, stored=store(values["picture"], FOLDER), **words,
        is_cover=not article.pictures.filter(is_cover=True).exists(),
    )  # fmt: skip
    audit.record(article, "picture added", by=by, details={"picture": made.pk})
    touch(article)
    return made


def _still_there(article: Article, picture: ArticlePicture) -> ArticlePicture:
    """Of an article that is locked."""
    row: ArticlePicture | None = article.pictures.filter(pk=picture.pk).first()
    if row is None:
        raise Refused(_("Somebody else has removed this meanwhile."))
    return row


@transaction.atomic
def make_cover(picture: ArticlePicture, *, by: User) -> None:
    article = editable(picture.article, by=by)
    picture = _still_there(article, picture)
    article.pictures.update(is_cover=False)
    article.pictures.filter(pk=picture.pk).update(is_cover=True)
    audit.record(article, "cover chosen", by=by, details={"picture": picture.pk})
    touch(article)


@transaction.atomic
def remove_picture(picture: ArticlePicture, *, by: User) -> None:
    """Of several, the oldest becomes the cover when the cover goes."""
    article = editable(picture.article, by=by)
    picture = _still_there(article, picture)
    audit.record(article, "picture removed", by=by, details={"picture": picture.pk})
    stored = picture.stored
    picture.delete()
    first = article.pictures.order_by("pk").first()
    if first is not None and not article.pictures.filter(is_cover=True).exists():
        article.pictures.filter(pk=first.pk).update(is_cover=True)
    touch(article)
    transaction.on_commit(lambda: discard(stored))


def sweep_pictures() -> int:
    def known(names: list[str]) -> set[str]:
        rows = ArticlePicture.objects.filter(stored__in=names)
        return set(rows.values_list("stored", flat=True))

    return sweep(FOLDER, known)

"""The example's articles, from a plain data file."""

from __future__ import annotations

import datetime
import tomllib
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from cluster_portal.core import search
from cluster_portal.core.files import Upload, store
from cluster_portal.core.files.pictures import ENDING
from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.knowledge.demo.landscapes import landscape
from cluster_portal.knowledge.models import Article, ArticleEntry, ArticlePicture
from cluster_portal.knowledge.models.article_parts import Licence
from cluster_portal.knowledge.models.articles import TEXTS, Stage
from cluster_portal.knowledge.services.pictures import FOLDER
from members.matching import NAMED
from members.models import Cluster, Organisation, User

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]
PLAIN = ("slug", "kind", "visibility", "sectors", "link", "stage", "answer", "shows_author")
HOUR = datetime.time(9)


@transaction.atomic
def load(folder: Path, today: datetime.date) -> None:
    rows = tomllib.loads((folder / "articles.toml").read_text(encoding="utf-8"))
    for row in rows["article"]:
        if not Article.objects.filter(slug=row["slug"]).exists():
            _load_article(row, today)


def _load_article(row: Row, today: datetime.date) -> None:
    owner = row.get("organisation")
    article = Article(
        home_cluster=Cluster.objects.get(slug=row["cluster"]),
        organisation=Organisation.objects.get(external_id=owner) if owner else None,
        author=User.objects.filter(email=row["by"]).first(),
        region=Term.objects.filter(scheme=Scheme.REGION, code=row.get("region", "")).first(),
        **{name: row[name] for name in PLAIN if name in row},
        **{name: row[name].strip() for name in TEXTS if name in row},
    )
    article.stage = row.get("stage", Stage.PUBLISHED)
    if "published_days_ago" in row:
        article.published_at = _moment(today, -row["published_days_ago"])
    if "publish_in_days" in row:
        article.publish_at = _moment(today, row["publish_in_days"])
    article.full_clean(exclude=["search"])
    article.save()
    article.terms.set(Term.objects.filter(scheme__in=NAMED, code__in=row.get("terms", [])))
    for position, entry in enumerate(row.get("entry", []), start=1):
        ArticleEntry.objects.create(article=article, position=position, **entry)
    if "picture" in row:
        _add_picture(article, row["picture"])
    search.reindex(article)


def _add_picture(article: Article, row: Row) -> None:
    words = dict(row)
    sky, glow, ground = (tuple(words.pop(name)) for name in ("sky", "glow", "ground"))
    drawn = Upload("kuva.webp", ENDING, landscape(sky, glow, ground))
    ArticlePicture.objects.create(
        article=article, stored=store(drawn, FOLDER), is_cover=True, licence=Licence.GENERATED,
        **words,
    )  # fmt: skip


def _moment(today: datetime.date, days: int) -> datetime.datetime:
    return timezone.make_aware(
        datetime.datetime.combine(today + datetime.timedelta(days=days), HOUR)
    )

"""Articles as a content type, and with it what else this app declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import (
    Card,
    Chore,
    Content,
    Demo,
    Destination,
    Erasure,
    Following,
    Found,
    FrontSection,
    OrganisationSection,
    PersonalData,
    Queue,
    Yearly,
)
from cluster_portal.core.reading import Reading
from cluster_portal.knowledge import desk, digest, erasure, exports
from cluster_portal.knowledge.content import library, signals, situation
from cluster_portal.knowledge.demo import load
from cluster_portal.knowledge.models import Article
from cluster_portal.knowledge.pages import articles, front
from cluster_portal.knowledge.services.pictures import sweep_pictures
from cluster_portal.knowledge.services.writing import sweep_files

if TYPE_CHECKING:
    from typing import Any

    from cluster_portal.core.visibility import Reader
    from members.models import Organisation

ON_ORGANISATION = 6


def out(user: Reader) -> Any:
    return Article.objects.visible_to(user).out()


def of_organisation(organisation: Organisation, user: Reader) -> list[dict[str, Any]]:
    rows = articles.of_reader(user).filter(organisation=organisation)
    return [articles.row(article) for article in rows[:ON_ORGANISATION]]


ARTICLES = Content(
    "articles", 15, articles.TITLE, Article,
    navigation=(Destination("news", _("News"), "knowledge:list"),),
    lists=(articles.ARTICLES,),
    search=(Found("articles", articles.TITLE, out),),
    reading=(Reading("articles", articles.about),),
    front=(
        FrontSection("articles", front.latest, "knowledge/_front.html"),
        FrontSection("journey", front.journey, "knowledge/_front_journey.html", order=46),
    ),
    organisation=(OrganisationSection("articles", articles.TITLE, of_organisation, order=65),),
    desk=(Card("articles-mine", _("Articles under way"), desk.my_articles, order=57,
               among=desk.articles_of),),
    queues=(Queue("articles-to-review", desk.to_review, days=7),),
    digest=digest.ARTICLES,
    following=(
        Following(
            "articles", articles.TITLE, Article.objects.visible_to, Article.get_stage_display,
            {"moved": _("The article has moved on.")},
        ),
    ),
    yearly=(Yearly("articles", _("Articles published"), out, "published_at"),),
    exports=(
        PersonalData("articles", _("Articles that I have written"), exports.articles),
        PersonalData(
            "page-versions", _("Standing pages that I have edited"), exports.page_versions
        ),
    ),
    erasure=(Erasure("articles", articles.TITLE, erasure.effects, erasure.erase,
                     forget=erasure.forget),),
    chores=(Chore("article-files", sweep_files), Chore("article-pictures", sweep_pictures)),
    demo=(Demo("articles", load, order=70),),
)  # fmt: skip

TYPES = (ARTICLES, *situation.TYPES, *signals.TYPES, *library.TYPES)

"""Who moves an article from which stage to which."""

import pytest

from cluster_portal.knowledge.models import articles
from tests.knowledge import factories as make
from tests.workflows import reasoned, steps, wanted

EDITORS = "lead office admin author"
COORDINATORS = "office admin"
ARTICLE = {
    "submit": (EDITORS, {"draft": "in_review"}),
    "publish": (
        COORDINATORS,
        {"draft": "published", "in_review": "published", "scheduled": "published"},
    ),
    "schedule": (COORDINATORS, {"draft": "scheduled", "in_review": "scheduled"}),
    "send_back": (COORDINATORS, {"in_review": "draft", "scheduled": "draft"}),
    "take_back": (EDITORS, {"in_review": "draft"}),
    "withdraw": (
        EDITORS,
        {
            "draft": "withdrawn", "in_review": "withdrawn", "scheduled": "withdrawn",
            "published": "withdrawn",
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("stage", articles.Stage)
def test_article_moves_by_its_table(stage, cast, member, company, home_cluster):
    article = make.article(home_cluster, organisation=company, author=member, stage=stage)
    people = {**cast, "author": member}
    del people["member"]

    assert steps(articles.MOVES, article, people) == wanted(ARTICLE, stage)
    assert reasoned(articles.MOVES) == {"send_back", "withdraw"}

"""Who moves an article, a situation review or a signal from which stage to which."""

import pytest

from cluster_portal.knowledge.models import articles, reviews, signals
from tests.knowledge import factories as make
from tests.knowledge import situation_factories
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
REVIEW = {
    "propose": (COORDINATORS, {"draft": "proposed"}),
    "approve": (COORDINATORS, {"proposed": "approved"}),
    "send_back": (COORDINATORS, {"proposed": "draft"}),
    "reopen": (COORDINATORS, {"approved": "draft"}),
}
SIGNAL = {
    "open": (COORDINATORS, {"proposed": "open", "rejected": "open", "closed": "open"}),
    "reject": (COORDINATORS, {"proposed": "rejected"}),
    "close": (COORDINATORS, {"open": "closed"}),
}


@pytest.mark.parametrize("stage", articles.Stage)
def test_article_moves_by_its_table(stage, cast, member, company, home_cluster):
    article = make.article(home_cluster, organisation=company, author=member, stage=stage)
    people = {**cast, "author": member}
    del people["member"]

    assert steps(articles.MOVES, article, people) == wanted(ARTICLE, stage)
    assert reasoned(articles.MOVES) == {"send_back", "withdraw"}


@pytest.mark.parametrize("stage", reviews.Stage)
def test_review_moves_by_its_table(stage, cast, home_cluster):
    review = situation_factories.review(home_cluster, stage=stage)

    assert steps(reviews.MOVES, review, cast) == wanted(REVIEW, stage)
    assert reasoned(reviews.MOVES) == {"approve", "send_back", "reopen"}


@pytest.mark.parametrize("stage", signals.Stage)
def test_signal_moves_by_its_table(stage, cast, member, home_cluster):
    signal = situation_factories.signal(home_cluster, author=member, stage=stage)
    people = {**{who: user for who, user in cast.items() if who != "member"}, "author": member}

    assert steps(signals.MOVES, signal, people) == wanted(SIGNAL, stage)
    assert reasoned(signals.MOVES) == {"reject", "close"}

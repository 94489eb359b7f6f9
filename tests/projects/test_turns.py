"""The desk counts a challenge exactly when its page says that it is the reader's turn."""

import pytest
from django.utils import timezone

from projects.models.challenges import Stage
from tests import factories
from tests.projects import factories as made


@pytest.mark.parametrize("party", ["lead", "member", "office"])
@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.CLOSED, Stage.UNMATCHED])
def test_desk_counts_a_challenge_that_its_page_calls_ones_turn(  # noqa: PLR0917
    client, company, home_cluster, lead, member, office, stage, party, request
):
    decided = {"decided_at": timezone.now()} if stage == Stage.UNMATCHED else {}
    challenge = made.challenge(home_cluster, organisation=company, stage=stage, **decided)
    client.force_login(factories.verified(request.getfixturevalue(party)))

    page = client.get(challenge.get_absolute_url()).content.decode()
    cards = {card["key"]: card["rows"] for card in client.get("/me/").context["waiting"]}

    says = "Nyt on sinun vuorosi" in page
    assert ("projects-decide" in cards) == says
    assert says == (party == "lead" and stage == Stage.CLOSED)

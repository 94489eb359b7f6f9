"""Desk, queue and page of a membership application say the same of whose turn it is."""

import pytest

from members.admin.memberships import WaitingFilter
from members.models import Membership
from members.models.memberships import Stage
from members.registrations import application_queue
from tests import factories
from tests.members.factories import at, submitted

YOURS = "Nyt on sinun vuorosi"


def desk(client):
    page = client.get("/me/")
    cards = {card["key"]: card["rows"] for card in page.context["waiting"]}
    return page.context["waiting_count"], cards


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("who", ["applicant", "coordinator"])
def test_desk_counts_what_the_page_calls_ones_turn(
    client, home_cluster, outsider, office, stage, who
):
    made = at(stage, outsider, home_cluster)
    reader = outsider if who == "applicant" else office
    client.force_login(reader)

    page = client.get(made.get_absolute_url())
    count, _cards = desk(client)

    is_hers = page.status_code == 200 and YOURS in page.content.decode()
    assert count == int(is_hers)
    assert is_hers == (who == {
        Stage.DRAFT: "applicant", Stage.MORE_INFORMATION: "applicant",
        Stage.SUBMITTED: "coordinator", Stage.IN_REVIEW: "coordinator",
    }.get(stage))  # fmt: skip


@pytest.mark.parametrize("stage", list(Stage))
def test_queue_and_filter_count_what_is_the_coordinators_turn(
    home_cluster, outsider, office, stage
):
    at(stage, outsider, home_cluster)
    waiting = WaitingFilter(None, {"waiting": ["yes"]}, Membership, None)

    found = waiting.queryset(None, Membership.objects.in_scope_of(office))

    assert application_queue(office).count == found.count()
    assert found.count() == int(stage in {Stage.SUBMITTED, Stage.IN_REVIEW})


def test_contact_reads_the_turn_of_her_organisations_application_as_her_desk_says(
    client, lead, company, other_cluster
):
    made = factories.membership(
        company, other_cluster, stage="more_information", applicant=factories.user()
    )
    client.force_login(lead)

    page = client.get(made.get_absolute_url()).content.decode()

    assert YOURS in page
    assert desk(client)[1]["applications-to-finish"] == [made]


def test_sent_application_is_on_the_desk_among_ones_own(client, home_cluster, outsider):
    made = submitted(outsider, home_cluster)
    client.force_login(outsider)

    page = client.get("/me/")

    assert page.context["waiting_count"] == 0
    assert {card["key"]: card["rows"] for card in page.context["mine"]}["my-applications"] == [made]

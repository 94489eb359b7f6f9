"""Desk, queue and page of a membership application say the same of whose turn it is."""

import pytest

from members.admin.memberships import WaitingFilter
from members.models import Membership
from members.models.memberships import Stage
from members.pages import queues
from tests import factories
from tests.members.factories import at, submitted

YOURS = "Nyt on sinun vuorosi"


def desk(client):
    page = client.get("/me/")
    cards = {card["key"]: card["rows"] for card in page.context["waiting"]}
    return page.context["waiting_count"], cards


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("who", ["applicant", "coordinator", "administrator"])
def test_desk_counts_what_the_page_calls_ones_turn(  # noqa: PLR0917
    client, home_cluster, outsider, office, admin_user, stage, who
):
    made = at(stage, outsider, home_cluster)
    readers = {"applicant": outsider, "coordinator": office, "administrator": admin_user}
    client.force_login(readers[who])

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

    assert queues.applications(office).count == found.count()
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


def test_own_application_is_no_coordinators_turn_in_their_own_cluster(client, home_cluster, office):
    made = at(Stage.SUBMITTED, office, home_cluster)
    client.force_login(office)

    page = client.get(made.get_absolute_url()).content.decode()

    assert YOURS not in page
    assert desk(client)[0] == 0


ASKERS = ("lead", "deputy", "member", "office", "other_office", "asker")


@pytest.mark.parametrize("has_contact", [True, False])
@pytest.mark.parametrize("who", ASKERS)
def test_desk_counts_a_colleague_whom_the_people_page_lets_one_confirm(  # noqa: PLR0917
    client, company, lead, member, office, other_office, who, has_contact
):
    asker, deputy = factories.user("asker@example.org"), factories.user("deputy@example.org")
    factories.affiliation(deputy, company, role="deputy")
    asked = factories.affiliation(asker, company, stage="requested")
    if not has_contact:
        company.affiliations.filter(user=lead).update(stage="ended")
    people = {"asker": asker, "deputy": deputy, "lead": lead, "member": member,
              "office": office, "other_office": other_office}  # fmt: skip
    client.force_login(people[who])

    page = client.get(f"/members/{company.slug}/people/")
    cards = desk(client)[1]

    offers = page.status_code == 200 and "confirm" in {
        name for row in page.context["waiting"] for name, _move in row["moves"]
    }
    assert (cards.get("colleagues-to-confirm") == [asked]) == offers
    assert offers == (who in {"deputy", "lead" if has_contact else "office"})


def test_sent_application_is_on_the_desk_among_ones_own(client, home_cluster, outsider):
    made = submitted(outsider, home_cluster)
    client.force_login(outsider)

    page = client.get("/me/")

    assert page.context["waiting_count"] == 0
    assert {card["key"]: card["rows"] for card in page.context["mine"]}["my-applications"] == [made]

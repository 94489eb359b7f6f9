"""The contact list of a cluster: who is on it, who may take it, and that it is no program."""

import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils.translation import override

from cluster_portal.core import audit
from members.services import named_people
from members.services.named_people import Named
from tests import factories


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def people(company, lead, home_cluster, other_cluster, office):
    """A contact with an account, a named deputy, a private member, and somebody elsewhere."""
    factories.membership(factories.user("yksin@example.org"), home_cluster)
    named_people.record_person(
        Named("=HYPERLINK()", "aino@example.org", "deputy", phone="040 123 4567"), home_cluster,
        by=office, source="Rekisteri", organisation=company,
    )  # fmt: skip
    elsewhere = factories.organisation("Vieras Oy")
    factories.membership(elsewhere, other_cluster)
    factories.affiliation(factories.user("vieras@example.org"), elsewhere)


def take(client, cluster, **values):
    address = reverse("admin:contact_list")
    return client.post(address, {"cluster": cluster.pk, "format": "csv", **values})


def addresses(page):
    lines = page.content.decode("utf-8-sig").splitlines()[1:]
    return [line.split(";")[8] for line in lines]


def test_everybody_of_the_cluster_is_on_it(people, home_cluster, office, client):
    client.force_login(office)

    page = take(client, home_cluster)

    assert sorted(addresses(page)) == [
        "aino@example.org", "lead@example.org", "yksin@example.org",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"roles": ["deputy"]}, ["aino@example.org"]),
        ({"roles": ["private"]}, ["yksin@example.org"]),
        ({"sectors": ["business"], "roles": ["contact"]}, ["lead@example.org"]),
        ({"kinds": ["university"]}, []),
    ],
)
def test_it_is_narrowed_by_role_kind_and_sector(
    people, home_cluster, office, client, chosen, found
):
    client.force_login(office)

    assert addresses(take(client, home_cluster, **chosen)) == found


def test_what_a_spreadsheet_would_compute_is_text(people, home_cluster, office, client):
    client.force_login(office)

    page = take(client, home_cluster, format="xlsx", roles=["deputy"])

    sheet = openpyxl.load_workbook(io.BytesIO(page.content)).active
    names = [(row[5].value, row[5].data_type, row[9].value) for row in sheet.iter_rows(min_row=2)]
    assert names == [("'=HYPERLINK()", "s", "040 123 4567")]


def test_taking_it_is_an_act_of_the_cluster(people, home_cluster, office, client):
    client.force_login(office)

    take(client, home_cluster, roles=["deputy"])

    act = audit.of(home_cluster).get()
    assert (act.action, act.actor) == ("contact list exported", office)
    assert act.details == {"roles": ["deputy"], "rows": 1, "format": "csv"}


@pytest.mark.parametrize("who", ["other_office", "lead"])
def test_only_the_clusters_coordinators_take_it(request, people, home_cluster, client, who):
    client.force_login(request.getfixturevalue(who))

    page = take(client, home_cluster)

    assert page.status_code in {302, 422}
    assert not audit.of(home_cluster).exists()


def test_it_asks_the_database_as_often_for_one_member_as_for_many(
    people, home_cluster, office, client, django_assert_max_num_queries
):
    for _each in range(3):
        firm = factories.organisation()
        factories.membership(firm, home_cluster)
        factories.affiliation(factories.user(), firm)
    client.force_login(office)

    with django_assert_max_num_queries(30):
        assert len(addresses(take(client, home_cluster))) == 6

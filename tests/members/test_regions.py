"""The sheet on a region: what it counts, and what it never tells."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cluster_portal.core import vocabulary
from cluster_portal.core.visibility import Visibility
from members.models import RegionProfile
from members.pages import regions
from tests import factories
from tests.members import need_factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return factories.region("11")


@pytest.fixture
def function():
    return vocabulary.terms("vital_function")[0]


@pytest.fixture
def owner(home_cluster, region):
    made = factories.organisation("Savon Varavoima Oy", region=region)
    factories.membership(made, home_cluster)
    return made


def row_of(shown, function):
    return next(row for row in shown["balance"]["rows"] if row[0] == function.label)


def text(region, cluster, **values):
    values = {"lead_fi": "Vahva vedessä.", "source": "Kooste", **values}
    return RegionProfile.objects.create(region=region, home_cluster=cluster, **values)


def test_sheet_counts_capabilities_of_the_region_alone(
    outsider, home_cluster, owner, region, function
):
    elsewhere = factories.organisation("Muualla Oy", region=factories.region("06"))
    factories.membership(elsewhere, home_cluster)
    factories.capability(owner, home_cluster, terms=[function])
    factories.capability(elsewhere, home_cluster, terms=[function])

    shown = regions.values(region, outsider)

    assert row_of(shown, function) == [function.label, 1, 0, 0, "1"]
    assert shown["counts"]["all"] == 1


@pytest.mark.parametrize(
    ("visibility", "counts"),
    [
        (Visibility.PUBLIC, [1, 1]),
        (Visibility.MEMBERS, [1, 0]),
        (Visibility.CLUSTER, [0, 0]),
        (Visibility.PRIVATE, [0, 0]),
    ],
)
def test_sheet_counts_what_every_member_may_see(
    member, outsider, home_cluster, owner, visibility, counts
):
    factories.capability(owner, home_cluster, visibility=visibility)

    shown = [regions.values(owner.region, user) for user in (member, outsider)]

    assert [each["counts"]["all"] for each in shown] == counts


def test_coordinator_prints_no_more_than_a_member_sees(home_cluster, owner, region, function):
    factories.capability(owner, home_cluster, terms=[function], visibility=Visibility.PRIVATE)

    shown = regions.values(region, factories.coordinator(home_cluster))

    assert shown["counts"]["all"] == 0


def test_gap_is_a_task_with_more_needs_than_capabilities(member, home_cluster, owner, region):
    task = vocabulary.terms("security_task")[0]
    for _ in range(2):
        need = need_factories.need(home_cluster, owner, region=region)
        need.terms.set([task])

    shown = regions.values(region, member)

    assert shown["gaps"] == [{"name": task.label, "text": "2 tarvetta, 0 osaamista"}]
    assert shown["strengths"] == []


def test_code_leads_to_the_address(client):
    response = client.get("/members/figures/region/11/")

    assert response.url == "/members/figures/region/pohjois-savo/"


@pytest.mark.parametrize("address", ["nowhere", "99", "x" * 300])
def test_unknown_region_is_not_found(client, address):
    assert client.get(f"/members/figures/region/{address}/").status_code == 404


def test_text_of_the_coordinator_is_escaped_and_has_its_source(client, home_cluster, region):
    text(region, home_cluster, strengths_fi="<b>Vesi</b>", source="Haastattelut")

    page = client.get(reverse("members:region", args=["pohjois-savo"])).content.decode()

    assert "&lt;b&gt;Vesi&lt;/b&gt;" in page
    assert "Haastattelut" in page


def test_text_for_members_is_hidden_from_visitors(outsider, member, home_cluster, region):
    written = text(region, home_cluster, visibility=Visibility.MEMBERS)

    assert regions.values(region, outsider)["text"] is None
    assert regions.values(region, member)["text"] == written


def test_region_of_a_cluster_is_written_by_its_own_coordinators(home_cluster):
    other = factories.cluster("muu", region=factories.region("11"))
    written = RegionProfile(region=other.region, home_cluster=home_cluster, source="Kooste")

    with pytest.raises(ValidationError, match="oma klusteri"):
        written.full_clean()


def test_marked_text_is_refused(home_cluster, region):
    written = RegionProfile(
        region=region, home_cluster=home_cluster, source="Kooste", gaps_fi="TL IV: varavoima"
    )

    with pytest.raises(ValidationError):
        written.full_clean()


def test_coordinator_is_led_to_the_text_of_the_own_region(home_cluster):
    region = home_cluster.region
    coordinator = factories.coordinator(home_cluster)

    before = regions.values(region, coordinator)["edit_url"]
    written = text(region, home_cluster)
    after = regions.values(region, coordinator)["edit_url"]

    assert before == f"/admin/members/regionprofile/add/?region={region.pk}"
    assert after == f"/admin/members/regionprofile/{written.pk}/change/"
    assert regions.values(factories.region("11"), coordinator)["edit_url"] == ""


def test_page_costs_the_same_for_1_and_10_capabilities(
    client, home_cluster, owner, region, function, django_assert_max_num_queries
):
    def load():
        return client.get(reverse("members:region", args=["pohjois-savo"]))

    factories.capability(owner, home_cluster, terms=[function])
    load()
    with django_assert_max_num_queries(20) as few:
        load()
    for _ in range(9):
        factories.capability(owner, home_cluster, terms=[function])

    with django_assert_max_num_queries(len(few)):
        load()

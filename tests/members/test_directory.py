import pytest
from django.core.management import call_command
from django.urls import reverse

from cluster_portal.core import search
from members.models import Organisation
from tests import factories

pytestmark = pytest.mark.server


def make(count, cluster, first=0):
    made = []
    for number in range(first, first + count):
        row = factories.organisation(
            f"Yritys {number:02}", slug=f"yritys-{number}", region=factories.region(),
            description="Tekee varavoimaa.",
        )  # fmt: skip
        factories.membership(row, cluster)
        made.append(row)
    search.reindex(made)
    return made


def titles(response):
    return [row.name for row in response.context["page"]]


@pytest.mark.parametrize(
    "address", ["/members/", "/members/?q=varavoima", "/members/?sector=business"]
)
def test_list_costs_the_same_for_1_and_30_rows(
    client, home_cluster, django_assert_max_num_queries, address
):
    make(1, home_cluster)
    client.get(address)
    with django_assert_max_num_queries(8) as few:
        client.get(address)
    make(29, home_cluster, first=1)

    with django_assert_max_num_queries(8) as many:
        response = client.get(address)

    assert response.context["faceted"].count == 30
    assert len(many) <= len(few)  # few hits are followed by what is related, many are not


@pytest.mark.parametrize("q", ["varavoima", "varavoiman", "yritys 03", "varavoma", "pirkanmaa"])
def test_organisation_is_found_by_name_text_and_region(client, home_cluster, q):
    make(5, home_cluster)
    other = factories.organisation("Täysin muu", kind="association")
    search.reindex(other)

    found = titles(client.get("/members/", {"q": q}))

    assert "Yritys 03" in found
    assert "Täysin muu" not in found


def test_facet_counts_are_of_what_the_reader_sees(client, home_cluster):
    make(2, home_cluster)
    factories.organisation(visibility="private", kind="company")

    groups = client.get("/members/").context["faceted"].groups

    sectors = {option.value: option.count for option in groups[0].options}
    assert sectors["business"] == 2


def test_cluster_facet_counts_current_members_only(client, home_cluster, other_cluster):
    make(2, home_cluster)
    past = factories.organisation()
    factories.membership(past, home_cluster, stage="ended")

    response = client.get("/members/", {"cluster": home_cluster.slug})

    assert response.context["faceted"].count == 2


def test_hidden_organisation_changes_nothing_for_a_visitor(client, home_cluster):
    make(2, home_cluster)
    before = client.get("/members/").content
    hidden = factories.organisation(visibility="private", description="kanarialintu")
    search.reindex(hidden)

    assert client.get("/members/").content == before
    assert client.get("/members/", {"q": "kanarialintu"}).context["faceted"].count == 0


def test_hidden_organisation_answers_as_one_that_is_not(client, company):
    hidden = factories.organisation(visibility="private", slug="salainen")

    answers = [client.get(f"/members/{slug}/") for slug in (hidden.slug, "ei-ole-olemassa")]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_people_are_shown_to_members_only(client, company, lead, member, outsider):
    address = company.get_absolute_url()

    client.force_login(outsider)
    assert str(lead) not in client.get(address).content.decode()
    client.force_login(member)
    assert str(lead) in client.get(address).content.decode()


def test_ended_organisation_names_its_successor(client, db):
    new = factories.organisation("Uusi virasto")
    old = factories.organisation("Vanha virasto", successor=new, valid_until="2025-12-31")

    page = client.get(old.get_absolute_url()).content.decode()

    assert new.get_absolute_url() in page


def test_invisible_successor_is_not_named(client, db):
    new = factories.organisation("Salattu virasto", visibility="private")
    old = factories.organisation("Vanha virasto", successor=new, valid_until="2025-12-31")

    assert "Salattu" not in client.get(old.get_absolute_url()).content.decode()


def test_members_stand_first_and_the_ended_last(client, home_cluster):
    names = {"Aa ended": "2020-01-01", "Bb other": None, "Cc member": None}
    made = [factories.organisation(name, valid_until=day) for name, day in names.items()]
    factories.membership(made[2], home_cluster)

    page = client.get("/members/").context["page"]

    assert [row.name for row in page] == ["Cc member", "Bb other", "Aa ended"]


def test_alphabet_ends_with_finnish_letters(client, home_cluster):
    for name in ("Öljy", "Ääri", "Ågren", "Zeta", "Üksi", "Virtanen", "Wallin"):
        factories.organisation(name)

    assert titles(client.get("/members/")) == [
        "Virtanen", "Wallin", "Üksi", "Zeta", "Ågren", "Ääri", "Öljy",
    ]  # fmt: skip


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=abc", "page=999999999999", "page=2"])
def test_page_that_is_none_is_not_found(client, home_cluster, query):
    assert client.get(f"/members/?{query}").status_code == 404


@pytest.mark.parametrize(
    "query",
    ["sector=%27--", "cluster=0", "region=" + "9" * 200, "sort=__class__", "q=" + "x" * 3000,
     "q=%25_%25", "q=a%3A*%26!(", "q=%22", "kind=a&kind=b", "colour=red"],
)  # fmt: skip
def test_odd_parameters_are_ignored(client, home_cluster, query):
    assert client.get(f"/members/?{query}").status_code == 200


def test_fragment_is_returned_alone_to_htmx(client, home_cluster):
    response = client.get("/members/", headers={"hx-request": "true"})

    assert b"<html" not in response.content
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("prefix", ["", "/sv", "/en"])
def test_cluster_page_tells_terms_with_their_source(client, home_cluster, company, prefix):
    home_cluster.terms.create(
        organisation=company, from_year=2014, to_year=2017, source="Esittely 2020"
    )

    page = client.get(f"{prefix}/clusters/{home_cluster.slug}/").content.decode()

    assert "2014–2017" in page
    assert "Esittely 2020" in page


def test_import_makes_organisations_that_the_directory_finds(client, tmp_path, db):
    file = tmp_path / "o.csv"
    file.write_text("external_id,name,kind\nx,Tuotu Yhdistys ry,association\n")
    call_command("import_organisations", str(file))

    assert titles(client.get("/members/", {"q": "tuotu"})) == ["Tuotu Yhdistys ry"]
    assert (
        client.get(reverse("members:organisation", args=["tuotu-yhdistys-ry"])).status_code == 200
    )
    assert Organisation.objects.get().search_title == "Tuotu Yhdistys ry"

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core import audit, search
from cluster_portal.core.imports import Outcome
from cluster_portal.core.vocabulary import Term
from members.models import Organisation
from members.pages import figures, pictures
from members.services.organisation_import import import_organisations
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

    page = client.get("/members/?everyone=yes").context["page"]

    assert [row.name for row in page] == ["Cc member", "Bb other", "Aa ended"]


def test_alphabet_ends_with_finnish_letters(client, home_cluster):
    for name in ("Öljy", "Ääri", "Ågren", "Zeta", "Üksi", "Virtanen", "Wallin"):
        factories.membership(factories.organisation(name), home_cluster)

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

    everyone = {"q": "tuotu", "everyone": "yes"}
    assert titles(client.get("/members/", everyone)) == ["Tuotu Yhdistys ry"]
    assert (
        client.get(reverse("members:organisation", args=["tuotu-yhdistys-ry"])).status_code == 200
    )
    assert Organisation.objects.get().search_title == "Tuotu Yhdistys ry"


# Members by default


def test_others_are_shown_only_when_asked_for_and_never_among_the_members(client, home_cluster):
    make(2, home_cluster)
    factories.organisation("Vieras Oy")
    factories.membership(factories.organisation("Entinen Oy"), home_cluster, stage="ended")

    members, everyone = client.get("/members/"), client.get("/members/?everyone=yes")

    assert titles(members) == ["Yritys 00", "Yritys 01"]
    assert members.context["count_text"] == "2 jäsentä"
    assert [(way["count"], way["is_current"]) for way in members.context["ways"]] == [
        (2, True), (4, False),
    ]  # fmt: skip
    assert titles(everyone) == ["Yritys 00", "Yritys 01", "Entinen Oy", "Vieras Oy"]
    assert everyone.content.decode().count("Ei jäsen") == 2


def test_facet_counts_are_of_members_whatever_else_is_chosen(client, home_cluster):
    make(2, home_cluster)
    factories.organisation(region=factories.region(), kind="association")

    groups = {
        group.key: {option.value: option.count for option in group.options}
        for group in client.get("/members/?region=06").context["faceted"].groups
    }

    assert groups["region"]["06"] == 2
    assert groups["sector"]["third"] == 0


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("letter=a", ["Aalto Oy"]),
        ("letter=%C3%A4", ["Äly Oy"]),
        ("letter=%C3%A5", ["Åström Oy"]),
        ("activity=rdi", ["Aalto Oy"]),
        ("language=se", ["Äly Oy"]),
        ("municipality=Kuopio", ["Äly Oy"]),
        ("goal=sdg-6", ["Åström Oy"]),
        ("specialisation=s3-water-systems", ["Åström Oy"]),
        ("q=humanitaarinen", ["Äly Oy"]),
        ("q=pohjoissaame", ["Äly Oy"]),
        ("q=vedenpuhdistin", ["Aalto Oy"]),
    ],
)
def test_members_are_found_by_what_their_page_tells(client, home_cluster, query, found):
    first = factories.organisation(
        "Aalto Oy", activities=["rdi"], summary="Vedenpuhdistimia kriiseihin."
    )
    second = factories.organisation(
        "Äly Oy", languages=["se"], activities=["humanitarian"], municipality="Kuopio"
    )
    third = factories.organisation("Åström Oy")
    third.terms.set(Term.objects.filter(code__in=["sdg-6", "s3-water-systems"]))
    for each in (first, second, third):
        factories.membership(each, home_cluster)
        search.reindex(each)

    assert titles(client.get(f"/members/?{query}")) == found


def test_letters_under_which_nobody_stands_lead_nowhere(client, home_cluster):
    for name in ("Aalto Oy", "Äly Oy"):
        factories.membership(factories.organisation(name), home_cluster)
    factories.organisation("Muu Oy")

    letters = client.get("/members/").context["letters"]

    assert [letter["name"] for letter in letters if letter["url"]] == ["A", "Ä"]


def test_stale_facts_are_marked_in_the_list(client, home_cluster):
    old, fresh = make(2, home_cluster)
    Organisation.objects.filter(pk=old.pk).update(confirmed_on="2024-02-03")
    Organisation.objects.filter(pk=fresh.pk).update(confirmed_on=timezone.localdate())

    shown = client.get("/members/").content.decode()

    assert shown.count("Tiedot vahvistettu") == 1
    assert "3.2.2024" in shown


# One number of members everywhere


@pytest.mark.parametrize("who", [None, "outsider", "member", "office"])
def test_every_page_tells_the_same_number_of_members(
    client, request, home_cluster, other_cluster, company, who
):
    make(3, home_cluster)
    both = factories.organisation(region=factories.region("11"))
    factories.membership(both, home_cluster)
    factories.membership(both, other_cluster)
    factories.membership(factories.organisation(visibility="members"), home_cluster)
    factories.membership(factories.organisation(), home_cluster, until="2026-06-30")
    factories.organisation("Ei jäsen Oy")
    reader = request.getfixturevalue(who) if who else AnonymousUser()
    if who:
        client.force_login(reader)

    page = client.get("/members/").context
    told = {
        "list": page["faceted"].count,
        "way": page["ways"][0]["count"],
        "sectors": sum(sector["count"] for sector in page["sectors"]),
        "map": sum(region["count"] for region in page["where"]),
        "front": pictures.front_section(reader)["total"],
        "figures": figures.values(reader, None)["total"],
    }
    shown = 6 if who in {"member", "office"} else 5
    assert set(told.values()) == {shown}
    cluster = client.get(f"/clusters/{home_cluster.slug}/").context["total"]
    of_cluster = client.get(f"/members/?cluster={home_cluster.slug}").context["faceted"].count
    assert cluster == of_cluster == figures.values(reader, home_cluster)["total"] == shown
    assert str(page["lead"]).startswith(f"{shown} organisaatiota")


# Taken out by coordinators


def exported(client, query="", form="csv"):
    return client.post(f"/members/export/{query}", {"format": form})


def test_coordinator_takes_out_what_they_look_after_and_it_is_recorded(
    client, office, home_cluster, other_cluster
):
    make(2, home_cluster)
    factories.membership(factories.organisation("=HYPERLINK(1) Oy"), home_cluster)
    factories.membership(factories.organisation("Muualla Oy"), other_cluster)
    client.force_login(office)

    text = exported(client).content.decode("utf-8-sig")

    lines = text.splitlines()
    assert len(lines) == 4
    assert "'=HYPERLINK(1) Oy" in text
    assert "Muualla" not in text
    act = audit.AuditEntry.objects.get(action="exported")
    assert (act.actor, act.details) == (office, {"list": "members", "rows": 3})


def test_export_follows_the_choices_of_the_list_and_can_be_read_again(
    client, office, home_cluster, tmp_path
):
    made = make(3, home_cluster)
    Organisation.objects.filter(pk=made[0].pk).update(
        external_id="a",
        municipality="Kuopio",
        languages=["fi", "se"],
        activities=["rdi"],
        summary="Vahti.",
    )
    client.force_login(office)
    file = tmp_path / "o.xlsx"
    file.write_bytes(exported(client, "?municipality=Kuopio", "xlsx").content)

    report = import_organisations(file.read_bytes(), by=office, cluster=home_cluster)

    assert (len(report.faults), report.count(Outcome.UNCHANGED)) == (0, 1)


@pytest.mark.parametrize("who", ["member", "lead", "outsider"])
def test_others_take_out_nothing(client, request, company, who):
    client.force_login(request.getfixturevalue(who))

    assert exported(client).status_code == 404


def test_unknown_format_is_not_found(client, office):
    client.force_login(office)

    assert exported(client, form="exe").status_code == 404

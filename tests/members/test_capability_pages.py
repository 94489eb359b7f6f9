"""The list, the comparison, the form and the import of capabilities, as readers use them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cluster_portal.core.imports import Outcome
from cluster_portal.core.vocabulary import Term
from cluster_portal.notifications.models import OutboxMail
from members.models import Capability, ContactMessage
from members.pages.capability_list import CAPABILITIES
from members.services.capability_import import import_capabilities
from tests import factories, statements

pytestmark = pytest.mark.django_db

LIST = "/members/capabilities/"
PROPOSE = "/members/capabilities/propose/"
ANSWERS = {
    "kind": "product", "title_fi": "Varaverkko harjoitukseen",
    "summary_fi": "Tuomme maastoon kolme tukiasemaa.", "tasks": ["communications"],
    "regions": ["06"], "in_disruption": "yes",
}  # fmt: skip


def task(code: str = "search") -> Term:
    return Term.objects.get(scheme="security_task", code=code)


def titles(client, query: str = "") -> list[str]:
    response = client.get(LIST + query)
    return [row["title"] for row in response.context["page"].object_list]


@pytest.fixture
def make(company, home_cluster):
    def make(title: str, *codes: str, **values):
        regions = [factories.region(code) for code in codes]
        values = {"terms": [task()], **values}
        return factories.capability(
            company, home_cluster, title_fi=title, regions=regions, **values
        )

    return make


def test_nearest_region_comes_first_then_neighbours_then_the_country(client, make):
    make("Lapissa", "19")
    make("Koko maassa", is_nationwide=True)
    make("Naapurissa", "13")
    make("Omassa", "06", "19")

    assert titles(client, "?near=06") == ["Omassa", "Naapurissa", "Koko maassa", "Lapissa"]
    assert titles(client, "?near=06&q=etsinnässä") == [
        "Omassa", "Naapurissa", "Koko maassa", "Lapissa",
    ]  # fmt: skip
    assert titles(client, "?near=99") == ["Omassa", "Naapurissa", "Koko maassa", "Lapissa"]


def test_region_takes_in_what_goes_to_the_whole_country_and_counts_it(client, make):
    make("Omassa", "06")
    make("Koko maassa", is_nationwide=True)
    make("Lapissa", "19")

    response = client.get(f"{LIST}?open-region=yes")
    group = next(g for g in response.context["faceted"].groups if g.key == "region")
    counts = {option.value: option.count for option in group.options if option.count}

    assert titles(client, "?region=06") == ["Koko maassa", "Omassa"]
    assert titles(client, "?region=all") == ["Koko maassa"]
    assert (counts["06"], counts["19"], counts["11"], counts["all"]) == (2, 2, 1, 1)


def test_situations_narrow_and_count(client, make):
    make("Etsii", "06")
    make("Kytkee", "06", terms=[task("power-cut")])

    response = client.get(f"{LIST}?task=power-cut")
    named = {each["scene"]: each for each in response.context["situations"]}

    assert titles(client, "?task=power-cut") == ["Kytkee"]
    assert (named["search"]["count"], named["blackout"]["count"]) == (1, 1)
    assert (named["search"]["is_chosen"], named["blackout"]["is_chosen"]) == (False, True)


@pytest.mark.parametrize("query", ["", "?near=06", "?q=etsinnässä"])
def test_situations_tell_their_counts_before_one_is_chosen(client, make, query):
    make("Etsii", "06")

    response = client.get(LIST + query)

    named = {each["scene"]: each["count"] for each in response.context["situations"]}
    assert (named["search"], named["blackout"]) == (1, 0)


@pytest.mark.parametrize(
    "query", ["", "?near=06", "?q=etsinnässä", "?task=search&region=06&kind=product"]
)
def test_list_costs_the_same_for_one_and_many(client, member, make, query):
    make("Yksi", "06")
    client.force_login(member)
    client.get(LIST + query)
    few = statements.of_page(client, LIST + query)
    for number in range(4):
        make(f"Muu {number}", "06", "11")

    many = statements.of_page(client, LIST + query)

    assert len(many) == len(few) <= (9 if "q=" in query else 8)


def test_page_costs_the_same_with_and_without_neighbours(client, member, make):
    row = make("Yksi", "06", trl=7)
    client.force_login(member)
    few = statements.of_page(client, row.get_absolute_url())
    for number in range(4):
        make(f"Muu {number}", "06", "11")

    many = statements.of_page(client, row.get_absolute_url())

    assert len(many) == len(few) <= 10


def test_empty_list_leads_on(client, make):
    page = client.get(f"{LIST}?q=olematonta").content.decode()

    assert "Eikö mikään näistä auta?" in page


def compare(client, *slugs: str, more: str = ""):
    query = "&".join(f"pick={slug}" for slug in slugs)
    return client.get(f"{LIST}compare/?{query}{more}")


def test_four_are_compared_in_the_order_of_ticking(client, make):
    slugs = [make(f"Osaaminen {letter}", "06").slug for letter in "ABCDE"]

    response = compare(client, *reversed(slugs))

    assert [head["name"][-1] for head in response.context["heads"]] == ["E", "D", "C", "B"]
    assert response.context["is_cut"]


def test_rows_that_are_the_same_are_told_and_can_be_left_out(client, make):
    one, two = make("Yksi", "06", delivery="3 tuntia"), make("Kaksi", "06", delivery="6 tuntia")

    every = compare(client, one.slug, two.slug).context["rows"]
    some = compare(client, one.slug, two.slug, more="&differences=1").context["rows"]

    same = {row["name"] for row in every if row["same"]}
    assert {"Maakunta", "Mikä se on"} <= same
    assert "Käyttöönotto" not in same
    assert {row["name"] for row in some} == {row["name"] for row in every} - same


def test_nothing_hidden_is_compared(client, make):
    hidden = make("Piilossa", "06", visibility="private")

    assert compare(client, hidden.slug, "olematon").context["heads"] == []


def test_one_message_goes_to_each_owner(client, make, other_lead, lead, home_cluster):
    mine = make("Heidän", "06")
    others = factories.organisation()
    factories.membership(others, home_cluster)
    contact = factories.user()
    factories.affiliation(contact, others, role="contact")
    second = factories.capability(others, home_cluster)
    client.force_login(other_lead)

    response = client.post(
        f"{LIST}compare/?pick={mine.slug}&pick={second.slug}",
        {"to": [mine.slug, second.slug], "message": "Etsintä lauantaina."},
    )

    assert response.status_code == 302
    mails = OutboxMail.objects.filter(kind="contact_request")
    assert {mail.recipient for mail in mails} == {lead, contact}
    assert ContactMessage.objects.filter(message="Etsintä lauantaina.").count() == 2


def test_nobody_asks_what_was_not_compared(client, make, other_lead):
    mine, other = make("Yksi", "06"), make("Kaksi", "06")
    client.force_login(other_lead)

    response = client.post(
        f"{LIST}compare/?pick={mine.slug}", {"to": [other.slug], "message": "Hei."}
    )

    assert response.status_code == 422
    assert not ContactMessage.objects.exists()


def test_visitor_reads_what_it_is_for(client):
    page = client.get(PROPOSE)

    assert page.status_code == 200
    assert "/accounts/login/?next=" in page.content.decode()
    assert not client.post(PROPOSE, ANSWERS).wsgi_request.user.is_authenticated
    assert not Capability.objects.exists()


def test_six_answers_publish(client, lead, company, home_cluster):
    client.force_login(lead)

    client.post(PROPOSE, {**ANSWERS, "then": "publish"})

    row = Capability.objects.get()
    assert (row.stage, row.organisation, row.home_cluster) == ("published", company, home_cluster)
    assert [term.code for term in row.terms.all()] == ["communications"]
    assert [term.code for term in row.regions.all()] == ["06"]
    assert titles(client) == ["Varaverkko harjoitukseen"]


@pytest.mark.parametrize("missing", [*ANSWERS])
def test_each_of_the_six_is_needed_and_nothing_else(client, lead, missing):
    client.force_login(lead)
    answers = {name: value for name, value in ANSWERS.items() if name != missing}

    response = client.post(PROPOSE, {**answers, "then": "publish"})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [missing]
    assert not Capability.objects.exists()


def test_draft_needs_but_a_name(client, lead):
    client.force_login(lead)

    client.post(PROPOSE, {"title_fi": "Kesken", "then": "draft"})

    row = Capability.objects.get()
    assert (row.stage, row.kind, row.in_disruption) == ("draft", "", "unknown")
    assert client.get(row.get_absolute_url()).status_code == 200
    assert client.get(f"{row.get_absolute_url()}edit/").status_code == 200
    client.logout()
    assert client.get(row.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title_fi", "Laite TL IV"),
        ("summary_fi", "Sijainti on TL III -tietoa."),
        ("power_cut_note", "Katso TL II."),
        ("references", "TL IV"),
        ("title_fi", "www.example.org"),
        ("link", "javascript:alert(1)"),
        ("dual_use", "search"),
        ("regions", ["search"]),
        ("visibility", "group"),
        ("trl", "12"),
    ],
)
def test_bad_input_is_told_and_nothing_stored(client, lead, field, value):
    client.force_login(lead)

    response = client.post(PROPOSE, {**ANSWERS, field: value, "then": "publish"})

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Capability.objects.exists()


def test_coordinator_enters_on_behalf_and_the_contact_is_asked(
    client, office, lead, company, home_cluster
):
    client.force_login(office)

    client.post(
        PROPOSE,
        {**ANSWERS, "organisation": company.pk, "home_cluster": home_cluster.pk,
         "source": "interview", "then": "publish"},
    )  # fmt: skip

    row = Capability.objects.get()
    assert (row.stage, row.source) == ("unconfirmed", "interview")
    assert OutboxMail.objects.get(kind="capability_to_confirm").recipient == lead


def test_who_is_nobody_in_an_organisation_gets_no_form(client, outsider, company):
    client.force_login(outsider)

    page = client.post(PROPOSE, {**ANSWERS, "organisation": company.pk, "then": "publish"})

    assert page.status_code == 200
    assert not Capability.objects.exists()


def csv(*rows: str) -> bytes:
    head = "Tunniste;Organisaatio;Laji;Nimi;Kuvaus;Tilanteet;Maakunnat;Toimii häiriössä"
    return "\n".join([head, *rows]).encode()


ROW = "1;Esimerkki Sensoritekniikka Oy;Tuote;Paikannin;Näyttää partiot.;Etsintä;Pirkanmaa;Toimii"


def test_import_waits_for_the_owner_and_mails_nobody(office, home_cluster, company, lead):
    first = import_capabilities(csv(ROW), by=office, cluster=home_cluster)
    again = import_capabilities(csv(ROW), by=office, cluster=home_cluster)

    row = Capability.objects.get()
    assert (row.stage, row.source, row.in_disruption) == ("unconfirmed", "import", "yes")
    assert [term.code for term in row.terms.all()] == ["search"]
    assert [term.code for term in row.regions.all()] == ["06"]
    outcomes = [report.results[0].outcome for report in (first, again)]
    assert outcomes == [Outcome.CREATED, Outcome.UNCHANGED]
    assert not OutboxMail.objects.exists()


@pytest.mark.parametrize(
    "row",
    [
        ROW.replace("Esimerkki Sensoritekniikka Oy", "Tuntematon Oy"),
        ROW.replace("Tuote", "Taikakalu"),
        ROW.replace("Näyttää partiot.", "Katso TL III."),
        ROW.replace("Pirkanmaa", "Atlantis"),
    ],
    ids=["organisation", "kind", "marking", "region"],
)
def test_import_names_the_fault_and_writes_nothing(office, home_cluster, company, row):
    report = import_capabilities(csv(ROW, f"2{row[1:]}"), by=office, cluster=home_cluster)

    assert len(report.faults) == 1
    assert not Capability.objects.exists()


def test_import_into_another_cluster_is_refused(other_office, home_cluster, company):
    report = import_capabilities(csv(ROW), by=other_office, cluster=home_cluster)

    assert report.faults
    assert not Capability.objects.exists()


def test_admin_is_scoped(client, make, office, other_office):
    row = make("Rajattu", "06")
    page = reverse("admin:members_capability_change", args=[row.pk])

    def answer(person) -> int:
        client.force_login(person)
        return client.get(page).status_code

    assert answer(office) == 200
    assert answer(other_office) != 200


def test_export_tells_no_dual_use(client, make, office):
    category = Term.objects.get(scheme="dual_use", code="sensors-lasers")
    row = make("Viety", "06", dual_use=category)
    client.force_login(office)

    page = client.post(
        reverse("admin:members_capability_changelist"),
        {"action": "export_selected", "_selected_action": [row.pk]},
    )

    text = page.content.decode()
    assert "Viety" in text
    assert "sensors-lasers" not in text


def test_list_is_a_saved_search(client, member, make):
    client.force_login(member)

    assert client.get(reverse("searches:new", args=[CAPABILITIES.key])).status_code == 200


def test_markup_in_every_text_is_shown_as_text(client, make):
    tag = "<b>x</b>"
    names = [
        "summary_fi", "power_cut_note", "references", "association_terms", "other_terms",
        "delivery", "source_note",
    ]  # fmt: skip
    row = make(tag, "06", **dict.fromkeys(names, tag), description=tag)

    for url in (LIST, row.get_absolute_url(), f"{LIST}compare/?pick={row.slug}"):
        assert tag not in client.get(url).content.decode()


def test_what_one_organisation_has_confirmed_never_becomes_anothers(
    client, make, office, home_cluster, company
):
    other = factories.organisation("Toinen Oy")
    factories.membership(other, home_cluster)
    row = make("Vahvistettu", "06", external_id="1")
    client.force_login(office)

    page = client.get(reverse("admin:members_capability_change", args=[row.pk]))
    report = import_capabilities(
        csv(ROW.replace("Esimerkki Sensoritekniikka Oy", "Toinen Oy")), by=office,
        cluster=home_cluster,
    )  # fmt: skip

    assert not {"organisation", "home_cluster"} & set(page.context["adminform"].form.fields)
    assert len(report.faults) == 1
    row.refresh_from_db()
    assert row.organisation == company


def test_who_has_told_one_is_led_to_the_next(client, make, lead, member):
    made = make("Radiot")
    pages = {}
    for who in (lead, member):
        client.force_login(who)
        pages[who] = client.get(made.get_absolute_url()).content.decode()

    told = [f'href="{LIST}propose/"' in page.split("page-header")[-1] for page in pages.values()]
    assert told == [True, False]

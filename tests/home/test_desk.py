"""My desk and my data."""

import json

import pytest

from tests import statements
from tests.events import factories as events
from tests.factories import PASSWORD
from tests.home.signing_in import sign_in
from tests.projects import factories as projects
from tests.theses import factories as theses
from theses.services import applications


@pytest.fixture
def topic(company, home_cluster):
    return theses.topic(company, home_cluster)


@pytest.mark.parametrize("path", ["/me/", "/me/data/", "/me/data/my-data.json"])
def test_visitor_is_sent_to_sign_in(client, db, path):
    response = client.get(path)

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_desk_shows_the_own_registrations(client, home_cluster, member):
    event = events.event(home_cluster)
    events.registration(event, member)
    client.force_login(member)

    assert event.title_fi in client.get("/me/").content.decode()


@pytest.mark.parametrize("person", ["outsider", "member", "lead", "office", "admin_user"])
def test_desk_stands_for_everyone_within_its_statements(client, home_cluster, request, person):
    user = request.getfixturevalue(person)
    for _number in range(5):
        events.registration(events.event(home_cluster), user)
    client.force_login(user)

    assert len(statements.of_page(client, "/me/")) <= 32


def test_challenges_to_review_stand_on_the_desk_of_their_coordinators(
    client, home_cluster, company, office, other_office, lead
):
    challenge = projects.challenge(
        home_cluster, organisation=company, stage="in_review", published_at=None
    )
    waiting = {}
    for person in (office, other_office, lead):
        client.force_login(person)
        cards = client.get("/me/").context["waiting"]
        waiting[person] = [
            row["url"] for card in cards if card["key"] == "projects-review" for row in card["rows"]
        ]

    assert waiting == {office: [challenge.get_absolute_url()], other_office: [], lead: []}
    client.force_login(office)
    assert client.get(challenge.get_absolute_url()).status_code == 200


def test_desk_is_never_kept_by_a_cache(client, member):
    client.force_login(member)

    assert client.get("/me/")["Cache-Control"] == "private, no-store"


def test_own_data_lists_every_source(client, home_cluster, member):
    event = events.event(home_cluster)
    events.registration(event, member, diet="Kasvis")
    sign_in(client, member)

    shown = client.get("/me/data/")
    content = json.loads(client.get("/me/data/my-data.json").content)

    assert set(content) == {part["key"] for part in shown.context["parts"]}
    assert content["registrations"][0]["diet"] == "Kasvis"
    assert "Kasvis" in shown.content.decode()


def test_own_data_holds_her_acts_addresses_and_sign_ins(client, topic, member):
    applications.apply(topic, by=member, motivation="Kiinnostaa.", school="TAMK")
    sign_in(client, member)

    content = json.loads(client.get("/me/data/my-data.json").content)

    acts = [act["act"] for act in content["acts"]]
    assert acts == ["apply", "signed in", "own data exported"]
    assert [mail["about"] for mail in content["notifications"]] == ["Hakemukseni lähetettiin"]
    assert [row["address"] for row in content["sign-in"] if row["kind"] == "address"] == [
        member.email
    ]
    assert [row["kind"] for row in content["sign-in"]].count("session") == 1


def test_own_data_holds_nothing_of_others(client, home_cluster, member, outsider):
    events.registration(events.event(home_cluster), outsider)
    sign_in(client, member)

    text = client.get("/me/data/my-data.json").content.decode()

    assert member.email in text
    assert outsider.email not in text


@pytest.mark.parametrize("address", ["/me/data/my-data.json", "/me/data/?contents"])
def test_own_data_asks_for_the_password_after_a_quarter_of_an_hour(client, member, address):
    sign_in(client, member, seconds_ago=16 * 60)

    answer = client.get(address)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/reauthenticate/?next=%2Fme%2Fdata%2F")


def test_own_data_is_given_out_once_the_password_is_given_anew(client, member):
    sign_in(client, member, seconds_ago=16 * 60)
    asked = client.get("/me/data/my-data.json")["Location"]

    answer = client.post(asked, {"password": PASSWORD}, follow=True)

    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'


def test_own_data_of_an_old_sign_in_shows_numbers_only(client, home_cluster, member):
    events.registration(events.event(home_cluster), member, diet="Kasvis")
    sign_in(client, member, seconds_ago=16 * 60)

    page = client.get("/me/data/").content.decode()

    assert "1 tieto" in page
    assert "Kasvis" not in page

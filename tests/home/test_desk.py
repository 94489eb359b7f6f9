"""My desk and my data."""

import json

import pytest

from tests import statements
from tests.events import factories as events


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

    assert len(statements.of_page(client, "/me/")) <= 15


def test_desk_is_never_kept_by_a_cache(client, member):
    client.force_login(member)

    assert client.get("/me/")["Cache-Control"] == "private, no-store"


def test_own_data_lists_every_source(client, home_cluster, member):
    event = events.event(home_cluster)
    events.registration(event, member, diet="Kasvis")
    client.force_login(member)

    shown = client.get("/me/data/")
    content = json.loads(client.get("/me/data/my-data.json").content)

    assert set(content) == {part["key"] for part in shown.context["parts"]}
    assert content["registrations"][0]["diet"] == "Kasvis"


def test_own_data_holds_nothing_of_others(client, home_cluster, member, outsider):
    events.registration(events.event(home_cluster), outsider)
    client.force_login(member)

    text = client.get("/me/data/my-data.json").content.decode()

    assert outsider.email not in text

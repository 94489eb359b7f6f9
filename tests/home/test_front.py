"""The front page: what each app shows there, and what a visitor must not learn from it."""

import pytest

from cluster_portal.core import search
from tests import statements
from tests.events import factories as events

FRONT = {"fi": "/", "sv": "/sv/", "en": "/en/"}


@pytest.mark.parametrize("language", FRONT)
def test_front_page_stands_in_each_language(client, db, language):
    response = client.get(FRONT[language])

    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()


def test_front_page_shows_coming_events_and_their_deadlines(client, home_cluster):
    event = events.event(home_cluster)

    shown = client.get("/")

    assert event.title_fi in shown.content.decode()
    assert [line["deadline"].title for line in shown.context["deadlines"]] == [event.title_fi]


def test_visitor_gets_no_session(client, db):
    client.get("/")

    assert "session" not in client.cookies


def test_front_page_costs_the_same_for_one_row_and_thirty(client, home_cluster):
    search.reindex(events.event(home_cluster))
    one = statements.of_page(client, "/")
    for _number in range(29):
        search.reindex(events.event(home_cluster))

    assert len(statements.of_page(client, "/")) == len(one)


def test_the_picture_of_the_network_speaks_the_readers_language(client, db):
    swedish = client.get("/sv/").content.decode()

    assert ">Läroanstalter</text>" in swedish
    assert "Viranomaiset</text>" not in swedish

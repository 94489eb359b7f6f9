"""A list without rows tells what to do next, by why it is empty."""

import pytest
from django.urls import reverse

SURVEYS, CHALLENGES = "surveys:list", "projects:challenges"


def results(client, name=SURVEYS, **query):
    return " ".join(client.get(reverse(name), query).content.decode().split())


@pytest.mark.django_db
def test_visitor_is_sent_to_sign_in_and_back(client):
    page = results(client)

    assert "Ei hakutuloksia" not in page
    assert f'href="{reverse("account_login")}?next={reverse(SURVEYS)}"' in page


@pytest.mark.django_db
def test_who_is_signed_in_is_not(client, member):
    client.force_login(member)

    page = results(client)

    assert "Täällä ei ole vielä mitään" in page
    assert "Ei hakutuloksia" not in page


def test_search_that_finds_nothing_can_be_emptied(client, member):
    client.force_login(member)

    page = results(client, CHALLENGES, q="eiole")

    assert "Ei hakutuloksia" in page
    assert "Täällä ei ole vielä mitään" not in page

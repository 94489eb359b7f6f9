"""Links in letters lead to the page, or to signing in on the way to it; never to a 404."""

import pytest

from cluster_portal.notifications.sending.rendering import page_link
from tests.events import factories as events


@pytest.fixture
def hidden(home_cluster):
    return events.event(home_cluster, visibility="members")


@pytest.mark.parametrize("slug", ["hidden", "is-not-there"])
def test_signed_out_reader_of_a_letter_is_led_to_signing_in(client, hidden, slug):
    slug = hidden.slug if slug == "hidden" else slug

    answer = client.get(f"/en/events/{slug}/?letter")

    assert answer.status_code == 302
    assert answer["Location"] == f"/en/accounts/login/?next=%2Fen%2Fevents%2F{slug}%2F"


def test_without_a_letter_the_page_is_not_found(client, hidden):
    answer = client.get(f"/en/events/{hidden.slug}/")

    assert answer.status_code == 404
    assert f"/en/accounts/login/?next=/en/events/{hidden.slug}/" in answer.content.decode()


def test_one_who_is_signed_in_and_may_not_see_it_finds_nothing(client, hidden, outsider):
    client.force_login(outsider)

    assert client.get(f"/en/events/{hidden.slug}/?letter").status_code == 404


@pytest.mark.parametrize(
    ("path", "link"),
    [("/a/", "/a/?letter"), ("/a/?b=1", "/a/?b=1&letter"), ("/a/?b=1#c", "/a/?b=1&letter#c")],
)
def test_mark_stands_in_the_query_of_any_address(path, link):
    assert page_link(path) == f"http://localhost:8000{link}"


def test_rest_of_the_query_is_kept_on_the_way(client, hidden):
    answer = client.get(f"/en/events/{hidden.slug}/?letter&version=1")

    assert answer["Location"].endswith(f"%2Fen%2Fevents%2F{hidden.slug}%2F%3Fversion%3D1")

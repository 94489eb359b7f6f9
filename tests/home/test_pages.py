"""Standing texts, and every address of the portal as an outsider finds it."""

import uuid

import pytest
from django.urls import NoReverseMatch, reverse

from tests import house
from tests.test_house_rules import OPEN_TO_EVERYONE, SIGN_IN

STANDING = ["about", "contact", "privacy", "accessibility", "terms"]
LANGUAGES = {"fi": "", "sv": "/sv", "en": "/en"}
REFUSALS = {302, 403, 404, 405}
# What an address may be asked for; nothing of it exists.
NOTHING = {
    "slug": "ei-ole",
    "public_id": uuid.UUID(int=0),
    "token": "ei-ole",
    "action": "ei-ole",
    "pk": 2_000_000_000,
    "number": 2_000_000_000,
    "object_id": "2000000000",
    "content_type_id": 1,
    "app_label": "events",
    "name": "ei-ole",
    "kind": "organisation",
    "key": "ei-ole",
    "period": "2026-W01",
    "uidb36": "x",
    "url": "ei-ole",
}
SIGNED_IN_OWN = {
    "events:one_to_ones",
    "home:account_erase",
    "home:desk",
    "home:my_data",
    "home:my_data_file",
    "notifications:inbox",
    "notifications:preferences",
    "letters:list",
    "digests:list",
    "digests:preview",
    "following:list",
    "my_calendar:month",
    "following:interests",
    "surveys:interviews",
    "surveys:readiness",
    "surveys:funding",
    "members:my_expert",
    "members:application_organisation",
    "members:application_facts_new",
    "members:application_person",
    "members:invitation",  # says that it knows no such invitation
    "usersessions_list",
    "theses:propose",
    "searches:list",
    "theses:profile",
    "theses:profile_student",
    "theses:profile_supervisor",
    "theses:propose_idea",
    "theses:students",
    "theses:suggestions",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", STANDING)
def test_standing_text_is_in_each_language(client, db, page, language):
    response = client.get(f"{LANGUAGES[language]}/{page}/")

    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()


def _address(name, route):
    wanted = route.pattern.converters if hasattr(route.pattern, "converters") else {}
    names = set(wanted) | set(getattr(getattr(route.pattern, "regex", None), "groupindex", {}))
    values = {key: NOTHING.get(key, "ei-ole") for key in names}
    try:
        return reverse(name, kwargs=values)
    except NoReverseMatch:
        return None


def _closed_addresses():
    for name, route in house.routes():
        is_open = name in OPEN_TO_EVERYONE or SIGN_IN.match(name) or name.startswith("mfa")
        if not is_open and "?" not in name:
            yield name, route


CLOSED = dict(_closed_addresses())


@pytest.mark.parametrize("name", CLOSED)
def test_closed_address_is_closed_to_a_visitor(client, db, name):
    address = _address(name, CLOSED[name])
    if address is None:
        pytest.skip("has no address of its own")

    assert client.get(address).status_code in REFUSALS
    assert client.post(address).status_code in REFUSALS


@pytest.mark.parametrize("name", [name for name in CLOSED if name not in SIGNED_IN_OWN])
def test_closed_address_is_closed_to_an_outsider(client, outsider, name):
    address = _address(name, CLOSED[name])
    if address is None:
        pytest.skip("has no address of its own")
    client.force_login(outsider)

    assert client.get(address).status_code in REFUSALS

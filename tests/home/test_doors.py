"""What the portal offers first to each kind of visitor."""

import pytest

from cluster_portal.home.pages import doors
from members.models.kinds import Sector
from tests import factories
from tests.theses import factories as theses

pytestmark = pytest.mark.django_db
LANGUAGES = {"fi", "sv", "en"}
KEYS = [door.key for door in doors.every()]


def test_every_sector_has_one_door():
    assert sorted(sector for door in doors.every() for sector in door.sectors) == sorted(Sector)


@pytest.mark.parametrize("key", KEYS)
def test_texts_are_complete_and_every_link_opens(client, key):
    door = doors.named(key)
    words = [*door._words.values(), *(each for o in door.offers for each in (o._title, o._text))]

    assert all(set(each) == LANGUAGES and all(each.values()) for each in words)
    assert {client.get(offer.url, follow=True).status_code for offer in door.offers} == {200}


@pytest.mark.parametrize("language", ["", "/sv", "/en"])
def test_page_behind_each_door_stands_in_each_language(client, language):
    for key in KEYS:
        page = client.get(f"{language}/start/{key}/")
        assert page.status_code == 200
        assert f"{language}/start/" in page.content.decode()


def test_unknown_door_is_not_there(client):
    assert client.get("/start/spy/").status_code == 404


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("company", "company"), ("municipality", "authority"), ("research_institute", "research"),
        ("university", "school"), ("association", "association"),
    ],
)  # fmt: skip
def test_front_page_and_desk_offer_the_readers_own_first(client, home_cluster, kind, key):
    own = factories.organisation(kind=kind)
    person = factories.user()
    factories.affiliation(person, own)
    client.force_login(person)

    front, desk = client.get("/"), client.get("/me/")

    assert front.context["doors"][0].key == desk.context["door"].key == key
    assert f'href="/start/{key}/"' in desk.content.decode()


def test_student_and_private_member_have_doors_of_their_own(home_cluster, outsider):
    private, student = factories.user(), theses.student_profile(factories.user()).user
    factories.membership(private, home_cluster)

    assert [doors.own(each).key for each in (private, student)] == ["person", "student"]
    assert doors.own(outsider) is None
    assert "members:join" not in [offer.page for offer in doors.own(private).first_offers]


@pytest.mark.parametrize(
    ("key", "page"),
    [
        ("authority", "members:need_propose"), ("authority", "projects:challenge_propose"),
        ("association", "members:need_propose"), ("research", "projects:project_propose"),
        ("research", "projects:partners"),
    ],
)  # fmt: skip
def test_what_a_door_promises_can_be_begun_behind_it(key, page):
    assert page in [offer.page for offer in doors.named(key).offers]


@pytest.mark.parametrize(("is_member", "offered"), [(True, "need"), (False, "join")])
def test_front_page_offers_membership_to_those_who_are_not_members(
    client, home_cluster, outsider, is_member, offered
):
    if is_member:
        factories.membership(outsider, home_cluster)
    client.force_login(outsider)

    hero = client.get("/").content.decode().split("hero__caption")[0]

    links = {"need": "/members/needs/propose/", "join": "/members/join/"}
    assert [name for name, link in links.items() if link in hero] == [offered]

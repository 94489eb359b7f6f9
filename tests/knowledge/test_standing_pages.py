"""Standing pages: everybody reads the version in force, coordinators edit and restore."""

import pytest
from django.urls import reverse

from cluster_portal.core.errors import Refused
from cluster_portal.home.pages import static_pages
from cluster_portal.knowledge.models import PageVersion
from cluster_portal.knowledge.models.pages import current
from cluster_portal.knowledge.services.standing import restore_version, save_page

TEXTS = {"body_fi": "Uusi teksti.", "body_sv": "Ny text.", "body_en": "", "note": "Lyhyempi"}


def test_who_sees_versions(cast, office):
    version = save_page("about", TEXTS, by=office, seen=0)

    seen = {
        who for who, user in cast.items() if PageVersion.objects.visible_to(user).contains(version)
    }

    assert seen == {"office", "other_office", "admin"}


@pytest.mark.parametrize("key", ["about", "contact"])
def test_page_has_a_text_before_anybody_saves_one(client, db, key):
    response = client.get(reverse(f"home:{key}"))

    assert response.status_code == 200
    assert "112" in response.text


def test_coordinator_edits_and_everybody_reads_it_in_their_language(client, office):
    client.force_login(office)
    address = reverse("pages:edit", args=["about"])
    seen = client.get(address).context["form"].initial["seen"]
    client.post(address, {**TEXTS, "seen": seen})
    client.logout()

    assert "Uusi teksti." in client.get("/about/").text
    assert "Ny text." in client.get("/sv/about/").text
    assert "Uusi teksti." in client.get("/en/about/").text
    assert static_pages.matching("uusi teksti") == ["about"]


def test_others_neither_edit_nor_see_versions(client, member, office):
    save_page("about", TEXTS, by=office, seen=0)
    client.force_login(member)

    for name, args in (("edit", ["about"]), ("versions", ["about"])):
        assert client.get(reverse(f"pages:{name}", args=args)).status_code == 404
    assert client.post(reverse("pages:restore", args=["about", 1])).status_code == 404
    with pytest.raises(Refused):
        save_page("about", {**TEXTS, "body_fi": "Muu"}, by=member, seen=2)


def test_second_editor_does_not_overwrite_the_first(office, other_office):
    save_page("contact", TEXTS, by=office, seen=0)

    with pytest.raises(Refused):
        save_page("contact", {**TEXTS, "body_fi": "Toinen"}, by=other_office, seen=0)


def test_earlier_text_comes_back_as_a_new_version(office):
    first = save_page("about", TEXTS, by=office, seen=0)
    save_page("about", {**TEXTS, "body_fi": "Toinen"}, by=office, seen=first.number)

    restore_version(first, by=office)

    latest = current("about")
    assert (latest.number, latest.body_fi) == (4, "Uusi teksti.")


def test_text_that_the_portal_came_with_comes_back(office):
    given = current("about")
    save_page("about", TEXTS, by=office, seen=0)

    restore_version(PageVersion.objects.get(key="about", number=1), by=office)

    assert current("about").body_fi == given.body_fi != TEXTS["body_fi"]


def test_script_in_a_page_is_shown_as_words(client, office):
    save_page("about", {**TEXTS, "body_fi": "<script>alert(1)</script>"}, by=office, seen=0)

    assert "<script>alert" not in client.get("/about/").text


def test_press_kit_shows_the_mark_and_stories(client, db):
    response = client.get(reverse("knowledge:press"))

    assert response.status_code == 200
    assert "mark.svg" in response.text

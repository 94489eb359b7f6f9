import pytest
from django.core import signing
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from cluster_portal.notifications import kinds, preferences
from cluster_portal.notifications.kinds import KindGroup
from cluster_portal.notifications.models import Channel, Preference
from tests import factories

pytestmark = pytest.mark.usefixtures("notice")


@pytest.fixture
def address(reader):
    token = preferences.unsubscribe_token(reader, KindGroup.EVENTS)
    return reverse("notifications:unsubscribe", args=[token])


@pytest.fixture
def strict_client():
    """Neither cookies nor a CSRF token, as RFC 8058 has it."""
    return Client(enforce_csrf_checks=True)


def channel(user, group=KindGroup.EVENTS):
    return preferences.channels_of(user)[group]


def test_digest_is_never_at_once(reader):
    with pytest.raises(IntegrityError):
        preferences.set_channels(reader, {KindGroup.DIGEST: Channel.AT_ONCE})


def test_preferences_are_saved_and_shown(client, reader):
    client.force_login(reader)
    address = reverse("notifications:preferences")
    chosen = {group.value: "off" for group in kinds.groups_of_choice()}

    response = client.post(address, chosen)

    assert response.status_code == 302
    assert channel(reader) == Channel.OFF
    assert client.get(address).context["form"]["events"].initial == "off"


@pytest.mark.parametrize("value", ["", "often", "at_once\x00"])
def test_preferences_refuse_what_is_no_choice(client, reader, value):
    client.force_login(reader)
    chosen = {group.value: "off" for group in kinds.groups_of_choice()}

    response = client.post(reverse("notifications:preferences"), {**chosen, "events": value})

    assert response.status_code in {200, 400}
    assert not Preference.objects.exists()


def test_preferences_of_a_visitor_lead_to_signing_in(client, db):
    assert client.get(reverse("notifications:preferences")).status_code == 302


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_the_unsubscribe_page_changes_nothing(strict_client, reader, address, method):
    for _ in range(5):
        assert getattr(strict_client, method)(address).status_code == 200

    assert channel(reader) == Channel.AT_ONCE


def test_one_click_switches_off_that_group_only(strict_client, reader, address):
    response = strict_client.post(address, {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    assert channel(reader) == Channel.OFF
    assert channel(reader, KindGroup.DIGEST) == Channel.WEEKLY


def test_one_click_twice_is_the_same(strict_client, reader, address):
    for _ in range(2):
        assert strict_client.post(address).status_code == 200

    assert Preference.objects.count() == 1


def broken_tokens(reader):
    good = preferences.unsubscribe_token(reader, KindGroup.EVENTS)
    gone = factories.user(is_active=False)
    return {
        "tampered": good[:-1] + ("A" if good[-1] != "A" else "B"),
        "cut": good[:10],
        "nonsense": "x",
        "of another purpose": signing.dumps([reader.pk, "events"], salt="another"),
        "of an unknown group": preferences.unsubscribe_token(reader, "spam"),
        "of a closed account": preferences.unsubscribe_token(gone, KindGroup.EVENTS),
        "of another shape": signing.dumps({"a": 1}, salt=preferences.SALT),
    }


def test_every_broken_token_gets_the_same_page(strict_client, reader):
    addresses = [
        reverse("notifications:unsubscribe", args=[token])
        for token in broken_tokens(reader).values()
    ]

    answers = [strict_client.post(address) for address in addresses]

    bodies = {
        answer.content.replace(address.encode(), b"")
        for answer, address in zip(answers, addresses, strict=True)
    }
    assert {answer.status_code for answer in answers} == {404}
    assert len(bodies) == 1
    assert not Preference.objects.exists()


def test_one_click_can_be_undone_without_signing_in(strict_client, reader, address):
    preferences.set_channels(reader, {KindGroup.EVENTS: Channel.WEEKLY})
    page = strict_client.post(address)
    assert channel(reader) == Channel.OFF
    assert 'name="undo" value="weekly"' in page.content.decode()

    strict_client.post(address, {"undo": "weekly"})

    assert channel(reader) == Channel.WEEKLY


@pytest.mark.parametrize("digest", ["off", "daily"])
def test_subject_left_for_a_digest_that_does_not_come_is_named(
    client, strict_client, reader, digest
):
    preferences.set_channels(reader, {"events": "weekly", "digest": digest})
    client.force_login(reader)
    page = client.get(reverse("notifications:preferences")).text
    token = preferences.unsubscribe_token(reader, KindGroup.DIGEST)

    stopped = strict_client.post(reverse("notifications:unsubscribe", args=[token])).text

    words = "näkyvät vain portaalissa: Tapahtumat"
    assert (words in " ".join(page.split())) is (digest == "off")
    assert words in " ".join(stopped.split())


@pytest.mark.parametrize("value", ["", "off", "often"])
def test_undo_of_what_is_no_choice_means_the_default(strict_client, reader, address, value):
    strict_client.post(address)

    strict_client.post(address, {"undo": value})

    assert channel(reader) == Channel.AT_ONCE


def test_saved_stop_is_offered_to_be_undone_once(client, reader):
    client.force_login(reader)
    page = reverse("notifications:preferences")
    chosen = {group.value: "off" for group in kinds.groups_of_choice()}

    told = client.post(page, chosen, follow=True).context["stopped"]
    client.post(reverse("notifications:preferences_undo"), {"events": "at_once"})

    assert {row["group"] for row in told} == set(chosen)
    assert (channel(reader), channel(reader, KindGroup.DIGEST)) == (Channel.AT_ONCE, Channel.OFF)
    assert client.get(page).context["stopped"] == []

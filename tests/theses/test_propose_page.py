"""The page that explains how a topic is proposed, for who has no account yet."""

import pytest
from django.urls import reverse


@pytest.mark.parametrize("name", ["organisation", "supervisor", "idea"])
def test_visitor_reads_each_way_and_is_led_on_to_its_form(client, db, name):
    page = client.get(reverse("theses:propose")).content.decode()
    form = reverse(f"theses:propose_{name}")

    asked = client.get(form)

    assert f'href="{form}"' in page
    assert asked["Location"] == f"{reverse('account_login')}?next={form}"


def test_visitor_can_sign_in_or_up_and_come_back(client, db):
    page = client.get(reverse("theses:propose")).content.decode()

    for name in ("account_login", "account_signup"):
        assert f'href="{reverse(name)}?next=%2Ftheses%2Fpropose%2F"' in page


def test_who_is_signed_in_is_not_asked_to(client, outsider):
    client.force_login(outsider)

    page = client.get(reverse("theses:propose")).content.decode()

    assert reverse("account_signup") not in page
    assert reverse("theses:propose_supervisor") not in page

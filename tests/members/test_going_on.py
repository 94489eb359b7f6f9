"""Who was on their way somewhere arrives there, through signing in, signing up and letters."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import get_user
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from cluster_portal.core.http import with_next
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending import rendering
from members.models import User
from tests.members.factories import verified
from tests.members.test_accounts import PASSWORD, sign_up

WANTED = "/theses/lokien-analyysi/#apply"
SIGN_IN = {"login": "uusi.nimi@example.org", "password": PASSWORD}


def link_of(kind):
    """The address in the letter as a browser asks for it."""
    text = rendering.letter(OutboxMail.objects.get(kind=kind)).text
    return re.search(r"http://localhost:8000(\S+)", text).group(1)


def next_of(address):
    return parse_qs(urlsplit(address).query).get("next", [""])[0]


def hidden_next(page):
    return re.search(r'name="next" value="([^"]*)"', page.content.decode()).group(1)


def post_form(client, address, **values):
    """Fills in the page's form with what stands hidden in it."""
    page = client.get(address, follow=True)
    where = page.redirect_chain[-1][0] if page.redirect_chain else address
    return client.post(urlsplit(where).path, {"next": hidden_next(page), **values})


def test_signing_up_leads_on_through_the_letter(client, db):
    page = client.get(reverse("account_signup"), {"next": WANTED})
    sent = sign_up(client, next=hidden_next(page))
    told = client.get(sent["Location"])

    confirmed = post_form(client, link_of("account_confirm"))

    assert next_of(sent["Location"]) == WANTED
    assert f'href="{reverse("account_login")}?next=' in told.content.decode()
    assert EmailAddress.objects.get().verified
    assert confirmed["Location"] == WANTED
    assert get_user(client).email == SIGN_IN["login"]


def test_link_opened_in_another_browser_signs_nobody_in(client, db):
    sign_up(client, next=WANTED)
    other = Client()

    confirmed = post_form(other, link_of("account_confirm"))
    arrived = post_form(other, confirmed["Location"], **SIGN_IN)

    assert confirmed["Location"].startswith(reverse("account_login"))
    assert arrived["Location"] == WANTED


def test_link_signs_in_once(client, db):
    sign_up(client, next=WANTED)
    link = link_of("account_confirm")
    post_form(client, link)
    client.post(reverse("account_logout"))

    client.post(urlsplit(link).path)

    assert not get_user(client).is_authenticated


def test_second_to_sign_up_with_an_address_is_not_signed_in_by_its_owners_link(client, db):
    """Who has begun with somebody else's address waits in their own browser for nothing."""
    sign_up(client, next=WANTED)
    other = Client()
    sign_up(other, first_name="Toinen")

    post_form(client, link_of("account_confirm"))

    assert get_user(client).first_name == "Uusi"
    assert not get_user(other).is_authenticated


def test_signing_in_unconfirmed_leads_on_too(client, db):
    sign_up(client)
    OutboxMail.objects.all().delete()
    cache.clear()  # the next letter may be sent after three minutes
    client.post(reverse("account_login"), {**SIGN_IN, "next": WANTED})

    confirmed = post_form(client, link_of("account_confirm"))

    assert confirmed["Location"] == WANTED


def test_known_address_is_led_on_by_signing_in(client, db):
    verified("uusi.nimi@example.org")

    sent = sign_up(client, next=WANTED)

    assert next_of(sent["Location"]) == WANTED
    text = rendering.letter(OutboxMail.objects.get(kind="account_already")).text
    links = re.findall(r"http://localhost:8000(\S+)", text)
    ways = {urlsplit(link).path: next_of(link) for link in links}
    assert ways[reverse("account_login")] == ways[reverse("account_reset_password")] == WANTED


def test_new_password_leads_on(client, db):
    owner = verified("uusi.nimi@example.org")
    page = client.get(reverse("account_login"), {"next": WANTED}).content.decode()
    forgotten = re.search(rf'href="({reverse("account_reset_password")}[^"]*)"', page).group(1)
    post_form(client, forgotten, email=owner.email)

    changed = post_form(client, link_of("account_reset"), password1=PASSWORD, password2=PASSWORD)
    arrived = post_form(client, changed["Location"], **SIGN_IN)

    assert arrived["Location"] == WANTED


def test_unknown_address_of_a_reset_is_led_on_by_signing_up(client, db):
    client.post(reverse("account_reset_password"), {"email": "x@example.org", "next": WANTED})

    link = link_of("account_unknown")

    assert (urlsplit(link).path, next_of(link)) == (reverse("account_signup"), WANTED)


def test_second_factor_leads_on(client, db):
    owner = verified("uusi.nimi@example.org")
    owner.set_password(PASSWORD)
    owner.save()
    TOTP.activate(owner, generate_totp_secret())
    codes = RecoveryCodes.activate(owner).generate_codes()

    asked = post_form(client, with_next(reverse("account_login"), WANTED), **SIGN_IN)
    arrived = client.post(asked["Location"], {"code": codes[0]})

    assert arrived["Location"] == WANTED


@pytest.mark.parametrize(
    "target", ["//evil.fi", "https://evil.fi/", "javascript:alert(1)", "/me/?x=" + "y" * 1000]
)
def test_letters_lead_nowhere_else(client, db, target):
    sent = sign_up(client, next=target)

    assert sent["Location"] == reverse("account_email_verification_sent")
    assert "next" not in link_of("account_confirm")


def test_where_she_was_going_is_sealed(client, db):
    sign_up(client, next="/invitations/avain-123/")

    mail = OutboxMail.objects.get()

    assert set(mail.values) == {"address"}
    assert "avain" not in mail.secrets


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("/accounts/login/", "Tarvitset tunnuksen opinnäytetyön aiheen ehdottamiseen."),
        ("/sv/accounts/signup/", "Du behöver ett konto för att föreslå ett ämne."),
        ("/en/accounts/login/", "You need an account to propose a thesis topic."),
    ],
)
@pytest.mark.parametrize("prefix", ["", "/sv", "/en"])
def test_page_says_what_the_account_is_for(client, db, page, words, prefix):
    response = client.get(page, {"next": f"{prefix}/theses/propose/idea/"})

    assert words in response.content.decode()


@pytest.mark.parametrize(
    "target", ["//evil.fi/theses/propose/idea/", "/nowhere/", "/theses/", "", "/\x00", "/%00/"]
)
def test_page_is_silent_about_what_it_does_not_know(client, db, target):
    response = client.get("/en/accounts/login/", {"next": target})

    assert b"You need an account" not in response.content


def test_admin_says_whom_it_is_for(client, db):
    response = client.get("/en/admin/", follow=True)

    assert b"The administration is for coordinators." in response.content
    assert not User.objects.exists()

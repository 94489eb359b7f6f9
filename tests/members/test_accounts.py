import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from django.contrib.auth import get_user
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending import rendering
from members.models import User
from tests import factories
from tests.members.factories import submitted, verified

PASSWORD = "hyvin-pitka-salasana-1"


@pytest.fixture(autouse=True)
def _no_old_attempts():
    cache.clear()


def sign_up(client, **values):
    data = {
        "email": "uusi.nimi@example.org", "password1": PASSWORD, "first_name": "Uusi",
        "last_name": "Nimi", **values,
    }  # fmt: skip
    return client.post("/accounts/signup/", data)


@pytest.mark.parametrize(
    ("prefix", "language"), [("", "fi"), ("/sv", "sv"), ("/en", "en")], ids=["fi", "sv", "en"]
)
def test_page_language_becomes_the_users(client, db, prefix, language):
    data = {"email": "a@example.org", "password1": PASSWORD, "first_name": "A", "last_name": "B"}
    client.post(f"{prefix}/accounts/signup/", data)

    assert User.objects.get().language == language
    assert OutboxMail.objects.get().kind == "account_confirm"


def test_link_of_the_confirmation_is_made_when_sending_and_confirms_on_post(client, db):
    sign_up(client)
    mail = OutboxMail.objects.get()
    assert set(mail.values) == {"address"}

    url = re.search(r"http\S+/accounts/confirm-email/\S+", rendering.letter(mail).text).group()
    path = url.split("localhost:8000")[1]
    client.get(path)
    assert not EmailAddress.objects.get().verified
    client.post(path)

    assert EmailAddress.objects.get().verified


@pytest.mark.parametrize(
    "name", ["<b>Maija</b>", "www.evil.fi", "http://evil.fi", "a@b.fi", "\u200b"]
)
def test_name_that_is_an_address_or_markup_is_refused(client, db, name):
    response = sign_up(client, first_name=name)

    assert response.status_code == 200
    assert not User.objects.exists()


def test_name_of_one_word_is_a_name(client, db):
    sign_up(client, first_name="Suharto", last_name="")

    made = User.objects.get()
    assert (str(made), made.sort_name) == ("Suharto", "suharto")


@pytest.mark.parametrize("written", ["maija@pähkinä.fi", "maija@xn--phkin-grae.fi"])
def test_account_is_one_however_its_domain_is_written(client, db, written):
    sign_up(client, email="Maija@PÄHKINÄ.fi")
    EmailAddress.objects.update(verified=True)
    client.cookies.clear()

    client.post("/accounts/login/", {"login": written, "password": PASSWORD})
    sign_up(Client(), email=written)

    assert get_user(client) == User.objects.get(email="maija@xn--phkin-grae.fi")


def test_reset_reaches_a_domain_however_it_is_written(client, db):
    verified("maija@xn--phkin-grae.fi")

    client.post("/accounts/password/reset/", {"email": "maija@pähkinä.fi"})

    assert OutboxMail.objects.get().kind == "account_reset"


def test_own_second_address_is_told_without_a_typing_error(client, db):
    owner = verified("owner@example.org")
    client.force_login(owner)

    page = client.post("/accounts/email/", {"email": owner.email, "action_add": ""})

    assert "jo liitetty tähän tiliin." in page.content.decode()


def test_password_rule_and_missing_field_are_said_in_finnish(client, db):
    page = sign_up(client, password1="lyhyt", first_name="").content.decode()

    assert "Salasanassa on oltava vähintään 10 merkkiä." in page
    assert "Täytä tämä kohta." in page


def test_name_loses_invisible_signs_and_double_spaces(client, db):
    sign_up(client, first_name="Mai\u202eja  Liisa")

    assert User.objects.get().first_name == "Maija Liisa"


def test_sign_up_with_a_known_address_tells_its_owner_only(client, db):
    verified("owner@example.org")

    known = sign_up(client, email="owner@example.org")
    cache.clear()
    client.cookies.clear()
    unknown = sign_up(client, email="other@example.org")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [mail.kind for mail in OutboxMail.objects.order_by("pk")] == [
        "account_already", "account_confirm",
    ]  # fmt: skip


def test_reset_posts_the_user_and_makes_the_token_when_sending(client, db):
    owner = verified("owner@example.org")
    client.post("/accounts/password/reset/", {"email": owner.email})
    mail = OutboxMail.objects.get()

    text = rendering.letter(mail).text

    assert (mail.kind, mail.recipient, mail.values) == ("account_reset", owner, {"user": owner.pk})
    assert "/accounts/password/reset/key/" in text


def test_reset_for_an_unknown_address_answers_the_same(client, db):
    verified("owner@example.org")

    answers = [
        client.post("/accounts/password/reset/", {"email": email})
        for email in ("owner@example.org", "nobody@example.org")
    ]

    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0]["Location"] == answers[1]["Location"]
    kinds = OutboxMail.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["account_reset", "account_unknown"]


def test_look_alike_address_gets_no_token(client, db):
    verified("mike@example.org")

    client.post("/accounts/password/reset/", {"email": "m\u0131ke@example.org"})

    assert not OutboxMail.objects.filter(kind="account_reset").exists()


def test_mail_to_a_closed_account_is_dropped(client, db):
    owner = verified("owner@example.org")
    client.post("/accounts/password/reset/", {"email": owner.email})
    User.objects.update(is_active=False)

    with pytest.raises(rendering.kinds.NothingToSay):
        rendering.letter(OutboxMail.objects.get())


@pytest.mark.parametrize(
    "target", ["//evil.fi", "/\\evil.fi", "https:evil.fi", "javascript:alert(1)"]
)
def test_sign_in_leads_nowhere_else(client, db, target):
    owner = verified("owner@example.org")

    data = {"login": owner.email, "password": "testi-salasana", "next": target}
    response = client.post("/accounts/login/", data)

    assert (response.status_code, response["Location"]) == (302, "/me/")


@pytest.mark.parametrize("page", ["/admin/", "/me/", "/theses/"])
def test_staff_without_second_factor_are_led_to_enrol(client, home_cluster, page):
    client.force_login(factories.coordinator(home_cluster))

    response = client.get(page, follow=True)

    assert response.redirect_chain[-1][0].startswith("/accounts/2fa/")


def test_staff_without_second_factor_decide_nothing(client, outsider, home_cluster):
    made = submitted(outsider, home_cluster)
    client.force_login(factories.coordinator(home_cluster))

    answer = client.get(made.get_absolute_url())

    assert answer["Location"] == "/accounts/2fa/"


def test_secret_of_a_second_factor_is_not_stored_in_clear(db):
    sealed = get_adapter().encrypt("JBSWY3DPEHPK3PXP")

    assert "JBSWY3DPEHPK3PXP" not in sealed
    assert get_adapter().decrypt(sealed) == "JBSWY3DPEHPK3PXP"


def test_changed_password_is_told(client, db, settings):
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    owner = verified("owner@example.org")
    client.force_login(owner)
    new = {"oldpassword": "testi-salasana", "password1": PASSWORD, "password2": PASSWORD}

    client.post("/accounts/password/change/", new)

    mail = OutboxMail.objects.get()
    assert (mail.kind, mail.values["what"]) == ("account_changed", "password_changed")


def test_nobody_is_flooded_through_the_sign_up_form(client, db):
    owner = verified("owner@example.org")
    for _attempt in range(7):
        sign_up(client, email=owner.email)
        client.cookies.clear()
        cache.clear()  # another address of the flooder, or a Redis that was emptied

    assert OutboxMail.objects.filter(kind="account_already", recipient=owner).count() == 5


@pytest.mark.parametrize(
    ("path", "kind"), [("reset", "account_unknown"), ("signup", "account_confirm")]
)
def test_mailbox_is_not_flooded_through_its_other_names(client, db, path, kind):
    for number in range(7):
        if path == "signup":
            sign_up(client, email=f"v.uhri+{number}@gmail.com")
        else:
            client.post("/accounts/password/reset/", {"email": f"vuhri+{number}@googlemail.com"})
        client.cookies.clear()
        cache.clear()
    sign_up(client, email="vuhri@example.org")
    client.cookies.clear()
    client.post("/accounts/password/reset/", {"email": "vuhrinen@gmail.com"})

    sent = OutboxMail.objects.filter(kind=kind)
    assert sent.count() == 6  # the last one is another's


def test_sign_up_with_a_known_address_costs_as_much_as_a_new_one(client, db):
    verified("owner@example.org")
    statements = {}
    for kind, email in (("known", "owner@example.org"), ("new", "other@example.org")):
        client.cookies.clear()
        with CaptureQueriesContext(connection) as captured:
            sign_up(client, email=email)
        statements[kind] = sorted(
            {
                query["sql"].split(" INTO ")[1].split()[0]
                for query in captured
                if " INTO " in query["sql"]
            }
        )

    assert statements["known"] == statements["new"]
    assert User.objects.count() == 2
    assert OutboxMail.objects.count() == 2


def test_sign_up_with_a_known_address_hashes_a_password(client, db, monkeypatch):
    verified("owner@example.org")
    hashed = []
    monkeypatch.setattr(User, "set_password", lambda user, raw: hashed.append(raw))

    sign_up(client, email="owner@example.org")

    assert len(hashed) == 1
    assert hashed != [PASSWORD]

"""What a new installation begins with, by the commands of the paper."""

import io

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.management import CommandError, call_command

from cluster_portal.core.models import AuditEntry
from members.models import Cluster, User

PASSWORD = "kolme sanaa ja piste"
NAMES = {"name_fi": "Klusteri", "name_sv": "Kluster", "name_en": "Cluster"}


@pytest.fixture
def typed(monkeypatch):
    def enter(text):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{text}\n"))

    return enter


def code_of(key):
    return format_hotp_value(hotp_value(key, next(yield_hotp_counters_from_time())))


def test_first_administrator_signs_in_with_password_and_code(db, typed, client, capsys):
    typed(PASSWORD)

    call_command("create_administrator", "Yllapito@example.org")

    key = capsys.readouterr().out.splitlines()[2].strip()
    client.post("/accounts/login/", {"login": "yllapito@example.org", "password": PASSWORD})
    before = client.get("/admin/").status_code
    client.post("/accounts/2fa/authenticate/", {"code": code_of(key)})
    assert (before, client.get("/admin/").status_code) == (302, 200)


def test_account_that_exists_is_not_made_an_administrator(member, typed):
    typed(PASSWORD)

    with pytest.raises(CommandError, match="jo tili"):
        call_command("create_administrator", member.email.upper())

    assert not User.objects.filter(is_superuser=True).exists()


@pytest.mark.parametrize("password", ["", "lyhyt", "1234567890"])
def test_weak_password_makes_nobody(db, typed, password):
    typed(password)

    with pytest.raises(CommandError):
        call_command("create_administrator", "yllapito@example.org")

    assert not EmailAddress.objects.exists()


def test_lost_telephone_is_replaced_by_a_new_key(db, typed, capsys):
    typed(PASSWORD)
    call_command("create_administrator", "yllapito@example.org")
    old = capsys.readouterr().out

    call_command("create_administrator", "yllapito@example.org", "--new-factor")

    stored = Authenticator.objects.get().data["secret"]
    new = capsys.readouterr().out
    key = get_adapter().decrypt(stored)
    assert (key in new, key in old) == (True, False)
    assert AuditEntry.objects.filter(action="second factor replaced").exists()


def test_only_an_administrator_gets_a_new_key_from_the_command(member):
    with pytest.raises(CommandError, match="ylläpitäjällä"):
        call_command("create_administrator", member.email, "--new-factor")


def test_cluster_is_made_once(db):
    call_command("create_cluster", "uusi", region="06", founded=2024, **NAMES)

    with pytest.raises(CommandError):
        call_command("create_cluster", "uusi", region="06", founded=2024, **NAMES)
    assert Cluster.objects.get(slug="uusi").get_absolute_url() == "/clusters/uusi/"


def test_cluster_needs_a_region_that_exists(db):
    with pytest.raises(CommandError, match="99"):
        call_command("create_cluster", "uusi", region="99", founded=2024, **NAMES)

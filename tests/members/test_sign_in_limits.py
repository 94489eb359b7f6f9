"""Failures count by account and network together: delays that grow, and never a lasting lock."""

import datetime
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending import rendering
from members.models import FailedSignIns
from members.services import sign_in_limits
from members.views import sign_in_attempts
from tests.members.factories import verified

OWNER, NOBODY = "owner@example.org", "nobody@example.org"
RIGHT, WRONG, NEW = "testi-salasana", "väärä-salasana", "hyvin-pitka-salasana-1"


@pytest.fixture
def owner(db):
    return verified(OWNER)


def attempt(client, password=WRONG, email=OWNER, address="/accounts/login/", **extra):
    data = {"login": email, "username": email, "password": password}
    return client.post(address, data, **extra)


def fail(client, times=6, **values):
    return [attempt(client, **values).status_code for _each in range(times)]


def later(**passed):
    """As if so much time had passed for everything that is counted."""
    for row in FailedSignIns.objects.all():
        row.forgotten_at -= datetime.timedelta(**passed)
        row.waits_until = row.waits_until and row.waits_until - datetime.timedelta(**passed)
        row.save()


@pytest.mark.parametrize("address", ["/accounts/login/", "/admin/login/", "/sv/accounts/login/"])
@pytest.mark.parametrize("email", [OWNER, NOBODY])
def test_sixth_failure_is_told_to_wait(client, owner, address, email):
    assert fail(client, 5, email=email, address=address) == [200] * 5

    answer = attempt(client, email=email, address=address)

    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "account/must_wait.html" in [template.name for template in answer.templates]


def test_waiting_is_the_same_for_unknown_accounts(client, owner):
    pages = []
    for email in (OWNER, NOBODY):
        fail(client, email=email)
        page = attempt(client, email=email)
        headers = {name: value for name, value in page.items() if name != "Set-Cookie"}
        pages.append((page.status_code, headers, re.sub(rb'value="\w{64}"', b"", page.content)))

    assert pages[0] == pages[1]


def test_waits_grow_to_a_quarter_of_an_hour(client, owner):
    fail(client, 5)
    waits = []
    for _each in range(7):
        waits.append(int(attempt(client)["Retry-After"]) / 60)
        later(minutes=15, seconds=1)

    assert waits == [1, 2, 4, 8, 15, 15, 15]


def test_right_password_after_the_wait_signs_in(client, owner):
    fail(client)
    later(minutes=1, seconds=1)

    assert attempt(client, RIGHT)["Location"] == "/me/"
    assert not FailedSignIns.objects.filter(waits_until__isnull=False).exists()


def test_right_password_waits_on_the_other_sign_in_page_too(client, owner):
    fail(client)

    assert attempt(client, RIGHT, address="/admin/login/").status_code == 429
    assert attempt(client, RIGHT).status_code == 429


def test_spelling_of_the_address_does_not_matter(client, owner):
    fail(client)

    assert attempt(client, email=f" {OWNER.upper()} ").status_code == 429


def test_right_password_from_another_network_signs_in(client, owner):
    fail(client, 12)

    assert attempt(client, RIGHT, REMOTE_ADDR="192.0.2.7")["Location"] == "/me/"


def test_other_people_behind_the_same_address_sign_in(client, owner):
    verified("other@example.org")
    fail(client, 40)

    assert attempt(client, RIGHT, "other@example.org")["Location"] == "/me/"


def test_reset_ends_the_wait_for_every_network(client, owner):
    fail(client)
    fail(client, REMOTE_ADDR="192.0.2.7")
    client.post("/accounts/password/reset/", {"email": OWNER})
    letter = rendering.letter(OutboxMail.objects.get(kind="account_reset")).text
    path = re.search(r"localhost:8000(/accounts/password/reset/key/\S+)", letter)[1]
    form = client.get(path, follow=True).request["PATH_INFO"]

    client.post(form, {"password1": NEW, "password2": NEW})

    assert attempt(client, NEW)["Location"] == "/me/"
    assert attempt(client, NEW, REMOTE_ADDR="192.0.2.7")["Location"] == "/me/"


def test_failures_are_forgotten_after_an_hour(client, owner):
    fail(client, 5)
    later(hours=1, seconds=1)

    assert fail(client, 5) == [200] * 5


def test_success_on_an_own_account_does_not_lift_the_limit(client, owner):
    verified("attacker@example.org")
    fail(client, 5)
    attempt(client, RIGHT, "attacker@example.org")
    client.post("/accounts/logout/")

    assert fail(client, 1) == [429]


def test_network_waits_only_far_above_a_school(client, owner, monkeypatch):
    monkeypatch.setattr(sign_in_limits, "NETWORK_FAILURES", 4)
    fail(client, 4, email=NOBODY)

    answer = attempt(client, RIGHT)
    later(minutes=5, seconds=1)

    assert answer.status_code == 429
    assert 290 < int(answer["Retry-After"]) <= 300
    assert attempt(client, RIGHT)["Location"] == "/me/"


def test_school_that_signs_in_at_once_is_not_limited(client, db):
    for number in range(35):
        verified(f"{number}@example.org")

    answers = []
    for number in range(35):
        client.cookies.clear()
        answers.append(attempt(client, RIGHT, f"{number}@example.org").status_code)

    assert answers == [302] * 35


def test_forged_forwarding_header_does_not_lift_the_limit(client, owner):
    answers = [
        attempt(client, headers={"x-forwarded-for": f"10.0.0.{number}"}).status_code
        for number in range(6)
    ]

    assert answers == [200] * 5 + [429]


@pytest.mark.parametrize(
    ("address", "forwarded", "proxies", "network"),
    [
        ("192.0.2.7", "", 0, "192.0.2.7"),
        ("192.0.2.7", "10.0.0.1", 0, "192.0.2.7"),
        ("127.0.0.1", "10.0.0.1, 192.0.2.7", 1, "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "", 0, "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "", 0, "192.0.2.7"),
    ],
)
def test_network_is_what_our_own_proxies_saw(settings, address, forwarded, proxies, network):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=address)

    assert sign_in_attempts.client_network(request) == network


def test_table_names_no_account(client, owner):
    fail(client, 1)

    row = FailedSignIns.objects.exclude(account="").get()
    assert (len(row.account), row.network) == (64, "127.0.0.1")


def test_old_failures_are_deleted(client, owner):
    fail(client, 1)
    later(hours=1, seconds=1)
    fail(client, 1, email=NOBODY)

    assert sign_in_limits.forget() == 1
    assert sign_in_limits.forget() == 0


def _second_factor(client, code):
    return client.post("/accounts/2fa/authenticate/", {"code": code})


def test_codes_of_the_second_factor_are_limited_by_account(client, owner):
    TOTP.activate(owner, generate_totp_secret())
    right = RecoveryCodes.activate(owner).get_unused_codes()
    attempt(client, RIGHT)

    answers = [_second_factor(client, "000000").status_code for _each in range(6)]
    waiting = _second_factor(client, right[0]).status_code
    later(minutes=1, seconds=1)

    assert answers == [200] * 5 + [429]
    assert waiting == 429
    assert _second_factor(client, right[0])["Location"] == "/me/"


def guess_at_once(monkeypatch, guesses=8):
    """All have read the count before any may write; the answer is how many are looked at."""
    gate, locked = threading.Barrier(guesses), sign_in_limits._locked

    def meet(*args):
        row = locked(*args)
        try:
            gate.wait(1)
        except threading.BrokenBarrierError:
            pass  # the others wait for the lock
        return row

    def guess(_number):
        try:
            sign_in_limits.begin(OWNER, "192.0.2.7")
        except sign_in_limits.MustWait:
            return 0
        finally:
            connection.close()
        return 1

    FailedSignIns.objects.create(
        account=sign_in_limits._hash(OWNER), network="192.0.2.7",
        forgotten_at=timezone.now() + datetime.timedelta(hours=1),
    )  # fmt: skip
    monkeypatch.setattr(sign_in_limits, "_locked", meet)
    with ThreadPoolExecutor(guesses) as pool:
        return sum(pool.map(guess, range(guesses)))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_parallel_guesses_are_counted(monkeypatch):
    assert guess_at_once(monkeypatch) == 6


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_parallel_guesses_pass(monkeypatch):
    def unlocked(account, network, _now):
        return FailedSignIns.objects.get(account=account, network=network)

    monkeypatch.setattr(sign_in_limits, "_locked", unlocked)

    assert guess_at_once(monkeypatch) == 8

"""What is done with accounts stands in the ledger; what fails is counted by the hour."""

import pytest
from allauth.mfa import signals as factor_signals
from django.contrib.auth.signals import user_logged_in
from django.urls import reverse

from cluster_portal.core.audit import AuditEntry, refusals
from cluster_portal.core.audit.refusals import Refusal
from tests import factories

PASSWORD = "testi-salasana"
NEW = "uusi-pitkä-salasana"
NETWORK = "127.0.0.1"


def acts():
    return list(AuditEntry.objects.order_by("pk").values_list("action", "actor", "details"))


def sign_in(client, email, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


@pytest.fixture
def person(db):
    made = factories.verified(factories.user("person@example.org"))
    made.set_password(PASSWORD)
    made.save()
    return made


def counted():
    return list(Refusal.objects.order_by("pk").values_list("act", "account", "network", "count"))


def test_signing_in_and_out_is_an_act(client, person):
    sign_in(client, person.email)
    client.post(reverse("account_logout"))

    assert acts() == [
        ("signed in", person.pk, {"network": NETWORK}),
        ("signed out", person.pk, {"network": NETWORK}),
    ]


def test_failures_are_one_row_by_account_network_and_hour(client, person):
    for _ in range(3):
        sign_in(client, person.email, "väärä")
    sign_in(client, "nobody@example.org", "väärä")

    assert counted() == [
        ("sign_in", person.pk, NETWORK, 3),
        ("sign_in", None, NETWORK, 1),
    ]


def test_too_many_failures_are_counted_too(client, person):
    for _ in range(8):
        sign_in(client, person.email, "väärä")

    assert Refusal.objects.get(act="too_many").count >= 2


def test_changing_the_password_is_an_act(client, person):
    sign_in(client, person.email)

    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )

    assert ("password changed", person.pk, {"network": NETWORK}) in acts()


def test_second_factor_is_an_act_and_its_failure_counted(client, person, rf):
    request = rf.get("/")
    request.user = person
    factor = factories.second_factor(person)

    for signal in (factor_signals.authenticator_added, factor_signals.authenticator_removed):
        signal.send(sender=type(factor), request=request, user=person, authenticator=factor)
    factor_signals.authentication_failed.send(
        sender=type(factor), request=request, user=person, authenticator=factor
    )

    assert [action for action, *_ in acts()] == ["second factor added", "second factor removed"]
    assert counted() == [("second_factor", person.pk, NETWORK, 1)]


def test_own_data_taken_out_is_an_act(client, person):
    sign_in(client, person.email)

    assert client.get(reverse("home:my_data_file")).status_code == 200

    assert acts()[-1] == ("own data exported", person.pk, {})


def test_an_administrator_made_by_command_is_an_act(admin_user):
    assert AuditEntry.objects.get(action="administrator made").about == admin_user


def test_granting_the_administration_says_before_and_after(client, admin_user, member):
    client.force_login(admin_user)
    path = reverse("admin:members_user_change", args=[member.pk])
    values = {
        "first_name": member.first_name, "last_name": member.last_name, "title": "Päällikkö",
        "language": "fi", "is_active": "on", "is_superuser": "on",
    }  # fmt: skip

    client.post(path, values)

    entry = AuditEntry.objects.get(action="changed in admin")
    assert (entry.about, entry.actor) == (member, admin_user)
    assert entry.details == {
        "fields": ["title", "is_superuser"],
        "before": {"is_superuser": False},
        "after": {"is_superuser": True},
    }


def test_refusals_are_forgotten_after_a_year(person):
    refusals.count(refusals.Act.SIGN_IN, person.pk, NETWORK)
    refusals.count(refusals.Act.SIGN_IN, None, NETWORK)
    old = Refusal.objects.order_by("pk").first()
    Refusal.objects.filter(pk=old.pk).update(hour=old.hour - refusals.KEPT * 1.01)

    assert refusals.forget() == 1
    assert counted() == [("sign_in", None, NETWORK, 1)]
    assert not AuditEntry.objects.exists()


def test_signal_without_a_request_still_leaves_its_act(person):
    user_logged_in.send(sender=type(person), request=None, user=person)

    assert acts() == [("signed in", person.pk, {})]

"""A form saved in the admin while a step is being taken, beside its twin without the lock."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib import admin
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from cluster_portal.core.admin.scoped import ScopedAdmin
from projects.models import Challenge
from projects.services.challenges import move_challenge
from tests.projects import factories as make
from tests.races import somebody_waits

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


@pytest.fixture(autouse=True)
def _demo(settings):
    """Second factors are tested apart."""
    settings.DEMO = True


@pytest.fixture
def challenge(home_cluster, company):
    return make.challenge(home_cluster, organisation=company)


def saved_in_the_admin(challenge, user):
    client = Client()
    client.force_login(user)
    closes = timezone.localtime(challenge.closes_at)
    data = {
        "title_fi": "Uusi otsikko", "summary_fi": "Lyhyesti.", "slug": challenge.slug,
        "closes_at": closes.strftime("%Y-%m-%dT%H:%M"),
        "home_cluster": challenge.home_cluster_id, "organisation": challenge.organisation_id,
        "visibility": "public", "need": "Tarve.",
    }  # fmt: skip
    try:
        return client.post(f"/admin/projects/challenge/{challenge.pk}/change/", data)
    finally:
        connection.close()


def saved_during_a_withdrawal(challenge, user):
    """The form is sent after the withdrawal was written and before it is committed."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            move_challenge(challenge, "withdraw", by=user, reason="Syy.")
            saving = pool.submit(saved_in_the_admin, challenge, user)
            while not (somebody_waits() or saving.done()):
                pass
        assert saving.result().status_code == 302
    return Challenge.objects.get(pk=challenge.pk)


def test_saved_form_undoes_no_step_taken_meanwhile(challenge, office):
    made = saved_during_a_withdrawal(challenge, office)

    assert (made.stage, made.title_fi) == ("withdrawn", "Uusi otsikko")


def test_without_the_lock_the_saved_form_undoes_it(challenge, office, monkeypatch):
    monkeypatch.setattr(ScopedAdmin, "get_object", admin.ModelAdmin.get_object)

    assert saved_during_a_withdrawal(challenge, office).stage == "open"

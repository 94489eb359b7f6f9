"""A version approved twice at once, or while its measures are being written about."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib import admin
from django.db import connection, transaction
from django.test import Client

from cluster_portal.core import audit
from cluster_portal.core.admin.scoped import ScopedAdmin
from cluster_portal.core.errors import Refused
from projects.models import Measure
from projects.services.programmes import approve_programme, new_version
from tests.projects import factories as make
from tests.projects.test_admin_races import somebody_waits

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


@pytest.fixture(autouse=True)
def _demo(settings):
    """Second factors are tested apart."""
    settings.DEMO = True


@pytest.fixture
def draft(home_cluster, company, office):
    return new_version(make.approved_programme(home_cluster, company), by=office)


def approved(draft, user):
    try:
        return approve_programme(draft, by=user).stage
    except Refused:
        return "refused"
    finally:
        connection.close()


def test_version_is_approved_once(draft, office, home_cluster):
    project = make.project(home_cluster)
    project.measures.add(Measure.objects.get(goal__programme__version=1))

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda _n: approved(draft, office), range(2)))

    assert sorted(results) == ["approved", "refused"]
    assert audit.of(draft).filter(action="approve").count() == 1
    assert project.measures.get().goal.programme == draft


def saved_in_the_admin(measure, user):
    client = Client()
    client.force_login(user)
    data = {
        "goal": measure.goal_id, "number": measure.number, "title_fi": "Muutettu",
        "responsible": measure.responsible_id, "state": "in_progress", "progress": 80,
        "starts_on": measure.starts_on.strftime("%d.%m.%Y"),
        "ends_on": measure.ends_on.strftime("%d.%m.%Y"),
    }  # fmt: skip
    try:
        return client.post(f"/admin/projects/measure/{measure.pk}/change/", data).status_code
    finally:
        connection.close()


def saved_during_the_approval(draft, user):
    measure = Measure.objects.select_related("goal").get(goal__programme__version=1)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            approve_programme(draft, by=user)
            saving = pool.submit(saved_in_the_admin, measure, user)
            while not (somebody_waits() or saving.done()):
                pass
        return saving.result()


def test_progress_written_during_the_approval_is_refused_not_lost(draft, office):
    assert saved_during_the_approval(draft, office) == 403
    assert Measure.objects.filter(progress=80).count() == 0


def test_without_the_lock_it_is_lost_in_the_old_version(draft, office, monkeypatch):
    monkeypatch.setattr(ScopedAdmin, "get_object", admin.ModelAdmin.get_object)

    assert saved_during_the_approval(draft, office) == 302
    assert Measure.objects.get(progress=80).goal.programme.version == 1

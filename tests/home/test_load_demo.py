"""The example loads from its plain files, whole, and a second time changes nothing."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from cluster_portal.home.services import chores
from events.models import Event, Registration, Seats
from theses.models import Application, SupervisionRequest, Thesis, Topic

UNCOUNTED = {"sessions.Session", "contenttypes.ContentType"}


def counts():
    models = [model for model in apps.get_models() if model._meta.managed]
    return {
        model._meta.label: model._default_manager.count()
        for model in models
        if model._meta.label not in UNCOUNTED
    }


@pytest.fixture
def _loaded(db, settings):
    call_command("load_demo", into=connection.settings_dict["NAME"], verbosity=0)


@pytest.mark.parametrize("arguments", [{}, {"into": "another"}])
def test_example_goes_only_into_the_database_that_is_named(db, arguments):
    with pytest.raises(CommandError):
        call_command("load_demo", **arguments)

    assert not Event.objects.exists()


@pytest.mark.usefixtures("_loaded")
def test_second_load_changes_nothing():
    before = counts()

    call_command("load_demo", into=connection.settings_dict["NAME"], verbosity=0)

    assert counts() == before


@pytest.mark.usefixtures("_loaded")
def test_events_are_loaded_with_true_counters():
    for seats in Seats.objects.all():
        assert seats.taken == Registration.objects.holding().filter(seats=seats).count()
    assert Event.objects.count() == 8
    assert Registration.objects.waiting().exists()
    assert Registration.objects.filter(stage="attended").exists()


@pytest.mark.usefixtures("_loaded")
def test_pages_of_the_example_stand(client):
    for path in ("/", "/events/", "/members/", "/projects/", "/theses/", "/sitemap.xml"):
        assert client.get(path).status_code == 200
    for event in Event.objects.filter(visibility="public"):
        assert client.get(event.get_absolute_url()).status_code == 200


@pytest.mark.usefixtures("_loaded")
def test_hourly_round_runs_every_chore():
    assert -1 not in chores.run_all().values()


@pytest.mark.usefixtures("_loaded")
def test_theses_of_the_example_are_on_every_step_of_the_way(client):
    stages = sorted(Thesis.objects.values_list("stage", flat=True))
    running = Thesis.objects.get(stage="in_progress")
    accepted = Application.objects.filter(stage="accepted")

    assert stages == ["finished"] * 2 + ["in_progress"] + ["matched"] * 2 + ["seeking"]
    assert (running.light, running.milestones.exclude(done_on=None).count()) == ("yellow", 2)
    assert SupervisionRequest.objects.filter(stage="asked").count() == 1
    assert not accepted.filter(thesis=None).exists()
    for topic in Topic.objects.filter(stage="open", visibility="public"):
        assert client.get(topic.get_absolute_url()).status_code == 200
    for thesis in Thesis.objects.filter(stage="finished"):
        assert client.get(thesis.get_absolute_url()).status_code == 200

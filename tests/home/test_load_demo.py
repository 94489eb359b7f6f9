"""The example loads from its plain files, whole, and a second time changes nothing."""

from itertools import combinations

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from cluster_portal.core import interests, request_cache
from cluster_portal.home.services import chores
from cluster_portal.knowledge.pages import front
from cluster_portal.notifications import digest_rounds, digests
from events.models import Event, Registration, Seats
from members.models import User
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
    assert Event.objects.count() == 10
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


def is_after_all(days):
    told = [day for day in days if day]
    return told == sorted(told)


@pytest.mark.usefixtures("_loaded")
@request_cache.scope()
def test_readers_of_the_example_get_different_digests_and_the_thread_goes_on_in_time():
    """Two digests are equal only where what the two care for among all that is offered is."""
    readers = list(User.objects.filter(is_active=True, emailaddress__verified=True).distinct())
    known = digests.Candidates()
    week = digest_rounds.Round("weekly", timezone.localdate())

    choices = digests.choices_of(week, readers, known)

    offered = {tag for things in known.of(week.since, readers).values()
               for thing in things for tag in thing.tags}  # fmt: skip
    mine = interests.interests_of(readers)
    care = {pk: {tag: one for tag, one in all_.items() if tag in offered}
            for pk, all_ in mine.items()}  # fmt: skip
    told = {pk: [one.thing.key for one in choice.items] for pk, choice in choices.items()}
    assert len(readers) >= 40
    for one, other in combinations(told, 2):
        assert told[one] != told[other] or care[one] == care[other]
    assert is_after_all(step["day"] for step in front.journey(AnonymousUser())["steps"])

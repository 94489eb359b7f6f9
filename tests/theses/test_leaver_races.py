"""Two rounds of the supervisors who left, at once, beside the twin without the lock."""

import threading

import pytest
from django.db import transaction
from django.utils import timezone

from cluster_portal.notifications.models import OutboxMail
from tests import factories
from tests.theses import factories as made
from tests.theses import parties
from tests.theses.test_races import at_once
from theses.models import Thesis
from theses.services import leavers

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def left(topic):
    leaver = parties.supervisor(factories.organisation("Opisto"), room=3)
    other = [
        made.topic(topic.organisation, topic.home_cluster, contact=topic.contact) for _n in range(2)
    ]
    works = [parties.working(each, factories.user(), leaver) for each in (topic, *other)]
    leaver.affiliations.update(stage="ended", until=timezone.localdate())
    return works


def told():
    """How often the students of all theses were told."""
    students = Thesis.objects.values("application__student")
    return OutboxMail.objects.filter(recipient__in=students).count()


@pytest.mark.parametrize("attempt", range(3))
def test_two_rounds_at_once_tell_each_thesis_once(left, monkeypatch, attempt):
    """Both have read all theses before either locks the first."""
    lock, meet, met = leavers.locked_thesis, threading.Barrier(2), threading.local()

    def lock_together(thesis):
        if not hasattr(met, "yes"):
            met.yes = meet.wait(10)
        return lock(thesis)

    monkeypatch.setattr(leavers, "locked_thesis", lock_together)

    results = at_once(leavers.tell_of_leavers, leavers.tell_of_leavers)

    assert (sum(results), told()) == (len(left), len(left))


def test_unlocked_twin_tells_twice(left, monkeypatch):
    meet = threading.Barrier(2)
    monkeypatch.setattr(leavers, "locked_thesis", lambda thesis: thesis)
    not_told = leavers._not_told

    def tell_unguarded():
        """Look, then write, for one thesis."""
        with transaction.atomic():
            leave = not_told().get(pk=left[0].pk).leave
            meet.wait(10)
            leavers._tell_parties(left[0], leave)

    class Always:
        """The look under the lock is left out."""

        def filter(self, **_conditions):
            return self

        def exists(self):
            return True

    monkeypatch.setattr(leavers, "_not_told", Always)

    at_once(tell_unguarded, tell_unguarded)

    assert told() == 2

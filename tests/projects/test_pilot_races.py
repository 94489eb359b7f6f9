"""Two close a pilot at once; its last learning goes while it is closed. Each beside a twin."""

import pytest

from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.errors import Refused
from projects.models import Learning, Pilot
from projects.services import learnings, pilot_makers, pilots
from projects.services.learnings import Written
from tests import factories
from tests.projects import factories as make
from tests.races import at_once, slowly

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def ended_pilot(home_cluster):
    town = factories.organisation("Kokeileva kunta", kind="municipality")
    maker = factories.organisation("Tekijä Oy")
    people = []
    for each in (town, maker):
        factories.membership(each, home_cluster)
        people.append(factories.user())
        factories.affiliation(people[-1], each, role="contact")
    pilot = make.pilot(home_cluster, town, maker, stage="closing")
    make.learning(pilot)
    return pilot, people


def unlocked(pilot):
    return Pilot.objects.get(pk=pilot.pk)


def unlock(monkeypatch):
    monkeypatch.setattr(pilots, "locked", unlocked)
    monkeypatch.setattr(pilot_makers, "locked", unlocked)


def close_twice(home_cluster, monkeypatch):
    pilot, people = ended_pilot(home_cluster)
    step = slowly(monkeypatch, pilots, "enter")
    refused = []

    def press(person):
        try:
            pilots.move_pilot(pilot, "close", by=person)
        except Refused as refusal:
            refused.append(refusal)

    at_once(*(lambda person=person: press(person) for person in people), step=step)
    return len(refused), AuditEntry.objects.filter(action="pilot close").count()


def test_pilot_is_closed_once(home_cluster, monkeypatch):
    assert close_twice(home_cluster, monkeypatch) == (1, 1)


def test_twin_that_does_not_lock_closes_it_twice(home_cluster, monkeypatch):
    unlock(monkeypatch)

    assert close_twice(home_cluster, monkeypatch) == (0, 2)


def remove_while_closing(home_cluster, monkeypatch):
    """The stage and the learnings in the end."""
    pilot, (first, second) = ended_pilot(home_cluster)
    step = slowly(monkeypatch, pilots, "enter")

    def close():
        pilots.move_pilot(pilot, "close", by=first)

    def remove():
        gone = Written("advice", "", number=1, is_gone=True)
        try:
            learnings.write_learnings(pilot, [gone], by=second)
        except Refused:
            return

    at_once(close, remove, step=step)
    pilot.refresh_from_db()
    return pilot.stage, Learning.objects.count()


def test_last_learning_stays_when_the_pilot_is_closed(home_cluster, monkeypatch):
    assert remove_while_closing(home_cluster, monkeypatch) == ("closed", 1)


def test_twin_that_does_not_lock_closes_it_without_a_learning(home_cluster, monkeypatch):
    unlock(monkeypatch)

    assert remove_while_closing(home_cluster, monkeypatch) == ("closed", 0)

"""Two reports of one measure at once; beside a twin that does not lock."""

import pytest

from cluster_portal.core.errors import Refused
from projects.models import Measure, MeasureUpdate
from projects.services import updates
from projects.services.updates import Told
from tests import factories
from tests.projects import factories as make
from tests.races import at_once, slowly

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def report_at_once(home_cluster, monkeypatch, *figures):
    """How many were refused, and how many reports stand in the history."""
    owner = factories.organisation("Vastuutaho Oy")
    factories.membership(owner, home_cluster)
    person = factories.user()
    factories.affiliation(person, owner, role="contact")
    measure = make.measure(make.approved_programme(home_cluster, owner), responsible=owner)
    slowly(monkeypatch, updates, "_teller")
    refused = []

    def send(figure):
        try:
            updates.report(measure, Told("in_progress", figure), by=person)
        except Refused as refusal:
            refused.append(refusal)

    at_once(*(lambda figure=figure: send(figure) for figure in figures))
    return len(refused), MeasureUpdate.objects.count()


def unlocked(measure):
    return Measure.objects.with_programme().select_related("responsible").get(pk=measure.pk)


def test_second_of_two_reports_is_told_of_the_first(home_cluster, monkeypatch):
    assert report_at_once(home_cluster, monkeypatch, 3, 5) == (1, 1)


def test_report_pressed_twice_is_one(home_cluster, monkeypatch):
    assert report_at_once(home_cluster, monkeypatch, 3, 3) == (0, 1)


def test_twin_that_does_not_lock_takes_both(home_cluster, monkeypatch):
    monkeypatch.setattr(updates, "lock", unlocked)

    assert report_at_once(home_cluster, monkeypatch, 3, 5) == (0, 2)

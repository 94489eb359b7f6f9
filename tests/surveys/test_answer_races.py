"""Two people in one answer in real parallel transactions, beside the twin without the lock."""

import threading

import pytest

from cluster_portal.surveys.models import Response
from cluster_portal.surveys.services import responses
from tests.surveys import factories as make
from tests.theses.test_races import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def asked(home_cluster, company, lead, member):
    made = make.response(make.survey_round(home_cluster), organisation=company)
    responses.hand_over(made, member, by=lead)
    return made


def both_save(asked, lead, member):
    at_once(
        lambda: responses.save_answers(asked, {"exports": "yes"}, by=lead),
        lambda: responses.save_answers(asked, {"suppliers": "4"}, by=member),
    )
    asked.refresh_from_db()
    return asked.answers


@pytest.mark.parametrize("attempt", range(3))
def test_answers_of_both_are_kept(asked, lead, member, monkeypatch, attempt):
    lock, meet = responses.locked, threading.Barrier(2)

    def lock_together(response):
        meet.wait(10)
        return lock(response)

    monkeypatch.setattr(responses, "locked", lock_together)

    assert both_save(asked, lead, member) == {"exports": "yes", "suppliers": "4"}
    assert asked.revision == 2


def test_unlocked_twin_loses_one_of_them(asked, lead, member, monkeypatch):
    meet = threading.Barrier(2)

    def read_together(response):
        row = Response.objects.select_related("round", "organisation").get(pk=response.pk)
        meet.wait(10)
        return row

    monkeypatch.setattr(responses, "locked", read_together)

    assert len(both_save(asked, lead, member)) == 1

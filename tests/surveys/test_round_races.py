"""Inviting, reminding and closing at the same moment, beside twins that take no turns."""

import contextlib
import datetime

import pytest
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.surveys.models import Response, Round
from cluster_portal.surveys.services import invitations, reminders, responses, rounds
from tests import factories
from tests.races import at_once, slowly
from tests.surveys import factories as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


@pytest.fixture
def firm(home_cluster):
    made = factories.organisation("Kilpa Oy")
    factories.membership(made, home_cluster)
    factories.affiliation(factories.user(), made, role="contact")
    return made


@pytest.fixture
def by(home_cluster):
    return factories.coordinator(home_cluster)


def invite_twice(home_cluster, firm, by, monkeypatch):
    """Each names another representative, so that no constraint of the database steps in."""
    in_round = make.survey_round(home_cluster, role="representative")
    step = slowly(monkeypatch, invitations, "_name_people")
    usual, people = invitations._name_people, [factories.user() for _each in range(2)]

    def named(survey_round, rows):
        usual(survey_round, rows)
        for row in rows:
            row.person = people.pop()

    monkeypatch.setattr(invitations, "_name_people", named)
    at_once(*[lambda: invitations.invite(in_round, [firm], by=by)] * 2, step=step)
    return in_round.responses.count()


def without_turns(survey_round):
    return Round.objects.get(pk=survey_round.pk)


def test_twin_without_turns_asks_two(home_cluster, firm, by, monkeypatch):
    monkeypatch.setattr(invitations, "turn_of", without_turns)

    assert invite_twice(home_cluster, firm, by, monkeypatch) == 2


def test_two_who_invite_at_once_ask_once(home_cluster, firm, by, monkeypatch):
    assert invite_twice(home_cluster, firm, by, monkeypatch) == 1


def remind_twice(home_cluster, firm, by, monkeypatch):
    in_round = make.survey_round(home_cluster, reminder_limit=1)
    long_ago = timezone.now() - datetime.timedelta(days=20)
    make.response(in_round, organisation=firm, invited_at=long_ago)
    step = slowly(monkeypatch, reminders, "_post")
    told = []
    at_once(*[lambda: told.append(reminders.remind(in_round, by=by))] * 2, step=step)
    return sum(told)


def test_two_who_remind_at_once_remind_once(home_cluster, firm, by, monkeypatch):
    assert remind_twice(home_cluster, firm, by, monkeypatch) == 1
    assert OutboxMail.objects.filter(kind="survey_reminder").count() == 1


def test_twin_without_turns_reminds_twice(home_cluster, firm, by, monkeypatch):
    monkeypatch.setattr(reminders, "turn_of", without_turns)

    assert remind_twice(home_cluster, firm, by, monkeypatch) == 2


@pytest.fixture
def answering(home_cluster, firm):
    response = make.response(make.survey_round(home_cluster), organisation=firm)
    return response, firm.affiliations.get().user


def save_while_closing(answering, by, monkeypatch):
    """The closing begins while an answer is being saved; whether the answer came in time."""
    response, person = answering
    step = slowly(monkeypatch, responses, "_may_write")
    at_once(
        lambda: responses.save_answers(response, {"suppliers": "3"}, by=person),
        lambda: rounds.close_round(response.round, by=by),
        step=step,
    )
    response.refresh_from_db()
    return response.saved_at <= Round.objects.get().closed_at


def test_closing_waits_for_an_answer_that_is_being_saved(answering, by, monkeypatch):
    assert save_while_closing(answering, by, monkeypatch)


def test_twin_that_does_not_wait_closes_before_the_answer(answering, by, monkeypatch):
    monkeypatch.setattr(rounds, "_wait_for_writers", lambda survey_round: None)

    assert not save_while_closing(answering, by, monkeypatch)


def save_after_closing(answering, by, monkeypatch):
    """The answer is sent while the round is being closed; what is stored of it."""
    response, person = answering
    step = slowly(monkeypatch, rounds, "coordinators_of")

    def save():
        with contextlib.suppress(Refused):
            responses.save_answers(response, {"suppliers": "3"}, by=person)

    at_once(lambda: rounds.close_round(response.round, by=by), save, step=step)
    response.refresh_from_db()
    return response.answers


def test_answer_sent_while_the_round_closes_is_refused(answering, by, monkeypatch):
    assert save_after_closing(answering, by, monkeypatch) == {}


def test_twin_that_reads_the_round_with_the_lock_stores_it(answering, by, monkeypatch):
    def locked(response):
        rows = Response.objects.select_for_update(of=("self",), no_key=True)
        return rows.select_related("round", "organisation").get(pk=response.pk)

    monkeypatch.setattr(responses, "locked", locked)

    assert save_after_closing(answering, by, monkeypatch) == {"suppliers": "3"}

"""What is held of a person in questionnaires, and what becomes of it."""

import pytest

from cluster_portal.surveys import erasure, exports
from cluster_portal.surveys.models import Response
from cluster_portal.surveys.services import responses
from members.services.erasure import erase_account
from tests import factories
from tests.surveys import factories as make

ANSWERS = {"exports": "yes", "where": "Ruotsi"}


@pytest.fixture
def person(home_cluster):
    made = factories.user("yksityinen@example.org")
    factories.membership(made, home_cluster)
    return made


@pytest.fixture
def answered(home_cluster, person):
    own = make.response(make.survey_round(home_cluster, mode="persons"), person=person)
    responses.save_answers(own, ANSWERS, by=person)
    return responses.submit(own, by=person)


def test_own_answers_are_exported_in_words(answered, person):
    (row,) = exports.answers(person)

    assert row["answers"] == {"Exports?": "Yes", "Where?": "Ruotsi"}


def test_answers_of_an_organisation_are_not_the_persons_to_take(home_cluster, company, lead):
    ours = make.response(make.survey_round(home_cluster), organisation=company, person=lead)
    responses.save_answers(ours, ANSWERS, by=lead)

    (row,) = exports.answers(lead)

    assert (row["answers for"], "answers" in row) == (True, False)


def test_handing_over_is_exported_on_both_sides(home_cluster, company, lead, member):
    ours = make.response(make.survey_round(home_cluster), organisation=company)
    responses.hand_over(ours, member, by=lead)

    assert [row["to me"] for row in exports.answers(member)] == [True]
    assert [row["to me"] for row in exports.answers(lead)] == [False]


def test_answers_stay_as_figures_without_name_and_words(answered, person):
    assert len(erasure.effects(person)) == 1

    erase_account(person, by=person)

    answered.refresh_from_db()
    assert (answered.is_anonymous, answered.person, answered.answers) == (
        True, None, {"exports": "yes"},
    )  # fmt: skip
    assert answered.is_counted


def test_unfinished_answers_are_deleted(home_cluster, person):
    make.response(
        make.survey_round(home_cluster, mode="persons"), person=person, answers={"exports": "yes"}
    )

    erase_account(person, by=person)

    assert not Response.objects.exists()


def test_two_of_one_organisation_are_both_erased(home_cluster, company):
    in_round = make.survey_round(home_cluster, mode="persons")
    for name in ("aino", "eero"):
        user = factories.user(f"{name}@example.org")
        factories.affiliation(user, company)
        make.response(in_round, organisation=company, person=user, stage="answered")
        erase_account(user, by=user)

    assert Response.objects.filter(is_anonymous=True).count() == 2


def test_answers_of_an_organisation_stay_whole(home_cluster, company, lead, member):
    ours = make.response(make.survey_round(home_cluster), organisation=company, person=member)
    responses.save_answers(ours, ANSWERS, by=lead)

    erase_account(member, by=member)

    ours.refresh_from_db()
    assert (ours.organisation, ours.person, ours.answers) == (company, None, ANSWERS)

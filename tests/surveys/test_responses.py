"""Answering: who may, what stays, what is told to whom."""

import datetime

import pytest
from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.surveys.models import Response
from cluster_portal.surveys.services import responses
from tests import factories
from tests.surveys import factories as make

ANSWERS = {"exports": "yes", "where": "Ruotsi"}


def told():
    return list(OutboxMail.objects.order_by("pk").values_list("kind", "recipient_id"))


@pytest.fixture
def asked(home_cluster, company):
    return make.response(make.survey_round(home_cluster), organisation=company)


@pytest.fixture
def interview(home_cluster, company, office):
    in_round = make.survey_round(home_cluster, mode="interviews")
    return make.response(in_round, organisation=company, interviewer=office)


SEEN = {
    "organisations": "lead office admin",
    "persons": "member office admin",
    "interviews": "lead member office admin",
}


@pytest.mark.parametrize("mode", SEEN)
def test_answers_are_seen_by_their_side_and_the_coordinators(mode, cast, home_cluster, company):
    person = None if mode == "organisations" else cast["member"]
    made = make.response(
        make.survey_round(home_cluster, mode=mode, visibility="public"), organisation=company,
        person=person,
    )  # fmt: skip

    seen = {who for who in cast if Response.objects.visible_to(cast[who]).contains(made)}

    assert seen == set(SEEN[mode].split())


def test_anonymous_answer_is_only_the_coordinators(cast, home_cluster):
    in_round = make.survey_round(home_cluster, mode="anonymous")
    made = make.response(
        in_round, is_anonymous=True, stage="answered", answered_on=timezone.localdate()
    )

    seen = {who for who in cast if Response.objects.visible_to(cast[who]).contains(made)}

    assert seen == {"office", "admin"}


def test_who_left_the_organisation_no_longer_sees_its_answers(asked, lead):
    assert Response.objects.visible_to(lead).contains(asked)

    lead.affiliations.get().delete()

    assert not Response.objects.visible_to(lead).contains(asked)


def test_answers_are_saved_one_by_one(asked, lead):
    responses.save_answers(asked, {"exports": "yes"}, by=lead)
    responses.save_answers(asked, {"where": "Ruotsi", "exports": None}, by=lead)

    asked.refresh_from_db()
    assert (asked.answers, asked.revision) == ({"where": "Ruotsi"}, 2)


def test_writer_is_told_whose_answer_another_had_saved(asked, lead, member):
    responses.hand_over(asked, member, by=lead)
    seen = {"exports": "", "plan": ""}
    responses.save_answers(asked, {"exports": "yes"}, by=lead, seen=seen)

    saved = responses.save_answers(asked, {"exports": "no", "plan": 3}, by=member, seen=seen)

    assert saved.overtaken == {"exports": "yes"}
    assert saved.response.answers == {"exports": "no", "plan": 3}


@pytest.mark.parametrize("who", ["outsider", "member", "other_lead", "office", "other_office"])
def test_others_do_not_write(asked, cast, who):
    if who == "office":
        asked.stage = "answered"
        asked.answered_on = timezone.localdate()
        asked.save()

    with pytest.raises(Refused):
        responses.save_answers(asked, {"exports": "yes"}, by=cast[who])


@pytest.mark.parametrize("late", [{"stage": "closed"}, {"closes_at": "now"}])
def test_answer_after_closing_is_refused(home_cluster, company, lead, late):
    if "closes_at" in late:
        late = {"closes_at": timezone.now() - datetime.timedelta(seconds=1)}
    asked = make.response(make.survey_round(home_cluster, **late), organisation=company)

    with pytest.raises(Refused, match="suljettu"):
        responses.save_answers(asked, {"exports": "yes"}, by=lead)


def test_organisation_sends_its_own_answers(asked, lead, company):
    responses.save_answers(asked, {**ANSWERS, "plan": 3}, by=lead)

    responses.submit(asked, by=lead)

    asked.refresh_from_db()
    assert (asked.stage, asked.checked_by, asked.sector) == ("checked", lead, company.sector)
    assert told() == []


def test_unanswered_question_holds_the_answers_back(asked, lead):
    responses.save_answers(asked, {"exports": "yes"}, by=lead)

    with pytest.raises(Refused, match="Where"):
        responses.submit(asked, by=lead)


def test_answer_that_branching_hid_is_not_sent(asked, lead):
    responses.save_answers(asked, {**ANSWERS, "exports": "no"}, by=lead)

    responses.submit(asked, by=lead)

    asked.refresh_from_db()
    assert asked.answers == {"exports": "no"}


def test_organisation_checks_what_the_interviewer_wrote(interview, office, lead):
    responses.save_answers(interview, ANSWERS, by=office)
    responses.submit(interview, by=office)
    interview.refresh_from_db()
    assert (interview.stage, interview.written) == ("answered", ANSWERS)
    assert told() == [("survey_to_check", lead.pk)]

    responses.save_answers(interview, {"where": "Norja"}, by=lead)
    with pytest.raises(Refused, match="muuttuneet"):
        responses.check(interview, by=lead, revision=1)
    responses.check(interview, by=lead, revision=2)

    interview.refresh_from_db()
    assert (interview.stage, interview.answers["where"]) == ("checked", "Norja")
    assert interview.written["where"] == "Ruotsi"


def test_interviewer_does_not_change_what_was_sent(interview, office):
    responses.save_answers(interview, ANSWERS, by=office)
    responses.submit(interview, by=office)

    with pytest.raises(Refused):
        responses.save_answers(interview, {"where": "Norja"}, by=office)


def test_answers_are_handed_to_a_colleague_once(asked, lead, member):
    responses.hand_over(asked, member, by=lead)
    responses.hand_over(asked, member, by=lead)

    assert told() == [("survey_handed_over", member.pk)]
    assert Response.objects.editable_by(member).contains(asked)


def test_answers_are_not_handed_to_strangers(asked, lead, outsider):
    with pytest.raises(Refused):
        responses.hand_over(asked, outsider, by=lead)


def test_open_round_is_answered_once_for_the_organisation(home_cluster, company, lead, member):
    in_round = make.survey_round(home_cluster, mode="open")

    first = responses.start(in_round, by=member, organisation=company)
    second = responses.start(in_round, by=lead, organisation=company)

    assert first == second
    assert Response.objects.editable_by(member).contains(first)


def test_organisation_outside_the_network_begins_no_answer(home_cluster, company, lead):
    in_round = make.survey_round(home_cluster, mode="open")
    other = factories.organisation()
    factories.affiliation(lead, other, role="contact")

    with pytest.raises(Refused, match="ei ole enää verkoston jäsen"):
        responses.start(in_round, by=lead, organisation=other)


def test_private_member_answers_an_open_round(home_cluster):
    person = factories.user("yksityinen@example.org")
    factories.membership(None, home_cluster, person=person)
    in_round = make.survey_round(home_cluster, mode="open")

    made = responses.start(in_round, by=person)

    assert (made.person, made.organisation) == (person, None)


@pytest.mark.parametrize("mode", ["organisations", "persons", "interviews", "anonymous"])
def test_round_by_invitation_is_not_started(home_cluster, company, lead, mode):
    with pytest.raises(Refused):
        responses.start(make.survey_round(home_cluster, mode=mode), by=lead, organisation=company)


def test_interviewer_who_left_the_coordinator_no_longer_sees_the_interviews(home_cluster, company):
    office = factories.organisation("Liitto", kind="regional_council")
    factories.affiliation(factories.coordinator(home_cluster, "johtaja@example.org"), office)
    worker = factories.user("haastattelija@example.org")
    post = factories.affiliation(worker, office)
    made = make.response(
        make.survey_round(home_cluster, mode="interviews"), organisation=company,
        interviewer=worker,
    )  # fmt: skip
    assert Response.objects.editable_by(worker).contains(made)

    post.delete()

    assert not Response.objects.visible_to(worker).contains(made)
    with pytest.raises(Refused):
        responses.save_answers(made, {"exports": "yes"}, by=worker)


def test_colleague_does_not_enter_what_another_has_begun(home_cluster, company, lead, member):
    in_round = make.survey_round(home_cluster, mode="open")
    responses.start(in_round, by=lead, organisation=company)

    with pytest.raises(Refused, match="Kollega"):
        responses.start(in_round, by=member, organisation=company)


def test_sent_answer_is_changed_by_those_who_could_send_it(asked, lead, member):
    section = asked.round.version.sections.get(key="basics")
    responses.hand_over(asked, member, by=lead, section=section)
    responses.save_answers(asked, ANSWERS, by=lead)
    responses.submit(asked, by=lead)

    with pytest.raises(Refused):
        responses.save_answers(asked, {"exports": "no"}, by=member)
    responses.save_answers(asked, {"where": "Norja"}, by=lead)

    assert audit.of(asked).first().action == "changed after sending"


def test_only_answers_to_the_questions_are_stored(asked, lead):
    saved = responses.save_answers(asked, {"exports": "yes", "nowhere": "x"}, by=lead)

    assert saved.response.answers == {"exports": "yes"}

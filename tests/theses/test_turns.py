import datetime

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format

from tests import factories
from tests.theses import factories as made
from theses.models import (
    Agreement,
    Application,
    InterviewTime,
    Milestone,
    SupervisionRequest,
    Thesis,
)
from theses.models.applications import HOLDS_A_PLACE, PENDING, Stage
from theses.models.choices import Origin
from theses.models.work_parts import DataPlan, PermitState, Rights
from theses.models.works import Stage as ThesisStage
from theses.pages import turns

TODAY = datetime.date(2027, 5, 3)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def application_at(stage, topic, student):
    values = {"stage": stage}
    if stage not in {*PENDING, Stage.WITHDRAWN}:
        values |= {"decided_at": timezone.now(), "reason": "Syy."}
    if stage in HOLDS_A_PLACE:
        values["place"] = topic.places.get()
    return made.application(topic, student, **values)


def thesis_at(stage, topic, student, supervisor):
    values = {"stage": stage, "title": "Työ"}
    if stage not in {ThesisStage.SEEKING, ThesisStage.ENDED}:
        values["supervisor"] = supervisor
    if stage == ThesisStage.INTERRUPTED:
        values |= {"stage_before": ThesisStage.IN_PROGRESS, "resumes_on": TODAY}
    if stage == ThesisStage.FINISHED:
        values |= {
            "finished_on": TODAY,
            "finished_year": 2027,
            "abstract": "Tiivistelmä",
            "slug": "tyo",
        }
    if stage == ThesisStage.ENDED:
        values["ending_reason"] = "Syy."
    application = application_at(Stage.ACCEPTED, topic, student)
    return Thesis.objects.create(application=application, **values)


@pytest.fixture
def supervisor(db):
    person = factories.user("supervisor@example.org")
    made.supervisor_profile(person, factories.organisation())
    return person


@pytest.mark.parametrize("stage", Stage)
def test_every_state_of_an_application_has_a_turn_and_steps_without_repeats(topic, student, stage):
    application = application_at(stage, topic, student)

    turn = turns.of_application(application, student)
    names = [step["name"] for step in turns.steps_of_application(application, turn)]

    assert turn.what
    assert turn.is_over == (stage not in PENDING)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("stage", ThesisStage)
def test_every_state_of_a_thesis_has_a_turn_and_steps_without_repeats(
    topic, student, supervisor, stage
):
    thesis = thesis_at(stage, topic, student, supervisor)

    turn = turns.of_application(thesis.application, student)
    steps = turns.steps_of_application(thesis.application, turn)
    names = [step["name"] for step in steps]

    assert turn.what
    assert turn.is_over == (stage in {ThesisStage.FINISHED, ThesisStage.ENDED})
    assert len(names) == len(set(names))
    assert [step["state"] for step in steps].count("current") == (0 if turn.is_over else 1)


def test_commissioner_answers_until_the_promised_day(topic, student, lead, outsider):
    application = made.application(topic, student)

    of_lead = turns.of_application(application, lead)

    assert (of_lead.who, of_lead.until) == (topic.organisation.title, application.answer_by)
    assert of_lead.is_mine
    assert not turns.of_application(application, student).is_mine
    assert not turns.of_application(application, outsider).is_mine


def interview(topic, student, days, *, is_chosen=False, **values):
    application = made.application(
        topic, student, stage=Stage.INTERVIEW, proposed_at=timezone.now(), **values
    )
    start = timezone.now() + datetime.timedelta(days=days)
    InterviewTime.objects.create(application=application, starts_at=start, is_chosen=is_chosen)
    return application


def test_agreed_interview_has_a_moment_and_no_last_day(topic, student):
    application = interview(topic, student, 2, is_chosen=True)
    moment = timezone.localtime(application.interview_times.get().starts_at)
    when = date_format(moment, "DATETIME_FORMAT")

    turn = turns.of_application(application, student)

    assert turn.until is None
    assert turn.what.endswith(when)
    assert turn.note == f"{turn.who}, {when}"


@pytest.mark.parametrize(
    ("days", "is_chosen", "wish", "of_student", "of_lead"),
    [
        (2, False, "", True, False),
        (2, False, "Aamulla", False, True),
        (-2, False, "", False, True),
        (2, True, "", True, True),
        (-2, True, "", False, True),
    ],
)
def test_turn_in_an_interview(  # noqa: PLR0917
    topic, student, lead, days, is_chosen, wish, of_student, of_lead
):
    application = interview(topic, student, days, is_chosen=is_chosen, other_times=wish)

    assert turns.of_application(application, student).is_mine == of_student
    assert turns.of_application(application, lead).is_mine == of_lead


def test_seeking_waits_for_the_student_then_for_the_asked_supervisor(topic, student, supervisor):
    thesis = thesis_at(ThesisStage.SEEKING, topic, student, supervisor)
    assert turns.of_thesis(thesis, student).is_mine

    SupervisionRequest.objects.create(
        thesis=thesis, supervisor=supervisor, rank=1, stage="asked",
        asked_at=timezone.now(), answer_by=TODAY,
    )  # fmt: skip

    turn = turns.of_thesis(thesis, supervisor)
    assert (turn.who, turn.until, turn.is_mine) == (str(supervisor), TODAY, True)
    assert not turns.of_thesis(thesis, student).is_mine


def test_supervised_thesis_without_a_commissioner_waits_for_an_organisation(
    topic, student, supervisor
):
    thesis = thesis_at(ThesisStage.SEEKING, topic, student, supervisor)
    thesis.supervisor = supervisor

    turn = turns.of_thesis(thesis, student)

    assert (turn.who, turn.side, turn.is_mine) == ("An organisation", "commissioner", False)


def test_agreement_waits_for_those_who_have_not_confirmed(topic, student, supervisor, lead):
    thesis = thesis_at(ThesisStage.MATCHED, topic, student, supervisor)
    agreement = Agreement.objects.create(thesis=thesis)
    assert all(turns.of_thesis(thesis, each).is_mine for each in (student, supervisor, lead))
    Agreement.objects.filter(pk=agreement.pk).update(
        signed_on=TODAY, permits=PermitState.NOT_NEEDED, data=DataPlan.PUBLIC,
        rights=Rights.STUDENT, student_at=timezone.now(), commissioner_at=timezone.now(),
    )  # fmt: skip
    thesis = Thesis.objects.get(pk=thesis.pk)

    turn = turns.of_thesis(thesis, supervisor)

    assert (turn.who, turn.is_mine) == (str(supervisor), True)
    assert not turns.of_thesis(thesis, student).is_mine
    assert not turns.of_thesis(thesis, lead).is_mine


def test_work_waits_for_the_next_milestone(topic, student, supervisor):
    thesis = thesis_at(ThesisStage.IN_PROGRESS, topic, student, supervisor)
    Milestone.objects.create(thesis=thesis, title="Suunnitelma", due_on=TODAY, done_on=TODAY)
    Milestone.objects.create(thesis=thesis, title="Aineisto", due_on=TODAY)

    turn = turns.of_thesis(thesis, student)

    assert (turn.what, turn.until, turn.is_mine) == ("Aineisto", TODAY, True)


def test_stuck_student_waits_for_the_supervisor(topic, student, supervisor):
    thesis = thesis_at(ThesisStage.IN_PROGRESS, topic, student, supervisor)
    thesis.light, thesis.light_note = "red", "Aineisto puuttuu"

    assert turns.of_thesis(thesis, supervisor).is_mine


def test_passed_day_is_late():
    yesterday = timezone.localdate() - datetime.timedelta(days=1)

    assert turns.Turn("A", "b", yesterday).is_late
    assert not turns.Turn("A", "b", timezone.localdate()).is_late


@pytest.mark.parametrize("stage", Stage)
def test_page_opens_to_both_sides_in_every_state(client, topic, student, lead, stage):
    application = application_at(stage, topic, student)

    for person in (student, lead):
        client.force_login(person)
        assert client.get(Application.objects.get().get_absolute_url()).status_code == 200
        assert client.get(topic.get_absolute_url()).status_code == 200
    assert application.stage == stage


def settled(thesis, **confirmed):
    Agreement.objects.update_or_create(
        thesis=thesis,
        defaults={
            "signed_on": TODAY,
            "permits": PermitState.NOT_NEEDED,
            "data": DataPlan.PUBLIC,
            "rights": Rights.LICENCE,
            **confirmed,
        },
    )


def test_who_has_confirmed_the_agreement_is_not_waited_for(topic, student, lead, supervisor):
    """Though they proposed the topic, and so may edit it."""
    topic.origin, topic.supervisor = Origin.SUPERVISOR, supervisor
    topic.save()
    thesis = thesis_at(ThesisStage.MATCHED, topic, student, supervisor)
    settled(thesis, supervisor_at=timezone.now())

    assert not turns.of_thesis(thesis, supervisor).is_mine
    assert turns.of_thesis(thesis, student).is_mine
    assert turns.of_thesis(thesis, lead).is_mine


def test_new_supervisor_is_waited_for_until_she_has_confirmed_the_agreement(
    client, topic, student, supervisor
):
    thesis = thesis_at(ThesisStage.IN_PROGRESS, topic, student, supervisor)
    settled(thesis, student_at=timezone.now(), commissioner_at=timezone.now())

    hers, turn = turns.of_thesis(thesis, supervisor), turns.of_thesis(thesis, student)
    client.force_login(factories.verified(supervisor))
    page, desk = client.get(thesis.workspace_url).content.decode(), client.get("/me/")

    assert (hers.is_mine, turn.is_mine) == (True, False)
    assert turn.who == str(supervisor)
    assert '<a class="more" href="#agreement">' in page
    assert "Sinun vuorosi opinnäytetyössä" in desk.content.decode()


def at_agreement(topic, student, supervisor):
    return thesis_at(ThesisStage.MATCHED, topic, student, supervisor)


def at_confirmation(topic, student, supervisor):
    thesis = at_agreement(topic, student, supervisor)
    settled(thesis)
    return thesis


def at_the_end(topic, student, supervisor):
    thesis = thesis_at(ThesisStage.IN_PROGRESS, topic, student, supervisor)
    thesis.ready_at = timezone.now()
    return thesis


@pytest.mark.parametrize("made_at", [at_agreement, at_confirmation, at_the_end])
def test_coordinator_is_waited_for_only_where_nobody_else_can_act(
    topic, student, supervisor, lead, office, made_at
):
    thesis = made_at(topic, student, supervisor)

    before = turns.of_thesis(thesis, office).is_mine
    lead.is_active = False
    lead.save()
    fresh = Thesis.objects.get(pk=thesis.pk)
    fresh.ready_at = thesis.ready_at

    assert not before
    assert turns.of_thesis(fresh, office).is_mine


def test_applicant_waits_for_the_commissioner_and_not_for_the_coordinator(
    topic, student, lead, office
):
    application = made.application(topic, student)

    assert not turns.of_application(application, office).is_mine
    assert turns.of_application(application, lead).is_mine

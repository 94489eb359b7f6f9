import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from tests.theses import factories as made
from tests.theses import parties
from theses.models import Thesis
from theses.models.applications import Stage as ApplicationStage
from theses.models.choices import Stage as TopicStage
from theses.models.profiles import Openness
from theses.models.terms import free_seats
from theses.models.works import Stage
from theses.pages import turns
from theses.services import applications, supervision, works
from theses.services.profiles import open_student


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def mentor(company):
    return parties.supervisor(company, name="mentor")


@pytest.fixture
def under_way(topic, student, lead, mentor):
    topic.contact = lead
    topic.save()
    return parties.working(topic, student, mentor)


def told(kind):
    rows = OutboxMail.objects.filter(kind=kind).order_by("recipient__email")
    return [row.recipient.email for row in rows]


def report(**values):
    return {
        "title": "Sähkökatko ja kotihoito",
        "level": "bachelor_uas",
        "abstract": "Tiivistelmä.",
        "repository_url": "https://www.theseus.fi/handle/10024/1",
        "finished_on": timezone.localdate(),
        **values,
    }


def topic_stage(thesis):
    topic = thesis.application.topic
    topic.refresh_from_db()
    return topic.stage


def test_beginning_moves_the_topic_and_tells_the_others(topic, student, lead, mentor):
    thesis = parties.thesis(topic, student, mentor, stage=Stage.AGREED)

    works.move_thesis(thesis, "begin", by=student)

    thesis.refresh_from_db()
    assert (thesis.stage, thesis.started_on) == (Stage.IN_PROGRESS, timezone.localdate())
    assert topic_stage(thesis) == TopicStage.IN_PROGRESS
    assert told("thesis_begun") == ["lead@example.org", "mentor@example.org"]


@pytest.mark.parametrize("stage", [Stage.MATCHED, Stage.IN_PROGRESS])
def test_only_what_is_agreed_begins(topic, student, mentor, stage):
    thesis = parties.thesis(topic, student, mentor, stage=stage)

    with pytest.raises(Refused, match="the state is now"):
        works.move_thesis(thesis, "begin", by=student)


def test_stranger_moves_nothing(topic, student, mentor, member):
    thesis = parties.thesis(topic, student, mentor, stage=Stage.AGREED)

    with pytest.raises(Refused):
        works.move_thesis(thesis, "begin", by=member)


@pytest.mark.parametrize("stage", [Stage.MATCHED, Stage.AGREED, Stage.IN_PROGRESS])
def test_interrupted_thesis_goes_on_where_it_was(topic, student, mentor, stage):
    thesis = parties.thesis(topic, student, mentor, stage=stage)
    day = timezone.localdate() + datetime.timedelta(days=90)

    works.move_thesis(thesis, "interrupt", by=student, reason="Varusmiespalvelus.", resumes_on=day)
    thesis.refresh_from_db()
    assert (thesis.stage, thesis.resumes_on) == (Stage.INTERRUPTED, day)
    works.move_thesis(thesis, "resume", by=mentor)

    thesis.refresh_from_db()
    assert (thesis.stage, thesis.resumes_on) == (stage, None)


def test_interrupting_needs_a_reason(topic, student, mentor):
    thesis = parties.thesis(topic, student, mentor)

    with pytest.raises(Refused, match="reason"):
        works.move_thesis(thesis, "interrupt", by=student)


def test_interruption_does_not_end_in_the_past(topic, student, mentor):
    thesis = parties.thesis(topic, student, mentor)

    with pytest.raises(Refused, match="still to come"):
        works.move_thesis(
            thesis, "interrupt", by=student, reason="Syy.", resumes_on=timezone.localdate()
        )


def test_time_to_go_on_is_told_once(topic, student, lead, mentor):
    thesis = parties.thesis(
        topic,
        student,
        mentor,
        stage=Stage.INTERRUPTED,
        stage_before=Stage.AGREED,
        resumes_on=timezone.localdate(),
    )

    assert works.remind_interrupted() == 1
    assert works.remind_interrupted() == 0
    assert told("thesis_resumes") == [
        "lead@example.org",
        "mentor@example.org",
        "student@example.org",
    ]
    thesis.refresh_from_db()
    assert thesis.stage == Stage.INTERRUPTED


def test_ending_before_it_began_frees_place_and_seat(topic, student, lead, mentor):
    thesis = parties.thesis(topic, student, mentor, stage=Stage.AGREED)

    works.move_thesis(thesis, "end", by=student, reason="Vaihdan alaa.")

    thesis.refresh_from_db()
    application = thesis.application
    application.refresh_from_db()
    assert (application.stage, application.place) == (ApplicationStage.ENDED, None)
    assert topic_stage(thesis) == TopicStage.OPEN
    assert free_seats(mentor) == 1
    assert told("thesis_ended") == ["lead@example.org", "mentor@example.org"]


def test_seat_of_a_begun_thesis_stays_taken(topic, student, mentor):
    thesis = parties.working(topic, student, mentor)

    works.move_thesis(thesis, "end", by=mentor, reason="Ei jatkoa.")

    assert free_seats(mentor) == 0


def test_student_whose_thesis_ended_can_apply_anew(topic, student, lead, mentor):
    thesis = parties.thesis(topic, student, mentor, stage=Stage.AGREED)
    works.move_thesis(thesis, "end", by=student, reason="Vaihdan aihetta.")

    topic.refresh_from_db()
    again = applications.apply(topic, by=student, motivation="Uusi yritys", school="Opisto")

    assert again.stage == ApplicationStage.SUBMITTED


def test_stepping_back_before_agreement_frees_the_seat_and_tells_her(topic, student, lead, mentor):
    topic.supervisor = mentor
    topic.save()
    application = applications.apply(topic, by=student, motivation="Miksi", school="Opisto")
    applications.accept_application(application, by=lead)

    applications.withdraw_application(application, by=student)

    thesis = Thesis.objects.get()
    assert (thesis.stage, thesis.seat) == (Stage.ENDED, None)
    assert free_seats(mentor) == 1
    assert told("thesis_ended") == ["mentor@example.org"]


def test_ending_thanks_who_was_being_asked(topic, student, mentor):
    thesis = parties.thesis(topic, student)
    supervision.choose_supervisors(thesis, [mentor], by=student)

    works.move_thesis(thesis, "end", by=student, reason="Ei onnistu.")

    assert thesis.requests.get().stage == "withdrawn"
    assert told("supervision_withdrawn") == ["mentor@example.org"]


def test_finishing_publishes_and_keeps_the_place(topic, student, lead, mentor):
    thesis = parties.working(topic, student, mentor)

    done = works.finish_thesis(thesis, report(), by=mentor)

    assert (done.stage, done.slug) == (Stage.FINISHED, "sahkokatko-ja-kotihoito")
    assert done.finished_year == timezone.localdate().year
    assert done.application.stage == ApplicationStage.COMPLETED
    assert done.application.place is not None
    assert topic_stage(thesis) == TopicStage.FINISHED
    assert told("thesis_finished") == ["lead@example.org", "student@example.org"]


def test_two_of_the_same_title_have_addresses_of_their_own(company, home_cluster, student, mentor):
    parties.seats_of(mentor)
    mentor.supervisor_profile.seats.update(capacity=2)
    other = parties.supervisor(company, name="other")
    first = parties.working(made.topic(company, home_cluster), student, mentor)
    works.finish_thesis(first, report(), by=mentor)
    second = parties.working(made.topic(company, home_cluster), student, other)

    done = works.finish_thesis(second, report(), by=other)

    assert done.slug == "sahkokatko-ja-kotihoito-2"


def test_student_does_not_finish_it_herself(topic, student, mentor):
    thesis = parties.working(topic, student, mentor)

    with pytest.raises(Refused):
        works.finish_thesis(thesis, report(), by=student)


@pytest.mark.parametrize(
    "missing",
    [
        {"abstract": ""},
        {"level": ""},
        {"finished_on": datetime.date(2020, 1, 1)},
        {"finished_on": timezone.localdate() + datetime.timedelta(days=1)},
    ],
)
def test_unfinished_report_is_refused(topic, student, mentor, missing):
    thesis = parties.working(topic, student, mentor)

    with pytest.raises(Refused):
        works.finish_thesis(thesis, report(**missing), by=mentor)

    thesis.refresh_from_db()
    assert thesis.stage == Stage.IN_PROGRESS


def test_name_is_shown_by_the_students_own_tick_only(topic, student, mentor):
    thesis = parties.working(topic, student, mentor)

    done = works.finish_thesis(thesis, report(shows_author=True), by=mentor)
    assert done.shows_author is False
    done = works.show_author(done, shows=True, by=student)

    assert done.shows_author is True
    with pytest.raises(Refused):
        works.show_author(done, shows=False, by=mentor)


def test_student_writes_the_report_beforehand(topic, student, mentor):
    thesis = parties.working(topic, student, mentor)

    saved = works.save_report(thesis, report(shows_author=True), by=student)

    assert (saved.stage, saved.shows_author) == (Stage.IN_PROGRESS, True)
    assert saved.abstract == "Tiivistelmä."


def finished(topic, student, mentor, days):
    thesis = parties.working(topic, student, mentor)
    done = works.finish_thesis(thesis, report(), by=mentor)
    day = timezone.localdate() - datetime.timedelta(days=days)
    Thesis.objects.filter(pk=done.pk).update(finished_on=day)
    return done


def test_use_of_the_result_is_asked_once_after_half_a_year(topic, student, lead, mentor):
    finished(topic, student, mentor, days=182)

    assert works.ask_usage() == 1
    assert works.ask_usage() == 0
    assert told("thesis_usage_asked") == ["lead@example.org"]


def test_use_of_the_result_is_not_asked_before(topic, student, lead, mentor):
    finished(topic, student, mentor, days=181)

    assert works.ask_usage() == 0


def test_use_that_has_been_told_is_not_asked(topic, student, lead, mentor):
    done = finished(topic, student, mentor, days=200)
    works.tell_usage(done, "used", "Otettiin käyttöön.", by=lead)

    assert works.ask_usage() == 0
    assert told("thesis_usage_told") == ["mentor@example.org", "student@example.org"]


def test_only_the_commissioner_tells_the_use(topic, student, lead, mentor):
    done = finished(topic, student, mentor, days=1)

    with pytest.raises(Refused):
        works.tell_usage(done, "used", "Itse käytin.", by=student)


def test_database_refuses_a_finished_thesis_without_a_year(topic, student, mentor):
    thesis = parties.working(topic, student, mentor)

    with pytest.raises(IntegrityError), transaction.atomic():
        Thesis.objects.filter(pk=thesis.pk).update(finished_on=timezone.localdate())


def test_student_tells_that_it_is_ready_and_the_others_finish_it(under_way, student, mentor, lead):
    values = report()

    works.tell_ready(under_way, values, by=student)

    thesis = Thesis.objects.get(pk=under_way.pk)
    assert told("thesis_ready") == [lead.email, mentor.email]
    assert turns.of_thesis(thesis, mentor).is_mine
    assert turns.of_thesis(thesis, lead).is_mine
    assert not turns.of_thesis(thesis, student).is_mine
    works.finish_thesis(thesis, values, by=mentor)


def test_telling_it_twice_sends_one_letter_and_a_change_another(under_way, student, mentor, lead):
    for values, letters in ((report(), 1), (report(), 1), (report() | {"abstract": "Uusi."}, 2)):
        works.tell_ready(under_way, values, by=student)
        assert told("thesis_ready").count(mentor.email) == letters
        assert Thesis.objects.get(pk=under_way.pk).ready_at is not None


def test_writing_on_takes_it_back(under_way, student, mentor):
    works.tell_ready(under_way, report(), by=student)

    works.save_report(under_way, {"abstract": "Pidempi."}, by=mentor)
    assert Thesis.objects.get(pk=under_way.pk).ready_at is not None
    works.save_report(under_way, {"abstract": "Vielä pidempi."}, by=student)

    assert Thesis.objects.get(pk=under_way.pk).ready_at is None


def test_an_interrupted_thesis_is_no_longer_ready(under_way, student):
    works.tell_ready(under_way, report(), by=student)

    works.move_thesis(under_way, "interrupt", by=student, reason="Varusmiespalvelus.")

    assert Thesis.objects.get(pk=under_way.pk).ready_at is None


@pytest.mark.parametrize("lacking", ["abstract", "level"])
def test_half_written_is_not_told_to_be_ready(under_way, student, lacking):
    values = report(**{lacking: ""})

    with pytest.raises(Refused):
        works.tell_ready(under_way, values, by=student)

    assert Thesis.objects.get(pk=under_way.pk).ready_at is None
    assert told("thesis_ready") == []


def test_only_the_student_tells_that_it_is_ready(under_way, mentor):
    with pytest.raises(Refused):
        works.tell_ready(under_way, report(), by=mentor)


@pytest.mark.parametrize("was_open", [True, False])
def test_who_has_finished_is_no_longer_shown_as_seeking(under_way, student, mentor, lead, was_open):
    profile = made.student_profile(student)
    if not was_open:
        open_student(profile, Openness.PRIVATE, by=student)

    works.finish_thesis(under_way, report(), by=mentor)

    profile.refresh_from_db()
    assert (profile.openness, profile.opened_at) == (Openness.PRIVATE, None)
    said = "Opiskelijaprofiilisi näkyy taas vain sinulle"
    letters = OutboxMail.objects.filter(kind="thesis_finished").order_by("pk")
    texts = {mail.recipient: letter(mail).text for mail in letters}
    assert (said in texts[student]) is was_open
    assert said not in texts[lead]

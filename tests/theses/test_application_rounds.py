import datetime

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone, translation

from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from tests import factories
from tests.theses import factories as made
from theses.models import Application, Thesis
from theses.models.applications import Stage
from theses.services import application_rounds, applications, interviews

MONDAY = datetime.datetime(2027, 1, 11, 9, tzinfo=datetime.UTC)
WAITING, TOLD = "thesis_applications_waiting", "thesis_application_reminded"


@pytest.fixture(autouse=True)
def clock():
    with translation.override("en"), time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def lead(lead):
    lead.language = "en"
    lead.save()
    return lead


@pytest.fixture
def student(student):
    student.language = "en"
    student.save()
    return student


def later(clock, days):
    clock.move_to(MONDAY + datetime.timedelta(days=days))
    return application_rounds.remind(), application_rounds.close_unanswered()


def send(topic, student):
    return applications.apply(topic, by=student, motivation="Kiinnostaa.", school="Opisto")


def kinds():
    return sorted(
        OutboxMail.objects.filter(kind__in=[WAITING, TOLD]).values_list("kind", flat=True)
    )


def test_answer_is_promised_in_thirty_days(topic, student, lead):
    assert send(topic, student).answer_by == datetime.date(2027, 2, 10)


def test_way_of_an_application_that_nobody_answers(clock, topic, student, lead):
    application = send(topic, student)
    calendar = {}

    for day in range(45):
        done = later(clock, day)
        if any(done):
            calendar[day] = done

    application.refresh_from_db()
    assert calendar == {7: (1, 0), 14: (1, 0), 23: (1, 0), 31: (0, 1)}
    assert application.stage == Stage.DECLINED
    assert application.decided_by is None
    assert "no answer in time" in application.reason
    assert kinds() == [*[TOLD] * 3, *[WAITING] * 3]


def test_runs_of_the_same_hour_do_it_once(clock, topic, student, lead):
    send(topic, student)

    assert [later(clock, 7)[0] for _ in range(3)] == [1, 0, 0]
    assert kinds() == [TOLD, WAITING]


@pytest.mark.parametrize(("hours", "sent"), [(-9, 0), (0, 1), (12, 0)])
def test_nobody_is_reminded_in_the_night(clock, topic, student, lead, hours, sent):
    send(topic, student)
    clock.move_to(MONDAY + datetime.timedelta(days=8, hours=hours))

    assert application_rounds.remind_by_day() == sent


def test_one_message_a_week_lists_all_that_wait(clock, company, home_cluster, lead):
    topics = [made.topic(company, home_cluster) for _ in range(2)]
    for topic in topics:
        send(topic, factories.user())
    clock.move_to(MONDAY + datetime.timedelta(days=2))
    newer = send(topics[0], factories.user(first_name="Uusi"))

    assert later(clock, 7)[0] == 1
    assert later(clock, 9)[0] == 0
    mail = OutboxMail.objects.get(kind=WAITING)
    text = letter(mail).text
    assert "2 applications wait" in letter(mail).subject
    assert all(topic.title in text for topic in topics)
    assert "Uusi" not in text
    assert later(clock, 14)[0] == 1
    newer.refresh_from_db()
    assert newer.reminded_at is not None


def test_message_leaves_out_what_has_been_answered_meanwhile(clock, topic, student, lead):
    application = send(topic, student)
    later(clock, 7)
    mail = OutboxMail.objects.get(kind=WAITING)
    assert student.get_full_name() in letter(mail).text
    applications.decline_application(application, by=lead, reason="Syy.")

    with pytest.raises(Exception, match="answered"):
        letter(OutboxMail.objects.get(kind=WAITING))


def test_portal_that_was_down_for_months_still_warns_a_week_before(clock, topic, student, lead):
    application = send(topic, student)

    assert later(clock, 100) == (1, 0)
    assert later(clock, 106) == (0, 0)
    assert later(clock, 107) == (0, 1)
    application.refresh_from_db()
    assert application.stage == Stage.DECLINED


def test_answer_of_the_last_moment_wins(clock, topic, student, lead):
    application = send(topic, student)
    later(clock, 23)
    applications.accept_application(application, by=lead)

    assert later(clock, 40) == (0, 0)
    application.refresh_from_db()
    assert application.stage == Stage.ACCEPTED


def test_interview_to_come_is_no_matter_of_reminding(clock, topic, student, lead):
    application = send(topic, student)
    times = [timezone.now() + datetime.timedelta(days=20)]
    interviews.propose_times(application, times, by=lead, minutes=30, meeting="Kahvila")

    assert later(clock, 16) == (0, 0)
    assert later(clock, 21) == (1, 0)


def test_wish_for_other_times_waits_for_the_commissioner(clock, topic, student, lead):
    application = send(topic, student)
    times = [timezone.now() + datetime.timedelta(days=20)]
    interviews.propose_times(application, times, by=lead, minutes=30, meeting="Kahvila")
    interviews.ask_other_times(application, by=student, wish="Aamulla")

    assert later(clock, 8) == (1, 0)


def test_old_application_without_a_day_gets_one_first(clock, topic, student, lead):
    application = send(topic, student)
    Application.objects.update(answer_by=None)

    assert later(clock, 60) == (1, 0)
    application.refresh_from_db()
    assert application.answer_by == timezone.localdate() + datetime.timedelta(days=30)


def test_many_are_gone_through_in_the_same_number_of_statements_per_topic(
    clock, company, home_cluster, lead, django_assert_max_num_queries
):
    topic = made.topic(company, home_cluster)
    for _ in range(30):
        made.application(topic)
    clock.move_to(MONDAY + datetime.timedelta(days=7))

    with django_assert_max_num_queries(200):
        assert application_rounds.remind() == 1


def test_what_led_to_nothing_is_forgotten_half_a_year_after_its_topic_closed(
    clock, topic, student, lead
):
    declined = send(topic, student)
    applications.decline_application(declined, by=lead, reason="Syy.")
    chosen = send(topic, factories.user())
    applications.accept_application(chosen, by=lead)

    clock.move_to(MONDAY + datetime.timedelta(days=180))
    assert application_rounds.forget_old() == 0
    clock.move_to(MONDAY + datetime.timedelta(days=200))
    assert application_rounds.forget_old() == 1

    assert list(Application.objects.all()) == [chosen]
    ledger = apps.get_model("theses", "ApplicationEvent")
    assert set(ledger.objects.values_list("pgh_obj_id", flat=True)) == {chosen.pk}


def test_who_has_agreed_on_a_thesis_waits_nowhere_else(topic, student, lead, company, home_cluster):
    waiting = send(made.topic(company, home_cluster), student)
    applications.accept_application(send(topic, student), by=lead)
    assert application_rounds.step_back_elsewhere() == 0

    Thesis.objects.update(stage="agreed", supervisor=factories.user())

    assert application_rounds.step_back_elsewhere() == 1
    assert application_rounds.step_back_elsewhere() == 0
    waiting.refresh_from_db()
    assert waiting.stage == Stage.WITHDRAWN
    assert OutboxMail.objects.filter(kind="thesis_application_withdrawn", recipient=lead).exists()


def test_chore_that_closes_never_touches_an_open_topic(clock, topic, student, lead):
    declined = send(topic, student)
    applications.decline_application(declined, by=lead, reason="Syy.")

    clock.move_to(MONDAY + datetime.timedelta(days=400))
    assert application_rounds.forget_old() == 0


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_mail_of_the_step_is_written_in_every_language(clock, topic, student, lead, language):
    for person in (student, lead):
        person.language = language
        person.save()
    application = send(topic, student)
    later(clock, 7)
    times = [timezone.now() + datetime.timedelta(days=2)]
    interviews.propose_times(application, times, by=lead, minutes=30, meeting="Talo <b>")
    interviews.pick_time(application, application.interview_times.get(), by=student)
    interviews.ask_other_times(application, by=student, wish="Aamulla <b>")

    letters = {mail.kind: letter(mail) for mail in OutboxMail.objects.all()}

    assert len(letters) == 7
    for written in letters.values():
        assert topic.title in written.text
        assert "<b>" not in written.html

import datetime

import pytest
from django.utils import timezone, translation

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from tests.theses import factories as made
from theses.models import InterviewTime
from theses.models.applications import Stage
from theses.services import interviews


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def application(topic, student, lead):
    return made.application(topic, student)


def days(*numbers):
    return [timezone.now() + datetime.timedelta(days=number) for number in numbers]


def propose(application, by, times):
    return interviews.propose_times(
        application, times, by=by, minutes=30, meeting="https://example.org/kokous"
    )


def told():
    return sorted(OutboxMail.objects.values_list("kind", "recipient__email"))


def test_student_is_invited_and_an_answer_is_promised_after_the_last_time(application, lead):
    times = days(40, 45)

    invited = propose(application, lead, times)

    assert invited.stage == Stage.INTERVIEW
    assert invited.answer_by == timezone.localdate(times[1]) + datetime.timedelta(days=14)
    assert told() == [("thesis_interview_proposed", "student@example.org")]


def test_early_interview_does_not_shorten_what_was_promised(application, lead):
    assert propose(application, lead, days(1)).answer_by == application.answer_by


def test_new_times_replace_the_old_ones(application, lead):
    propose(application, lead, days(1, 2))
    times = days(5)

    propose(application, lead, times)

    assert [time.starts_at for time in InterviewTime.objects.all()] == times


@pytest.mark.parametrize("count", [0, 6])
def test_from_one_to_five_times_are_proposed(application, lead, count):
    with pytest.raises(Refused, match="one to five"):
        propose(application, lead, days(*range(1, count + 1)))


def test_past_time_is_refused(application, lead):
    with pytest.raises(Refused, match="already passed"):
        propose(application, lead, days(-1))


@pytest.mark.parametrize("who", ["student", "outsider", "member", "other_office"])
def test_only_the_deciding_side_invites(application, request, who):
    with pytest.raises(Refused):
        propose(application, request.getfixturevalue(who), days(1))


def test_student_picks_a_time_and_both_are_told_once(application, lead, student):
    propose(application, lead, days(1, 2))
    time = InterviewTime.objects.last()

    for _ in range(2):
        interviews.pick_time(application, time, by=student)

    assert InterviewTime.objects.get(is_chosen=True) == time
    assert told()[:2] == [
        ("thesis_interview_agreed", "lead@example.org"),
        ("thesis_interview_agreed", "student@example.org"),
    ]
    assert len(told()) == 3


def test_picking_another_time_gives_up_the_first(application, lead, student):
    propose(application, lead, days(1, 2))
    first, second = InterviewTime.objects.all()
    interviews.pick_time(application, first, by=student)

    interviews.pick_time(application, second, by=student)

    assert InterviewTime.objects.get(is_chosen=True) == second


def test_time_no_longer_proposed_is_refused(application, lead, student):
    propose(application, lead, days(1))
    old = InterviewTime.objects.get()
    propose(application, lead, days(2))

    with pytest.raises(Refused, match="no longer proposed"):
        interviews.pick_time(application, old, by=student)


def test_passed_time_cannot_be_picked(application, lead, student):
    propose(application, lead, days(1))
    InterviewTime.objects.update(starts_at=days(-1)[0])

    with pytest.raises(Refused, match="already passed"):
        interviews.pick_time(application, InterviewTime.objects.get(), by=student)


def test_commissioner_cannot_pick_for_the_student(application, lead):
    propose(application, lead, days(1))

    with pytest.raises(Refused):
        interviews.pick_time(application, InterviewTime.objects.get(), by=lead)


def test_student_asks_for_other_times(application, lead, student):
    propose(application, lead, days(1))
    interviews.pick_time(application, InterviewTime.objects.get(), by=student)

    asked = interviews.ask_other_times(application, by=student, wish="Iltapäivällä")

    assert asked.other_times == "Iltapäivällä"
    assert not InterviewTime.objects.filter(is_chosen=True).exists()
    assert ("thesis_interview_other_times", "lead@example.org") in told()


def invite_page(application, **values):
    given = {"interview-meeting": "Kahvila", "interview-minutes": "30", **values}
    return f"{application.get_absolute_url()}invite/", given


def local(days):
    moment = timezone.localtime() + datetime.timedelta(days=days)
    return f"{moment:%Y-%m-%dT%H:%M}"


def test_whole_interview_on_the_pages(client, application, lead, student):
    client.force_login(lead)
    url, values = invite_page(
        application, **{"interview-time_1": local(2), "interview-time_2": local(3)}
    )
    assert client.post(url, values).status_code == 302
    time = InterviewTime.objects.last()
    ics = f"{application.get_absolute_url()}interview.ics"
    assert client.get(ics).status_code == 404
    client.force_login(student)

    page = client.get(application.get_absolute_url()).content.decode()
    assert page.count('name="time"') == 2
    client.post(f"{application.get_absolute_url()}pick/", {"time": time.pk})

    calendar = client.get(ics).content.decode()
    assert f"DTSTART:{time.starts_at:%Y%m%dT%H%M}00Z" in calendar
    assert "LOCATION:Kahvila" in calendar


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"interview-time_1": ""}, "time_1"),
        ({"interview-time_1": "huomenna"}, "time_1"),
        ({"interview-time_1": "2020-01-01T10:00"}, "time_1"),
        ({"interview-time_1": "2120-01-01T10:00"}, "time_1"),
        ({"interview-time_1": "2027-03-28T03:30"}, "time_1"),
        ({"interview-minutes": "99999999999"}, "minutes"),
        ({"interview-minutes": "NaN"}, "minutes"),
        ({"interview-meeting": ""}, "meeting"),
        ({"interview-meeting": "Tila on SALAINEN"}, "meeting"),
    ],
)
def test_odd_invitations_get_a_field_error_and_keep_the_rest(
    client, application, lead, values, field
):
    client.force_login(lead)
    url, given = invite_page(application, **{"interview-time_1": local(2), **values})

    answer = client.post(url, given)

    assert answer.status_code == 422
    assert field in answer.context["invite_form"].errors
    assert not InterviewTime.objects.exists()


@pytest.mark.parametrize("time", ["", "abc", "-1", "9" * 30, "١٢", "0"])
def test_odd_picks_are_not_found(client, application, lead, student, time):
    propose(application, lead, days(1))
    client.force_login(student)

    answer = client.post(f"{application.get_absolute_url()}pick/", {"time": time})

    assert answer.status_code == 404


def test_wish_for_other_times_needs_words(client, application, lead, student):
    propose(application, lead, days(1))
    client.force_login(student)
    url = f"{application.get_absolute_url()}other-times/"

    assert client.post(url, {"other-wish": " "}).status_code == 422
    assert client.post(url, {"other-wish": "Aamulla"}).status_code == 302


@pytest.mark.parametrize("who", ["outsider", "member", "other_office"])
def test_strangers_find_no_interview(client, request, application, lead, who):
    propose(application, lead, days(1))
    client.force_login(request.getfixturevalue(who))

    for act in ("invite/", "pick/", "other-times/"):
        assert client.post(f"{application.get_absolute_url()}{act}").status_code == 404
    assert client.get(f"{application.get_absolute_url()}interview.ics").status_code == 404

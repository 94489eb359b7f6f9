"""Whom the call of a meeting reaches when seats, deputies and days change after it."""

import datetime
import uuid

import pytest
from django.utils import timezone

from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter, letter_of
from events.models import Meeting
from events.pages import meetings as page
from events.services import bodies, body_links, busy
from events.services import meetings as services
from tests import factories
from tests.events import body_factories as made
from tests.events.test_meetings import reached
from tests.races import at_once, slowly


def held_on(planned):
    return timezone.localdate(Meeting.objects.get(pk=planned.pk).starts_at)


def days(number):
    return datetime.timedelta(days=number)


def told(kind, user):
    return OutboxMail.objects.filter(kind=kind, recipient=user).count()


def seat_values(**values):
    return {
        "name": "Kerttu Kuvitelma", "email": "kerttu@example.org", "role": "member",
        "organisation": None, "since": timezone.localdate(), "until": None,
        "form_key": uuid.uuid4(), **values,
    }  # fmt: skip


def test_who_sits_there_on_the_day_is_invited_and_answers_by_the_link(client, planned, secretary):
    """Their term has not begun when the meeting is called, or has ended by the day."""
    new = made.seat(planned.body, factories.user(), since=held_on(planned)).user
    left = made.seat(planned.body, factories.user(), until=held_on(planned) - days(1)).user

    meeting = reached(planned, "called", secretary)

    assert (told("meeting_called", new), told("meeting_called", left)) == (1, 0)
    mail = letter(OutboxMail.objects.get(kind="meeting_called", recipient=new))
    assert "kun kautesi alkaa" in mail.text
    row = meeting.attendances.get(seat__user=new)
    link = body_links.answer_link(row).partition("://")[2].partition("/")[2]
    client.post(f"/{link}", {"answer": "comes"})
    row.refresh_from_db()
    assert row.answer == "comes"


@pytest.mark.parametrize(
    ("values", "invited"),
    [({}, 1), ({"role": "deputy"}, 0), ({"since": timezone.localdate() + days(400)}, 0)],
)
def test_member_seated_after_the_call_is_invited(planned, secretary, values, invited):
    meeting = reached(planned, "called", secretary)
    new = factories.verified(factories.user("kerttu@example.org"))

    bodies.add_member(meeting.body, seat_values(**values), by=secretary)

    assert told("meeting_called", new) == invited
    assert meeting.attendances.filter(seat__user=new).count() == invited


def test_deputy_who_becomes_a_member_is_invited_once(planned, secretary):
    seat = made.seat(planned.body, factories.user(), "deputy")
    meeting = reached(planned, "called", secretary)

    bodies.edit_member(seat, {"role": "member"}, by=secretary)
    bodies.edit_member(seat, {"until": held_on(planned)}, by=secretary)

    assert told("meeting_called", seat.user) == 1
    assert meeting.attendances.filter(seat=seat).exists()


def test_member_seated_while_it_goes_on_can_be_noted_as_present(planned, secretary):
    meeting = reached(planned, "running", secretary)
    Meeting.objects.update(starts_at=timezone.now())
    new = factories.verified(factories.user("kerttu@example.org"))

    bodies.add_member(meeting.body, seat_values(), by=secretary)

    row = meeting.attendances.get(seat__user=new)
    services.note_presence(meeting, {row.pk: "there"}, by=secretary)
    row.refresh_from_db()
    assert row.is_present
    assert told("meeting_called", new) == 0


def test_who_has_left_by_the_day_is_in_no_quorum(planned, group, secretary, mate):
    meeting = reached(planned, "called", secretary)
    services.answer(meeting.attendances.get(seat__user=mate), "comes", by=mate)
    before = page.values(meeting, secretary)["quorum"]

    bodies.end_term(group.seats.get(user=mate), on=None, by=secretary)
    ahead = page.values(meeting, secretary)["quorum"]
    services.move_meeting(meeting, "begin", by=secretary)
    begun = page.values(Meeting.objects.get(), secretary)["quorum"]

    assert [(each["there"], each["all"]) for each in (before, ahead, begun)] == [
        (1, 2), (0, 1), (0, 1),
    ]  # fmt: skip


def test_deputy_whose_term_has_ended_stands_in_for_nobody(planned, group, secretary, mate):
    deputy = made.seat(group, factories.user(), "deputy")
    meeting = reached(planned, "called", secretary)
    row = meeting.attendances.get(seat__user=mate)
    services.call_deputy(row, deputy, by=secretary)
    bodies.end_term(deputy, on=None, by=secretary)

    services.move_meeting(meeting, "begin", by=secretary)

    row.refresh_from_db()
    assert (row.deputy, row.presence) == (None, "unknown")


def edited(meeting, starts, by):
    values = {"starts_at": starts, "ends_at": starts + datetime.timedelta(hours=2)}
    return services.edit_meeting(meeting, values, by=by, seen="")


def test_meeting_that_moves_invites_who_sits_there_on_the_new_day(planned, secretary, mate):
    new = made.seat(planned.body, factories.user(), since=held_on(planned) + days(1)).user
    meeting = reached(planned, "called", secretary)
    assert told("meeting_called", new) == 0

    edited(meeting, meeting.starts_at + days(7), secretary)

    assert (told("meeting_called", new), told("meeting_moved", new)) == (1, 0)
    assert (told("meeting_called", mate), told("meeting_moved", mate)) == (1, 1)


def call_while_adding(planned, secretary, monkeypatch):
    """The meeting is called; a member is seated at the same time. How many invitations they get."""
    new = factories.verified(factories.user("kerttu@example.org"))
    step = slowly(monkeypatch, services, "tell_all")

    def call():
        services.move_meeting(planned, "call", by=secretary)

    def add():
        bodies.add_member(planned.body, seat_values(), by=secretary)

    at_once(call, add, step=step)
    return told("meeting_called", new)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_member_seated_while_the_meeting_is_called_is_invited(planned, secretary, monkeypatch):
    assert call_while_adding(planned, secretary, monkeypatch) == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_they_would_be_left_out(planned, secretary, monkeypatch):
    def unlocked(body):
        return Meeting.objects.filter(body=body, stage="called")

    monkeypatch.setattr(bodies, "lock_called", unlocked)

    assert call_while_adding(planned, secretary, monkeypatch) == 0


@pytest.fixture
def deputised(planned, group, secretary, mate):
    """The member does not come, and a deputy is called."""
    deputy = made.seat(group, factories.user("vara@example.org"), "deputy")
    meeting = reached(planned, "called", secretary)
    row = meeting.attendances.get(seat__user=mate)
    services.answer(row, "away", by=mate)
    return services.call_deputy(row, deputy, by=secretary)


def test_called_deputy_has_the_meeting_on_the_desk_in_the_calendar_and_as_busy(deputised, mate):
    deputy, meeting = deputised.deputy.user, deputised.meeting
    span = (meeting.starts_at, meeting.ends_at)

    (row,) = page.coming(deputy)
    assert row["url"] == meeting.get_absolute_url()
    assert row["state_text"] == f"Deputy of {deputised.seat}"
    assert [one.url for one in page.deadlines(deputy)] == [meeting.get_absolute_url()]
    assert page.deadlines(mate) == []
    assert not busy.is_free([deputy], span)
    assert busy.is_free([mate], span)


@pytest.mark.parametrize("how", ["comes", "taken back", "another"])
def test_deputy_who_is_not_needed_is_told_and_the_calendar_too(
    deputised, group, secretary, mate, how
):
    deputy, before = deputised.deputy.user, deputised.meeting.ics_sequence
    if how == "comes":
        services.answer(deputised, "comes", by=mate)
    else:
        other = made.seat(group, factories.user(), "deputy") if how == "another" else None
        services.call_deputy(deputised, other, by=secretary)

    mail = OutboxMail.objects.get(kind="meeting_cancelled")
    assert mail.recipient == deputy
    sent = letter_of(mail)
    assert "method=CANCEL" in str(sent.message()).replace('"', "")
    assert "ei enää tarvita" in letter(mail).text
    assert "peruttu" not in letter(mail).subject
    assert Meeting.objects.get().ics_sequence == before + 1


def test_deputy_called_again_stays_and_is_told_nothing(deputised, secretary):
    services.call_deputy(deputised, deputised.deputy, by=secretary)

    assert not OutboxMail.objects.filter(kind="meeting_cancelled").exists()


def test_deputy_of_next_term_can_be_called(planned, group, secretary, mate):
    deputy = made.seat(group, factories.user(), "deputy", since=held_on(planned))
    meeting = reached(planned, "called", secretary)

    offered = page.values(meeting, secretary)["deputies"]
    services.call_deputy(meeting.attendances.get(seat__user=mate), deputy, by=secretary)

    assert list(offered) == [deputy]
    assert told("meeting_called", deputy.user) == 1


def turn_of_year(planned):
    """Half past midnight of the next year in Helsinki, which is still this year in UTC."""
    year = timezone.localdate(planned.starts_at).year + 1
    night = datetime.datetime.combine(datetime.date(year, 1, 1), datetime.time(0, 30))
    return timezone.make_aware(night)


@pytest.mark.parametrize("stage", ["planned", "called"])
def test_meeting_moved_across_new_year_gets_a_number_of_its_year(planned, secretary, stage):
    if stage == "called":
        planned = reached(planned, stage, secretary)
    starts = turn_of_year(planned)
    made.meeting(planned.body, secretary, year=starts.year, number=4)

    moved = edited(planned, starts, secretary)
    again = edited(moved, starts + days(1), secretary)

    assert moved.label == again.label == f"5/{starts.year}"

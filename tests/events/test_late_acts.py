"""What comes late: a link asked for again, acts on an event that is off, calendars that follow."""

import datetime

import pytest
from django.utils import timezone
from icalendar import Calendar

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from events.models import Event, Registration
from events.pages import my_calendar
from events.pages.calendars import of_person, one_as_ics
from events.services import applications, organising, rounds
from events.services import registrations as services
from events.services.events import cancel_event
from events.services.registrations import Details
from tests.events import body_factories
from tests.events import factories as made

A_DAY = datetime.timedelta(days=1)
GUEST = Details(name="Aino Vieras", email="aino@example.com")


def test_request_that_was_renewed_is_kept_a_week_from_its_new_link(event):
    row = services.register(event, "on_site", GUEST, by=None)
    old = timezone.now() - A_DAY * 8
    Registration.objects.filter(pk=row.pk).update(queued_at=old, created_at=old)
    OutboxMail.objects.update(created_at=old)

    services.register(event, "on_site", GUEST, by=None)
    rounds.drop_requests()

    assert services.confirm_request(Registration.objects.get()).stage == "confirmed"


def test_event_that_is_for_the_invited_since_refuses_the_link(event, company, member, outsider):
    row = services.register(event, "on_site", GUEST, by=None)
    brought = [
        services.register_colleague(
            event, "on_site", Details(name=f"Kollega {person.pk}", email="k@example.com"), by=person
        )
        for person in (member, outsider)
    ]
    Event.objects.filter(pk=event.pk).update(admission="invited")
    event.invited_organisations.add(company)

    for refused in (row, brought[1]):
        with pytest.raises(Refused):
            services.confirm_request(refused)
    assert services.confirm_request(brought[0]).stage == "confirmed"


@pytest.fixture
def called_off(home_cluster, office, member, outsider):
    event = made.event(home_cluster, remote=True)
    made.registration(event, member)
    made.registration(event, outsider, stage="applied")
    cancel_event(event, by=office, reason="Sairastuminen")
    OutboxMail.objects.all().delete()
    return event


@pytest.mark.parametrize(
    ("stage", "act"),
    [
        ("confirmed", lambda row, by: organising.move_participant(row, "remote", by=by)),
        ("confirmed", lambda row, by: organising.remove_participant(row, by=by, reason="x")),
        ("confirmed", lambda row, by: services.mark(row, "mark_attended", by=by)),
        ("applied", lambda row, by: applications.approve(row, by=by)),
        ("applied", lambda row, by: applications.turn_down(row, by=by, reason="x")),
    ],
)
def test_nothing_is_done_with_participants_of_an_event_that_is_off(called_off, office, stage, act):
    row = called_off.registrations.get(stage=stage)

    with pytest.raises(Refused):
        act(row, office)

    assert Registration.objects.get(pk=row.pk).stage == stage
    assert not OutboxMail.objects.exists()


def test_page_of_a_participant_of_an_event_that_is_off_offers_no_steps(client, called_off, office):
    client.force_login(office)
    for row in called_off.registrations.all():
        page = client.get(f"/en/events/{called_off.slug}/organiser/{row.public_id}/")
        assert page.status_code == 200
        assert (page.context["moves"], page.context["others"]) == ([], [])


def test_nobody_is_moved_once_the_event_is_over(home_cluster, office, member):
    event = made.event(home_cluster, remote=True)
    row = made.registration(event, member)
    Event.objects.filter(pk=event.pk).update(
        starts_at=timezone.now() - A_DAY * 2, ends_at=timezone.now() - A_DAY,
        registration_closes_at=timezone.now() - A_DAY * 3,
    )  # fmt: skip

    with pytest.raises(Refused):
        organising.move_participant(row, "remote", by=office)


def entry_of(row):
    fresh = Registration.objects.select_related("event", "seats").get(pk=row.pk)
    (entry,) = Calendar.from_ical(one_as_ics(fresh.event, fresh)).walk("VEVENT")
    return entry


@pytest.mark.parametrize(
    "move",
    [
        lambda row, by: services.change_mode(row, "remote", by=row.user),
        lambda row, by: organising.move_participant(row, "remote", by=by),
    ],
)
def test_entry_follows_the_way_of_taking_part_with_a_higher_sequence(
    home_cluster, office, member, move
):
    link = "https://example.org/huone"
    event = made.event(home_cluster, venue="Sali", remote=True, remote_link=link)
    row = made.registration(event, member, diet="Kasvis")
    before = entry_of(row)

    move(row, office)
    after = entry_of(row)

    assert (before["LOCATION"], after["LOCATION"]) == ("Sali", link)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert Registration.objects.get(pk=row.pk).diet == ""


def test_place_from_the_queue_renews_the_entry(home_cluster, member, outsider):
    event = made.event(home_cluster, 1)
    first = made.registration(event, outsider)
    waiting = made.registration(event, member, stage="waiting")
    before = entry_of(waiting)

    services.cancel_registration(first, by=outsider)

    assert entry_of(waiting)["SEQUENCE"] > before["SEQUENCE"]


def meetings_of(user, since, until):
    rows = my_calendar.entries(user, (since, until))
    return list(Calendar.from_ical(of_person([], rows)).walk("VEVENT"))


def test_feed_has_every_meeting_with_its_end_and_place_also_once_it_has_begun(
    group, secretary, mate, outsider
):
    now = timezone.now()
    hour = datetime.timedelta(hours=1)
    for number in range(8):
        meeting = body_factories.meeting(group, secretary)
        meeting.attendances.create(seat=group.seats.get(user=mate))
        begins = now - hour + A_DAY * number
        type(meeting).objects.filter(pk=meeting.pk).update(
            starts_at=begins, ends_at=begins + hour * 2, stage="called", place="Sali 3"
        )

    found = meetings_of(mate, now - A_DAY, now + A_DAY * 30)

    assert len(found) == 8
    lasts = {entry.decoded("DTEND") - entry.decoded("DTSTART") for entry in found}
    assert (lasts, {str(entry["LOCATION"]) for entry in found}) == ({hour * 2}, {"Sali 3"})
    assert meetings_of(outsider, now - A_DAY, now + A_DAY * 30) == []

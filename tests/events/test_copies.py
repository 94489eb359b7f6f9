"""Copies, templates and series of events."""

import datetime
import uuid

import pytest
import recurring_ical_events
import time_machine
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from cluster_portal.core.errors import Refused
from events.models import Event, EventSeries, EventTemplate
from events.services import copies, recurrence
from events.services.editing import Changes, edit_event
from events.services.events import cancel_event, save_event
from tests import factories
from tests.events import factories as made


def at(day, hour=9):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


@pytest.fixture
def spring(home_cluster, company, lead):
    """A Wednesday morning before the clocks go forward (28.3.2027)."""
    day = datetime.date(2027, 3, 24)
    with time_machine.travel(datetime.datetime(2027, 3, 1, 10, tzinfo=datetime.UTC), tick=True):
        event = made.event(
            home_cluster, 12, organisation=company, teller=lead, starts_at=at(day),
            ends_at=at(day, 12), registration_closes_at=at(datetime.date(2027, 3, 17), 16),
            title_fi="Viikkotapaaminen", municipality="Kuopio", remote=True,
        )  # fmt: skip
        event.agenda.create(starts_at=at(day, 10), title="Katsaus", speaker="Puhuja")
        yield event


def local(moment):
    return timezone.localtime(moment).strftime("%d.%m.%Y %H:%M")


def test_copy_is_a_draft_with_everything_but_days_and_people(spring, lead, other_cluster):
    spring.co_hosts.add(other_cluster)
    made.registration(spring, None, name="Vieras", email="v@example.com")

    copy = copies.copy_event(spring, by=lead, key=uuid.uuid4())

    assert (copy.stage, copy.title_fi, copy.municipality) == (
        "draft", "Viikkotapaaminen", "Kuopio"
    )  # fmt: skip
    assert copy.slug != spring.slug
    assert copy.starts_at.weekday() == spring.starts_at.weekday()
    assert dict(copy.seats.values_list("mode", "capacity")) == {"on_site": 12, "remote": None}
    assert copy.agenda.get().title == "Katsaus"
    assert list(copy.co_hosts.all()) == [other_cluster]
    assert not copy.registrations.exists()


def test_copy_sent_twice_is_one(client, spring, lead):
    client.force_login(lead)
    form = {"form_key": uuid.uuid4()}

    for _twice in range(2):
        client.post(reverse("events:copy", args=[spring.slug]), form)

    assert Event.objects.count() == 2


def test_series_keeps_the_clock_on_the_wall_over_the_clock_change(client, spring, lead):
    client.force_login(lead)
    page = reverse("events:repeat", args=[spring.slug])

    client.post(page, {"repeat": "weekly", "until": "2027-04-14"})
    client.post(page, {"repeat": "weekly", "until": "2027-04-14"})

    spring.refresh_from_db()
    rows = list(Event.objects.filter(series=spring.series).order_by("starts_at"))
    assert [local(row.starts_at) for row in rows] == [
        "24.03.2027 09:00", "31.03.2027 09:00", "07.04.2027 09:00", "14.04.2027 09:00"
    ]  # fmt: skip
    assert [local(row.registration_closes_at)[-5:] for row in rows] == ["16:00"] * 4
    assert local(rows[1].agenda.get().starts_at) == "31.03.2027 10:00"
    assert EventSeries.objects.count() == 1


def test_change_reaches_the_later_ones_of_the_series_when_asked(spring, lead):
    second, third = copies.repeat_event(
        spring, [datetime.date(2027, 3, 31), datetime.date(2027, 4, 7)], by=lead
    )
    thursday = datetime.date(2027, 4, 1)
    times = {"starts_at": at(thursday, 10), "ends_at": at(thursday, 13)}
    change = Changes({**times, "venue": "Sali 2"})

    edit_event(second, Changes({"title_fi": "Vain tämä"}), by=lead)
    edit_event(second, change, by=lead, following=True)

    for row in (spring, second, third):
        row.refresh_from_db()
    assert [row.title_fi for row in (spring, second, third)] == [
        "Viikkotapaaminen", "Vain tämä", "Viikkotapaaminen"
    ]  # fmt: skip
    assert [row.venue for row in (spring, second, third)] == ["", "Sali 2", "Sali 2"]
    assert local(third.starts_at) == "08.04.2027 10:00"


def test_series_is_sent_and_published_at_once(spring, lead, office):
    copies.repeat_event(spring, [datetime.date(2027, 3, 31), datetime.date(2027, 4, 7)], by=lead)

    spring.refresh_from_db()
    assert copies.move_series(spring, "submit", by=lead) == 2
    assert copies.move_series(spring, "publish", by=office) == 2
    assert set(Event.objects.values_list("stage", flat=True)) == {"published"}


@pytest.mark.parametrize(
    "form",
    [
        {"repeat": "weekly", "until": ""},
        {"repeat": "weekly", "until": "2027-01-01"},
        {"repeat": "weekly", "until": "2029-12-31"},
        {"repeat": "", "days": ""},
        {"repeat": "", "days": "31.2.2027"},
        {"repeat": "", "days": "<b>"},
    ],
)
def test_series_of_nonsense_is_refused(client, spring, lead, form):
    client.force_login(lead)

    answer = client.post(reverse("events:repeat", args=[spring.slug]), form)

    assert answer.status_code == 422
    assert Event.objects.count() == 1


def test_days_by_hand_are_read_as_finns_write_them(client, spring, lead):
    client.force_login(lead)

    client.post(
        reverse("events:repeat", args=[spring.slug]), {"repeat": "", "days": "1.4.2027, 8.4.2027"}
    )

    assert Event.objects.count() == 3


def test_month_means_the_same_weekday_and_the_fifth_is_the_last():
    until = datetime.date(2027, 6, 30)

    second = recurrence.monthly(datetime.date(2027, 3, 10), until)
    fifth = recurrence.monthly(datetime.date(2027, 3, 31), until)

    assert [day.day for day in second] == [10, 14, 12, 9]
    assert [day.day for day in fifth] == [31, 28, 26, 30]


def test_template_belongs_to_the_organisation(client, spring, lead, member, outsider):
    client.force_login(lead)
    page = reverse("events:template", args=[spring.slug])
    for _twice in range(2):
        client.post(page, {"name": "Viikkopohja"})
    template = EventTemplate.objects.get()

    client.force_login(member)
    assert "Viikkopohja" in client.get("/events/propose/").content.decode()
    client.post(
        reverse("events:template_begin", args=[template.public_id]), {"form_key": uuid.uuid4()}
    )

    begun = Event.objects.latest("pk")
    assert (begun.teller, begun.stage, begun.title_fi) == (member, "draft", "Viikkotapaaminen")
    assert not EventTemplate.objects.visible_to(outsider).exists()


def test_keeping_a_template_is_shown_to_the_organisation_only(client, spring, lead, office):
    link = f"/events/{spring.slug}/template/"
    for person, is_shown in ((lead, True), (office, False)):
        client.force_login(person)
        page = client.get(f"/events/{spring.slug}/organiser/").content.decode()
        assert (link in page) is is_shown


def test_stranger_copies_and_repeats_nothing(spring, outsider):
    for call in (
        lambda: copies.copy_event(spring, by=outsider, key=uuid.uuid4()),
        lambda: copies.repeat_event(spring, [datetime.date(2027, 5, 5)], by=outsider),
        lambda: copies.save_template(spring, "Pohja", by=factories.user()),
    ):
        with pytest.raises(Refused):
            call()


def test_feed_shows_a_series_on_each_of_its_days_as_a_calendar_program_reads_it(
    client, spring, lead, office
):
    """Over the clock change, with one of the series moved and one called off."""
    days = [datetime.date(2027, 3, 31), datetime.date(2027, 4, 7), datetime.date(2027, 4, 14)]
    _second, moved, cancelled = copies.repeat_event(spring, days, by=lead)
    spring.refresh_from_db()
    copies.move_series(spring, "submit", by=lead)
    copies.move_series(spring, "publish", by=office)
    moved.refresh_from_db()
    moved.starts_at += datetime.timedelta(days=1)
    moved.ends_at += datetime.timedelta(days=1)
    save_event(moved, by=office)
    cancel_event(cancelled, by=office, reason="Sairastuminen")

    feed = Calendar.from_ical(client.get(reverse("events:calendar")).content)
    shown = recurring_ical_events.of(feed).between((2027, 3, 1), (2027, 5, 1))

    assert sorted((local(one["DTSTART"].dt), str(one["STATUS"])) for one in shown) == [
        ("08.04.2027 09:00", "CONFIRMED"), ("14.04.2027 09:00", "CANCELLED"),
        ("24.03.2027 09:00", "CONFIRMED"), ("31.03.2027 09:00", "CONFIRMED"),
    ]  # fmt: skip
    assert len({str(one["UID"]) for one in shown}) == 4

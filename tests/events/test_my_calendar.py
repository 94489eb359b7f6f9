"""One's own calendar: what stands in it, and the address that calendar programs read."""

import datetime
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from icalendar import Calendar

from cluster_portal.notifications.services import following
from events.models import CalendarFeed
from events.pages import my_calendar
from events.services import calendar_feeds
from events.services import registrations as services
from tests import factories
from tests.events import factories as made
from tests.projects.factories import challenge


@pytest.fixture
def event(home_cluster):
    """On one day, whatever the hour of the test."""
    noon = timezone.localtime(timezone.now() + datetime.timedelta(days=21)).replace(hour=12)
    return made.event(home_cluster, starts_at=noon, ends_at=noon + datetime.timedelta(hours=3))


@pytest.fixture
def going(event, member):
    return made.registration(event, user=member)


def summaries(response):
    assert response["Content-Type"].startswith("text/calendar")
    return {str(each["summary"]) for each in Calendar.from_ical(response.content).walk("VEVENT")}


def path_of(feed):
    return urlsplit(calendar_feeds.address_of(feed)).path


def month_of(event):
    return timezone.localtime(event.starts_at).strftime("%Y-%m")


def test_month_shows_what_one_goes_to(client, going, member, event):
    client.force_login(member)

    page = client.get(f"/me/calendar/?month={month_of(event)}")

    assert page.status_code == 200
    assert page.content.decode().count(f'href="{event.get_absolute_url()}"') == 2  # month and list


def test_month_of_another_shows_nothing_of_it(client, going, event):
    client.force_login(factories.user())

    page = client.get(f"/me/calendar/?month={month_of(event)}")

    assert event.get_absolute_url() not in page.content.decode()
    assert event.get_absolute_url() in client.get(f"{page.wsgi_request.get_full_path()}&all").text


def test_event_over_midnight_stands_on_each_of_its_days(member, home_cluster):
    starts_at = datetime.datetime(2027, 3, 27, 18, tzinfo=timezone.get_current_timezone())
    event = made.event(
        home_cluster, starts_at=starts_at, ends_at=starts_at + datetime.timedelta(days=1)
    )
    made.registration(event, user=member)

    page = my_calendar.page(member, datetime.date(2027, 3, 1), shows_all=False)

    assert [day["day"].day for day in page["days"]] == [27, 28]


@pytest.mark.parametrize("month", ["2026-13", "x", "", "0001-01", "99999-01", "2026-12-01"])
def test_month_that_is_none_is_this_month(client, member, month):
    client.force_login(member)

    page = client.get("/me/calendar/", {"month": month})

    assert page.context["month"] == timezone.localdate().replace(day=1)


def test_followed_challenge_stands_on_its_last_day(client, member, home_cluster, company):
    closes_at = timezone.now() + datetime.timedelta(days=3)
    followed = challenge(home_cluster, organisation=company, closes_at=closes_at)
    other = challenge(home_cluster, organisation=company, slug="toinen", closes_at=closes_at)
    following.follow(followed, by=member)

    urls = [entry.url for entry in my_calendar.entries(member, span())]

    assert followed.get_absolute_url() in urls
    assert other.get_absolute_url() not in urls


def span():
    now = timezone.now()
    return now - datetime.timedelta(days=1), now + datetime.timedelta(days=60)


def test_address_is_made_by_a_press_and_read_without_signing_in(client, going, member, event):
    client.force_login(member)
    client.post("/me/calendar/address/", {"do": "renew"})
    client.logout()

    answer = client.get(path_of(CalendarFeed.objects.get(user=member)))

    assert summaries(answer) == {event.title}
    assert (
        client.get(answer.wsgi_request.path, headers={"if-none-match": answer["ETag"]}).status_code
        == 304
    )


def test_address_is_shown_to_its_holder_only(client, member):
    feed = calendar_feeds.renew(by=member)
    client.force_login(factories.user())

    assert path_of(feed) not in client.get("/me/calendar/").text


def test_exchanged_address_opens_nothing(client, going, member):
    before = path_of(calendar_feeds.renew(by=member))

    after = path_of(calendar_feeds.renew(by=member))

    assert [client.get(before).status_code, client.get(after).status_code] == [404, 200]


def test_address_given_up_opens_nothing(client, member):
    path = path_of(calendar_feeds.renew(by=member))

    calendar_feeds.give_up(by=member)

    assert client.get(path).status_code == 404


def test_address_of_a_closed_account_opens_nothing(client, member):
    path = path_of(calendar_feeds.renew(by=member))

    type(member).objects.filter(pk=member.pk).update(is_active=False)

    assert client.get(path).status_code == 404


@pytest.mark.parametrize("token", ["x", "a:b:c", "ä", "a" * 3000])
def test_address_that_was_never_given_is_not_found(client, token):
    assert client.get(f"/me/calendar/{token}.ics").status_code == 404


def test_who_waits_sees_it_in_the_summary(client, member, home_cluster):
    event = made.event(home_cluster)
    made.registration(event, user=member, stage="waiting")
    path = path_of(calendar_feeds.renew(by=member))

    (summary,) = summaries(client.get(path))

    assert summary.startswith(f"{event.title} (")


def test_cancelled_registration_leaves_the_calendar(client, going, member):
    path = path_of(calendar_feeds.renew(by=member))

    services.cancel_registration(going, by=member)

    assert summaries(client.get(path)) == set()


def test_month_asks_as_many_statements_for_many_events(
    client, member, home_cluster, django_assert_max_num_queries
):
    client.force_login(member)
    for _each in range(12):
        event = made.event(home_cluster)
        made.registration(event, user=member)
    page = f"/me/calendar/?all&month={month_of(event)}"  # whatever the day of the test

    with django_assert_max_num_queries(21):
        client.get(page)

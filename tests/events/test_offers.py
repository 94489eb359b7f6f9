"""Places that are offered for a time: to whom, when, until when, and what becomes of them."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from events.models import Registration
from events.pages.facts import history
from events.services import offers, places
from events.services import registrations as services
from events.services.offer_times import offer_end
from tests import factories
from tests.events import factories as made

NOON = datetime.datetime(2027, 3, 10, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
A_DAY = datetime.timedelta(days=1)


def moment(text):
    return timezone.make_aware(datetime.datetime.fromisoformat(text))


@pytest.fixture
def event(home_cluster):
    with time_machine.travel(NOON, tick=False):
        yield made.event(
            home_cluster, places=1, queue="offer", offer_hours=24,
            registration_closes_at=NOON + 20 * A_DAY, remote=True,
        )  # fmt: skip


@pytest.fixture
def queue(event):
    """One has the place, and two wait for it."""
    return [register(event, factories.user()) for _ in range(3)]


def register(event, person):
    return services.register(event, "on_site", made.details(person), by=person)


def fresh(row):
    return Registration.objects.get(pk=row.pk)


def stages(event):
    return list(event.registrations.order_by("pk").values_list("stage", flat=True))


def letters(row):
    return list(
        OutboxMail.objects.filter(about_id=row.pk).order_by("pk").values_list("kind", flat=True)
    )


def test_freed_place_is_offered_and_kept_from_others(event, queue):
    services.cancel_registration(queue[0], by=queue[0].user)

    comer = register(event, factories.user())

    assert stages(event) == ["cancelled", "offered", "waiting", "waiting"]
    assert fresh(queue[1]).offer_expires_at == NOON + A_DAY
    assert event.seats.get(mode="on_site").taken == 1
    assert comer.position == 2
    assert letters(queue[1]) == ["registration_waiting", "registration_offered"]


def test_accepted_offer_is_a_place(event, queue):
    services.cancel_registration(queue[0], by=queue[0].user)

    offers.accept_offer(queue[1], by=None)
    offers.accept_offer(queue[1], by=None)

    assert stages(event) == ["cancelled", "confirmed", "waiting"]
    assert letters(queue[1]).count("registration_confirmed") == 1


def test_declined_offer_goes_to_the_next(event, queue):
    services.cancel_registration(queue[0], by=queue[0].user)

    offers.decline_offer(queue[1], by=queue[1].user)
    offers.decline_offer(queue[1], by=queue[1].user)

    assert stages(event) == ["cancelled", "declined", "offered"]
    assert event.seats.get(mode="on_site").taken == 1


def test_offer_that_ends_goes_to_the_next_and_says_so(event, queue):
    services.cancel_registration(queue[0], by=queue[0].user)

    with time_machine.travel(NOON + A_DAY, tick=False):
        assert offers.expire_offers() == 1
        with pytest.raises(Refused):
            offers.accept_offer(queue[1], by=None)

    assert stages(event) == ["cancelled", "expired", "offered"]
    assert letters(queue[1])[-1] == "registration_expired"


def test_offer_is_warned_about_once_before_it_ends(event, queue):
    services.cancel_registration(queue[0], by=queue[0].user)

    assert offers.warn_of_offers() == 0
    with time_machine.travel(NOON + A_DAY - datetime.timedelta(hours=3), tick=False):
        assert (offers.warn_of_offers(), offers.warn_of_offers()) == (1, 0)

    assert letters(queue[1])[-1] == "registration_offer_ends"


def test_nobody_is_offered_a_place_at_night(event, queue):
    night = NOON.replace(hour=23)
    with time_machine.travel(night, tick=False):
        services.cancel_registration(queue[0], by=queue[0].user)
        assert offers.offer_free_places() == 0
    assert stages(event) == ["cancelled", "waiting", "waiting"]

    with time_machine.travel(night + datetime.timedelta(hours=9, minutes=5), tick=False):
        assert offers.offer_free_places() == 1

    assert stages(event) == ["cancelled", "offered", "waiting"]


def test_nothing_is_offered_that_nobody_has_time_to_take(event, queue):
    with time_machine.travel(event.starts_at - datetime.timedelta(minutes=40), tick=False):
        services.cancel_registration(queue[0], by=queue[0].user)
        assert offers.offer_free_places() == 0

    assert stages(event) == ["cancelled", "waiting", "waiting"]


def test_more_places_are_offered_too_and_the_reason_is_kept(event, queue, office):
    places.set_capacity(event.seats.get(mode="on_site"), 3, by=office)

    assert stages(event) == ["confirmed", "offered", "offered"]
    entry = AuditEntry.objects.filter(object_id=queue[1].pk, action="offered").get()
    assert entry.details == {"why": "capacity"}


def test_one_who_was_offered_a_place_may_take_part_remotely_instead(event, queue):
    services.cancel_registration(queue[0], by=queue[0].user)

    services.change_mode(queue[1], "remote", by=queue[1].user)

    assert stages(event) == ["cancelled", "confirmed", "offered"]
    assert fresh(queue[1]).offer_expires_at is None


def test_offer_that_is_cancelled_frees_the_place(event, queue):
    services.cancel_registration(queue[0], by=queue[0].user)

    services.cancel_registration(queue[1], by=queue[1].user)

    assert stages(event) == ["cancelled", "cancelled", "offered"]
    assert event.seats.get(mode="on_site").taken == 1


@pytest.mark.parametrize(
    ("now", "hours", "end"),
    [
        ("2027-03-10T12:00", 24, "2027-03-11T12:00"),
        ("2027-03-10T19:30", 12, "2027-03-11T10:00"),  # half past seven is too early to lose it
        ("2027-03-10T09:00", 12, "2027-03-11T10:00"),  # and nine in the evening too late
        ("2027-03-27T12:00", 24, "2027-03-28T13:00"),  # the night when the clock goes forward
        ("2027-03-27T18:00", 12, "2027-03-28T10:00"),
        ("2027-10-30T12:00", 24, "2027-10-31T11:00"),  # and back
        ("2027-10-30T23:59", 24, None),
        ("2027-10-31T00:00", 24, None),
        ("2027-12-31T19:59", 72, "2028-01-03T19:59"),
    ],
)
def test_end_of_an_offer_is_by_day_in_helsinki(home_cluster, now, hours, end):
    at = moment(now)
    starts = at + 30 * A_DAY
    event = made.event(home_cluster, offer_hours=hours, starts_at=starts, ends_at=starts + A_DAY)

    assert offer_end(event, at) == (moment(end) if end else None)


def test_history_says_why_a_place_came_and_what_one_did(client, event, queue):
    services.cancel_registration(queue[0], by=queue[0].user)
    offers.decline_offer(queue[1], by=queue[1].user)

    told = [[(row["what"], row["why"]) for row in history(row)] for row in queue[1:]]

    assert told[0] == [
        ("Declined the place", ""), ("A place was offered", "Somebody cancelled."),
        ("On the waiting list", ""),
    ]  # fmt: skip
    assert told[1][0] == ("A place was offered", "Somebody declined an offered place.")


def cost_of_moving_up(home_cluster, office, people, **values):
    made_event = made.event(home_cluster, places=0, **values)
    (seats,) = made_event.seats.all()
    for _ in range(people):
        member = factories.user()
        factories.membership(member, home_cluster)
        made.registration(made_event, member, stage="waiting")
    with CaptureQueriesContext(connection) as caught:
        places.set_capacity(seats, people, by=office)

    assert made_event.registrations.filter(stage="confirmed").count() == people
    return len(caught)


@pytest.mark.parametrize("visibility", ["public", "members"])
def test_many_move_up_in_as_many_statements_as_two(home_cluster, office, visibility):
    few = cost_of_moving_up(home_cluster, office, 2, visibility=visibility)

    assert cost_of_moving_up(home_cluster, office, 12, visibility=visibility) <= few


def test_who_no_longer_sees_the_event_is_passed_over(home_cluster, office):
    event = made.event(home_cluster, places=0, visibility="members")
    member = factories.user()
    factories.membership(member, home_cluster)
    closed, gone = factories.user(is_active=False), factories.user()
    for person in (gone, closed, member):
        made.registration(event, person, stage="waiting")

    places.set_capacity(event.seats.get(), 3, by=office)

    stages = {row.user: row.stage for row in event.registrations.all()}
    assert stages == {gone: "cancelled", closed: "cancelled", member: "confirmed"}

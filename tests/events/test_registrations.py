"""Registering, waiting, moving up, cancelling: what the services promise one after another."""

import datetime

import pytest
from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.notifications import kinds
from cluster_portal.notifications.models import OutboxMail
from events.models import Event, Registration, Seats
from events.services import events as event_services
from events.services import registrations as services
from events.services import rounds
from events.services.registrations import Details
from tests import factories
from tests.events import factories as made

GUEST = Details(name="Vieras Vierailija", email="vieras@example.org")
OTHER_GUEST = Details(name="Toinen Vierailija", email="toinen@example.org")
A_SECOND = datetime.timedelta(seconds=1)
A_DAY = datetime.timedelta(days=1)


def register(event, person, mode="on_site"):
    return services.register(event, mode, made.details(person), by=person)


def mails(kind):
    return OutboxMail.objects.filter(kind=kind)


def test_account_has_a_place_at_once(event, outsider):
    registration = register(event, outsider)

    assert registration.stage == "confirmed"
    assert event.seats.get().taken == 1
    assert mails("registration_confirmed").get().recipient == outsider


def test_repeat_gives_the_first_one_back(event, outsider):
    first = register(event, outsider)

    assert register(event, outsider) == first
    assert mails("registration_confirmed").count() == 1


def test_guest_holds_no_place_before_confirming(event):
    registration = services.register(event, "on_site", GUEST, by=None)

    assert registration.stage == "requested"
    assert event.seats.get().taken == 0
    assert mails("registration_requested").get().guest_address == GUEST.email


def test_guest_has_a_place_after_confirming(event):
    registration = services.register(event, "on_site", GUEST, by=None)

    assert services.confirm_request(registration).stage == "confirmed"
    assert event.seats.get().taken == 1


def test_guest_waits_in_the_order_of_confirming(home_cluster):
    event = made.event(home_cluster, places=0)
    early = services.register(event, "on_site", GUEST, by=None)
    other = register(event, factories.user())

    early = services.confirm_request(early)

    assert (other.position, early.position) == (1, 2)


def test_request_with_the_address_of_an_account_becomes_that_accounts(event, outsider):
    request = services.register(
        event, "on_site", Details(name="Joku", email=outsider.email.upper()), by=None
    )

    registration = register(event, outsider)

    assert registration == request
    assert (registration.user, registration.stage) == (outsider, "confirmed")


def test_guest_who_asks_again_soon_gets_no_second_message(event):
    services.register(event, "on_site", GUEST, by=None)
    services.register(event, "on_site", GUEST, by=None)

    assert mails("registration_requested").count() == 1


def test_guest_who_asks_again_later_gets_the_message_again(event):
    request = services.register(event, "on_site", GUEST, by=None)
    earlier = timezone.now() - datetime.timedelta(minutes=15)
    Registration.objects.filter(pk=request.pk).update(created_at=earlier)

    services.register(event, "on_site", GUEST, by=None)

    assert mails("registration_requested").count() == 2


def test_full_event_gives_a_place_in_the_queue(home_cluster):
    event = made.event(home_cluster, places=1)
    people = [factories.user() for _ in range(3)]

    rows = [register(event, person) for person in people]

    assert [(row.stage, row.position) for row in rows] == [
        ("confirmed", None),
        ("waiting", 1),
        ("waiting", 2),
    ]


def test_positions_in_one_statement_are_the_same(home_cluster):
    event = made.event(home_cluster, places=1)
    rows = [register(event, factories.user()) for _ in range(3)]

    found = Registration.objects.with_position().in_bulk()

    assert [found[row.pk].position for row in rows] == [None, 1, 2]


def test_cancelling_moves_the_next_one_up_and_tells_her(home_cluster):
    event = made.event(home_cluster, places=1)
    first, second, third = [register(event, factories.user()) for _ in range(3)]

    services.cancel_registration(first, by=first.user)

    assert Registration.objects.get(pk=second.pk).stage == "confirmed"
    assert Registration.objects.get(pk=third.pk).position == 1
    assert mails("registration_moved_up").get().recipient == second.user
    assert event.seats.get().taken == 1


def test_deactivated_head_of_the_queue_is_passed_over(home_cluster):
    event = made.event(home_cluster, places=1)
    first, second, third = [register(event, factories.user()) for _ in range(3)]
    second.user.is_active = False
    second.user.save()

    services.cancel_registration(first, by=first.user)

    assert Registration.objects.get(pk=second.pk).stage == "cancelled"
    assert Registration.objects.get(pk=third.pk).stage == "confirmed"


def test_queue_of_a_cancelled_event_stays(home_cluster, office):
    event = made.event(home_cluster, places=1)
    first, second = [register(event, factories.user()) for _ in range(2)]
    event_services.cancel_event(event, by=office, reason="Puhuja on sairas.")

    services.cancel_registration(first, by=first.user)

    assert Registration.objects.get(pk=second.pk).stage == "waiting"


def test_event_that_has_changed_since_it_was_read_is_read_again(home_cluster, outsider):
    stale = made.event(home_cluster, registration_closes_at=timezone.now() - A_SECOND)
    Event.objects.filter(pk=stale.pk).update(registration_closes_at=timezone.now() + A_DAY)

    assert register(stale, outsider).stage == "confirmed"
    assert services.register(stale, "on_site", GUEST, by=None).stage == "requested"


def test_guest_is_refused_when_the_event_has_closed_since_it_was_read(home_cluster):
    stale = made.event(home_cluster)
    Event.objects.filter(pk=stale.pk).update(stage="cancelled")

    with pytest.raises(Refused):
        services.register(stale, "on_site", GUEST, by=None)
    assert not Registration.objects.exists()


def test_window_moved_since_the_event_was_read_is_no_obstacle(event, outsider):
    later = event.registration_closes_at + A_DAY
    Event.objects.filter(pk=event.pk).update(registration_closes_at=later)

    assert register(event, outsider).stage == "confirmed"


def test_registering_writes_the_act_and_names_it_in_the_mail(home_cluster, outsider):
    event = made.event(home_cluster, places=0)

    registration = register(event, outsider)

    act = audit.of(registration).get()
    mail = mails("registration_waiting").get()
    assert (act.action, act.actor) == ("waiting", outsider)
    assert (mail.about, mail.key) == (registration, str(act.pk))
    assert registration == Registration.objects.get()
    assert registration.queued_at == Registration.objects.get().queued_at


def test_mails_about_a_new_registration_differ_in_their_texts_only():
    stages = ("requested", "confirmed", "waiting")

    traits = {
        (kind.version, kind.priority, kind.in_inbox)
        for kind in (kinds.get(f"registration_{stage}") for stage in stages)
    }

    assert len(traits) == 1


def test_registering_anew_costs_one_statement(event, outsider, django_assert_num_queries):
    register(event, factories.user())  # prepares what this connection has not prepared yet
    services.register(event, "on_site", OTHER_GUEST, by=None)

    with django_assert_num_queries(1):
        register(event, outsider)
    with django_assert_num_queries(1):
        services.register(event, "on_site", GUEST, by=None)


def test_another_cannot_cancel_it(event, outsider, member):
    registration = register(event, outsider)

    with pytest.raises(Refused):
        services.cancel_registration(registration, by=member)


@pytest.mark.parametrize(("closes_in", "is_open"), [(A_SECOND * 2, True), (-A_SECOND, False)])
def test_the_servers_clock_closes_the_window(home_cluster, outsider, closes_in, is_open):
    event = made.event(home_cluster, registration_closes_at=timezone.now() + closes_in)

    if is_open:
        assert register(event, outsider).stage == "confirmed"
    else:
        with pytest.raises(Refused):
            register(event, outsider)


def test_window_that_has_not_opened_refuses(home_cluster, outsider):
    event = made.event(home_cluster, registration_opens_at=timezone.now() + A_SECOND * 5)

    with pytest.raises(Refused):
        register(event, outsider)


def test_request_cannot_be_confirmed_after_the_window(event):
    request = services.register(event, "on_site", GUEST, by=None)
    event.registration_closes_at = timezone.now() - A_SECOND
    event.save()

    with pytest.raises(Refused):
        services.confirm_request(request)


def test_way_of_taking_part_that_the_event_lacks_is_refused(event, outsider):
    with pytest.raises(Refused):
        register(event, outsider, mode="remote")


def test_larger_capacity_moves_the_queue_up(home_cluster, office):
    event = made.event(home_cluster, places=1)
    rows = [register(event, factories.user()) for _ in range(3)]

    services.set_capacity(event.seats.get(), 2, by=office)

    stages = [Registration.objects.get(pk=row.pk).stage for row in rows]
    assert stages == ["confirmed", "confirmed", "waiting"]


def test_capacity_below_the_places_taken_is_refused(home_cluster, office):
    event = made.event(home_cluster, places=2)
    for _ in range(2):
        register(event, factories.user())

    with pytest.raises(Refused):
        services.set_capacity(event.seats.get(), 1, by=office)
    assert event.seats.get().capacity == 2


def test_extra_places_need_a_reason_and_move_the_queue_up(home_cluster, office):
    event = made.event(home_cluster, places=1)
    rows = [register(event, factories.user()) for _ in range(2)]

    with pytest.raises(Refused):
        services.add_extra(event.seats.get(), 1, by=office, reason=" ")
    services.add_extra(event.seats.get(), 1, by=office, reason="Sali vaihtui.")

    assert Registration.objects.get(pk=rows[1].pk).stage == "confirmed"
    assert event.seats.get().total == 2


def test_moved_event_tells_everyone_who_comes_once(event, office):
    coming = register(event, factories.user())
    services.register(event, "on_site", GUEST, by=None)
    event.starts_at += A_DAY
    event.ends_at += A_DAY

    event_services.save_event(event, by=office)

    assert mails("event_moved").get().recipient == coming.user
    assert event.ics_sequence == 1


def test_event_that_stays_where_it_is_tells_nobody(event, office):
    register(event, factories.user())
    event.summary_fi = "Uusi kuvaus"

    event_services.save_event(event, by=office)

    assert not mails("event_moved").exists()
    assert event.ics_sequence == 0


def test_cancelled_event_tells_everyone_with_the_reason(event, office, outsider):
    register(event, outsider)

    event_services.cancel_event(event, by=office, reason="Puhuja on sairas.")

    assert mails("event_cancelled").get().values == {"reason": "Puhuja on sairas."}
    with pytest.raises(Refused):
        register(event, factories.user())


def test_event_without_places_is_not_published(home_cluster, office):
    event = made.event(home_cluster, stage="draft", published_at=None)
    event.seats.all().delete()

    with pytest.raises(Refused):
        event_services.publish_event(event, by=office)


def test_attendance_is_ticked_by_the_organiser_and_keeps_the_place(event, office, outsider):
    registration = register(event, outsider)

    assert services.mark(registration, "mark_attended", by=office).stage == "attended"
    assert services.mark(registration, "mark_absent", by=office).stage == "absent"
    assert Seats.objects.get(event=event).taken == 1


def test_needs_are_forgotten_two_weeks_after_the_event(event, outsider):
    registration = made.registration(event, outsider, diet="Kasvis", accessibility="Silmukka")
    event.starts_at, event.ends_at = timezone.now() - A_DAY * 16, timezone.now() - A_DAY * 15
    event.save()

    assert rounds.forget_needs() == 1
    registration.refresh_from_db()
    assert (registration.diet, registration.accessibility) == ("", "")


def test_request_that_nobody_confirms_is_dropped_after_a_week(event):
    request = services.register(event, "on_site", GUEST, by=None)
    Registration.objects.filter(pk=request.pk).update(created_at=timezone.now() - A_DAY * 8)

    rounds.drop_requests()

    assert not Registration.objects.exists()


@pytest.fixture
def noon(monkeypatch):
    """The round reminds in waking hours; the tests run at any hour."""
    monkeypatch.setattr(rounds, "WAKING_HOURS", range(24))


def near(event, **delta):
    event.starts_at = timezone.now() + datetime.timedelta(**delta)
    event.ends_at = event.starts_at + datetime.timedelta(hours=2)
    event.save()
    Registration.objects.update(queued_at=timezone.now() - A_DAY * 5)


@pytest.mark.usefixtures("noon")
def test_reminder_comes_once(event, outsider):
    register(event, outsider)
    near(event, days=2)

    rounds.remind()
    rounds.remind()

    assert mails("event_reminder").get().recipient == outsider


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize("delta", [{"days": 4}, {"hours": 20}, {"days": -1}])
def test_reminder_comes_neither_early_nor_late(event, outsider, delta):
    register(event, outsider)
    near(event, **delta)

    rounds.remind()

    assert not mails("event_reminder").exists()


def test_guest_is_not_flooded_with_requests_of_many_events(home_cluster):
    for _each in range(5):
        services.register(made.event(home_cluster), "on_site", GUEST, by=None)

    with pytest.raises(Refused):
        services.register(made.event(home_cluster), "on_site", GUEST, by=None)

    assert mails("registration_requested").count() == 5


def test_guest_is_not_flooded_with_repeats(event):
    registration = services.register(event, "on_site", GUEST, by=None)
    for days in range(1, 6):
        Registration.objects.update(created_at=timezone.now() - days * A_DAY)
        services.register(event, "on_site", GUEST, by=None)

    assert mails("registration_requested").filter(about_id=registration.pk).count() == 2


def test_reason_of_a_cancelled_event_is_bounded(event, office):
    event_services.cancel_event(event, by=office, reason="x" * 100_000)

    assert len(audit.of(event)[0].reason) == 2000

"""Registering, waiting, moving up, cancelling: what the services promise one after another."""

import datetime
from dataclasses import replace

import pytest
import time_machine
from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from events.models import Event, Registration, Seats
from events.services import events as event_services
from events.services import places, rounds
from events.services import registrations as services
from events.services.registrations import Details
from tests import factories
from tests.events import factories as made

GUEST = Details(name="Vieras Vierailija", email="vieras@example.org")
COLLEAGUE = Details(name="Toinen Vierailija", email=GUEST.email)
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


def test_guest_who_asks_again_soon_gets_no_second_message(event):
    services.register(event, "on_site", GUEST, by=None)
    services.register(event, "on_site", GUEST, by=None)

    assert mails("registration_requested").count() == 1


def ask(event, details=GUEST, mode="on_site"):
    return services.register(event, mode, details, by=None)


def letters(registration):
    rows = OutboxMail.objects.filter(about_id=registration.pk).order_by("pk")
    return list(rows.values_list("kind", flat=True))


def an_hour_later():
    OutboxMail.objects.update(created_at=timezone.now() - datetime.timedelta(hours=1))


def test_two_people_with_one_mailbox_both_register(event):
    first = services.confirm_request(ask(event))

    second = services.confirm_request(ask(event, COLLEAGUE))

    assert (first.name, second.name) == (GUEST.name, COLLEAGUE.name)
    assert letters(second) == ["registration_requested", "registration_confirmed"]
    assert event.seats.get().taken == 2


def test_account_does_not_get_the_registration_of_a_guest_with_its_address(event, outsider):
    request = ask(event, Details(name="Joku Muu", email=outsider.email.upper()))

    registration = register(event, outsider)

    request.refresh_from_db()
    assert registration != request
    assert (request.user, request.stage, request.name) == (None, "requested", "Joku Muu")


def test_next_holder_of_an_address_registers_as_anybody(event, outsider):
    before = outsider.email
    register(event, outsider)
    outsider.email = "uusi.osoite@example.org"
    outsider.save()

    request = ask(event, Details(name=outsider.get_full_name(), email=before))

    assert letters(request) == ["registration_requested"]


def test_registration_of_an_account_has_the_present_address(event, outsider):
    registration = register(event, outsider)
    outsider.email = "uusi.osoite@example.org"
    outsider.save()

    assert Registration.objects.get(pk=registration.pk).address == "uusi.osoite@example.org"


def test_guest_who_asks_again_later_gets_the_message_again(event):
    request = ask(event)
    an_hour_later()

    assert ask(event) == request
    assert letters(request) == ["registration_requested"] * 2


def test_guest_who_asks_again_for_another_way_gets_that_and_a_message(home_cluster):
    event = made.event(home_cluster, remote=True)
    request = ask(event)

    again = ask(event, replace(GUEST, name=GUEST.name.upper()), "remote")

    assert (again.pk, again.mode) == (request.pk, "remote")
    assert letters(request) == ["registration_requested"] * 2


def test_form_sent_again_does_not_change_what_a_guest_has_confirmed(home_cluster):
    event = made.event(home_cluster, remote=True)
    registration = services.confirm_request(ask(event))

    ask(event, mode="remote")

    registration.refresh_from_db()
    assert registration.mode == "on_site"
    assert letters(registration)[-1] == "registration_again"
    assert mails("registration_again").get().values == {"mode": "remote"}


def test_guest_is_not_flooded_with_repeats(event):
    request = ask(event)
    for _time in range(6):
        an_hour_later()
        ask(event)

    assert letters(request) == ["registration_requested"] * 4


def test_guest_with_the_name_and_address_of_a_registered_account_is_that_one(event, outsider):
    registration = register(event, outsider)
    an_hour_later()

    ask(event, Details(name=outsider.get_full_name(), email=outsider.email.upper()))

    assert Registration.objects.count() == 1
    assert mails("registration_again").get().recipient == outsider
    assert letters(registration) == ["registration_confirmed", "registration_again"]


def test_account_sends_the_form_again_with_another_way(home_cluster, outsider):
    event = made.event(home_cluster, remote=True)
    first = register(event, outsider)

    second = register(event, outsider, "remote")

    assert (second.pk, second.mode, second.stage) == (first.pk, "remote", "confirmed")
    assert letters(first) == ["registration_confirmed"] * 2
    assert {each.mode: each.taken for each in event.seats.all()} == {"on_site": 0, "remote": 1}


def test_changing_the_way_frees_the_place_for_the_queue(home_cluster):
    event = made.event(home_cluster, places=1, remote=True)
    first, second = [register(event, factories.user()) for _ in range(2)]

    services.change_mode(first, "remote", by=first.user)

    assert Registration.objects.get(pk=second.pk).stage == "confirmed"


def test_one_who_waits_takes_a_remote_place(home_cluster):
    event = made.event(home_cluster, places=0, remote=True)
    waiting = register(event, factories.user())

    changed = services.change_mode(waiting, "remote", by=waiting.user)

    assert (changed.stage, changed.mode) == ("confirmed", "remote")


def test_nobody_loses_a_place_by_changing_to_what_is_full(home_cluster):
    event = made.event(home_cluster, places=0, remote=True)
    registration = register(event, factories.user(), "remote")

    with pytest.raises(Refused):
        services.change_mode(registration, "on_site", by=registration.user)

    registration.refresh_from_db()
    assert (registration.stage, registration.mode) == ("confirmed", "remote")


def test_another_cannot_change_the_way(home_cluster, outsider, member):
    event = made.event(home_cluster, remote=True)
    registration = register(event, outsider)

    with pytest.raises(Refused):
        services.change_mode(registration, "remote", by=member)


def test_account_claims_what_it_asked_for_as_a_guest(event, outsider):
    factories.verified(outsider)
    request = ask(event, Details(name="Lempinimi", email=outsider.email.upper()))

    claimed = services.claim(request, by=outsider)

    assert (claimed.user, claimed.email, claimed.stage) == (outsider, "", "confirmed")
    assert claimed.name == outsider.get_full_name()
    assert event.seats.get().taken == 1


def test_request_is_claimed_only_by_one_who_attended_what_the_event_requires(event, outsider):
    factories.verified(outsider)
    request = ask(event, Details(name="Lempinimi", email=outsider.email))
    Event.objects.filter(pk=event.pk).update(requires=made.event(event.home_cluster))

    with pytest.raises(Refused):
        services.claim(request, by=outsider)


def test_request_is_not_claimed_while_registration_is_closed(event, outsider):
    factories.verified(outsider)
    request = ask(event, Details(name="Lempinimi", email=outsider.email))
    Event.objects.update(registration_closes_at=timezone.now())

    with pytest.raises(Refused):
        services.claim(request, by=outsider)
    request.refresh_from_db()
    assert (request.user, request.stage) == (None, "requested")


def test_request_that_an_account_holds_is_admitted_when_it_registers(event, outsider):
    request = held_request(event, outsider)

    registration = register(event, outsider)

    assert (registration.pk, registration.stage) == (request.pk, "confirmed")
    assert event.seats.get().taken == 1


def test_request_that_an_account_holds_is_not_changed_by_a_guest(event, outsider):
    request = held_request(event, outsider)

    services.register(event, "on_site", Details(request.name, outsider.email), by=None)

    request.refresh_from_db()
    assert (request.user, request.email, request.stage) == (outsider, "", "requested")


def held_request(event, account):
    return Registration.objects.create(
        event=event, seats=event.seats.get(), user=account, name=account.get_full_name()
    )


@pytest.mark.parametrize("reason", ["unverified", "other address", "declined", "registered itself"])
def test_registration_is_not_offered_for_claiming(event, outsider, reason):
    request = ask(event, Details(name="Joku Muu", email=outsider.email))
    if reason == "other address":
        outsider.email = "toinen@example.org"
    factories.verified(outsider)
    if reason == "unverified":
        outsider.emailaddress_set.update(verified=False)
    if reason == "declined":
        assert Registration.objects.claimable_by(outsider).get() == request
        services.decline_claim(request, by=outsider)
    if reason == "registered itself":
        register(event, outsider)

    with pytest.raises(Refused):
        services.claim(request, by=outsider)
    request.refresh_from_db()
    assert (request.user, request.stage) == (None, "requested")


def test_plus_addresses_are_one_mailbox(home_cluster):
    for number in range(5):
        ask(made.event(home_cluster), replace(GUEST, email=f"Vieras+{number}@example.org"))

    with pytest.raises(Refused):
        ask(made.event(home_cluster), replace(GUEST, email="vieras+9@EXAMPLE.org"))


def test_nobody_is_moved_up_once_the_event_has_begun(home_cluster, office):
    event = made.event(home_cluster, places=1)
    first, second = [register(event, factories.user()) for _ in range(2)]
    Event.objects.update(starts_at=timezone.now() - datetime.timedelta(minutes=15))

    services.cancel_registration(first, by=first.user)
    places.set_capacity(event.seats.get(), 5, by=office)

    assert Registration.objects.get(pk=second.pk).stage == "waiting"
    assert not mails("registration_moved_up").exists()


def test_full_event_that_has_begun_takes_nobody_into_the_queue(home_cluster):
    event = made.event(home_cluster, places=0, registration_closes_at=timezone.now() + A_DAY * 21)
    Event.objects.update(starts_at=timezone.now() - A_SECOND)

    with pytest.raises(Refused):
        register(event, factories.user())


def test_full_event_gives_a_place_in_the_queue(home_cluster):
    event = made.event(home_cluster, places=1)
    people = [factories.user() for _ in range(3)]

    rows = [register(event, person) for person in people]

    assert [(row.stage, row.position) for row in rows] == [
        ("confirmed", None),
        ("waiting", 1),
        ("waiting", 2),
    ]


def test_free_place_goes_to_nobody_who_passes_the_queue(home_cluster):
    event = made.event(home_cluster, places=1)
    made.registration(event, factories.user(), stage="waiting", queued_at=timezone.now())

    late = register(event, factories.user())

    assert (late.stage, late.position) == ("waiting", 2)


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

    places.set_capacity(event.seats.get(), 2, by=office)

    stages = [Registration.objects.get(pk=row.pk).stage for row in rows]
    assert stages == ["confirmed", "confirmed", "waiting"]


def test_capacity_below_the_places_taken_is_refused(home_cluster, office):
    event = made.event(home_cluster, places=2)
    for _ in range(2):
        register(event, factories.user())

    with pytest.raises(Refused):
        places.set_capacity(event.seats.get(), 1, by=office)
    assert event.seats.get().capacity == 2


def test_extra_places_need_a_reason_and_move_the_queue_up(home_cluster, office):
    event = made.event(home_cluster, places=1)
    rows = [register(event, factories.user()) for _ in range(2)]

    with pytest.raises(Refused):
        places.add_extra(event.seats.get(), 1, by=office, reason=" ")
    places.add_extra(event.seats.get(), 1, by=office, reason="Sali vaihtui.")

    assert Registration.objects.get(pk=rows[1].pk).stage == "confirmed"
    assert event.seats.get().total == 2


def test_moved_event_tells_everyone_who_comes_once(event, office):
    coming = register(event, factories.user())
    services.register(event, "on_site", GUEST, by=None)
    event.starts_at += A_DAY
    event.ends_at += A_DAY

    event_services.save_event(event, by=office)

    moved = mails("event_moved").get()
    before = event.starts_at - A_DAY
    assert moved.recipient == coming.user
    assert (moved.about, moved.values["starts_at"]) == (coming, before.isoformat())
    assert event.ics_sequence == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"venue": "Uusi sali"}, ["on_site"]),
        ({"remote_link": "https://example.org/uusi"}, ["remote"]),
        ({"remote_link": "https://example.org/uusi", "venue": "Uusi"}, ["on_site", "remote"]),
        ({"ends_at": "later"}, ["on_site", "remote"]),
    ],
)
def test_what_is_news_follows_the_way_of_taking_part(home_cluster, office, change, told):
    event = made.event(home_cluster, remote=True, venue="Sali", remote_link="https://example.org/a")
    for mode in ("on_site", "remote"):
        register(event, factories.user(), mode)
    for name, value in change.items():
        setattr(event, name, event.ends_at + A_DAY if value == "later" else value)

    event_services.save_event(event, by=office)

    assert sorted(mail.about.mode for mail in mails("event_moved")) == told
    assert event.ics_sequence == 1


def test_venue_that_one_who_waits_may_not_know_is_no_news(home_cluster, office, outsider):
    event = made.event(home_cluster, places=0, visibility="group", venue="Bunkkeri")
    made.registration(event, outsider, stage="waiting")
    event.venue = "Toinen bunkkeri"

    event_services.save_event(event, by=office)

    assert not mails("event_moved").exists()


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
    Registration.objects.filter(pk=request.pk).update(queued_at=timezone.now() - A_DAY * 8)

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
def test_event_moved_after_the_reminder_is_reminded_of_anew(event, outsider, office):
    register(event, outsider)
    near(event, days=2)
    rounds.remind()
    event.starts_at += A_DAY * 30
    event.ends_at += A_DAY * 30
    event_services.save_event(event, by=office)
    rounds.remind()
    assert mails("event_reminder").count() == 1

    with time_machine.travel(event.starts_at - A_DAY * 2, tick=False):
        rounds.remind()
        rounds.remind()

    assert mails("event_reminder").count() == 2


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


def test_reason_of_a_cancelled_event_is_bounded(event, office):
    event_services.cancel_event(event, by=office, reason="x" * 100_000)

    assert len(audit.of(event)[0].reason) == 2000

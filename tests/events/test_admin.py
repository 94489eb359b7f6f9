"""The coordinators' screens: scoped, through the services, files safe in a spreadsheet."""

import csv
import datetime
import io
import uuid

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.notifications.models import OutboxMail
from events.models import Event, Registration
from events.services import registrations as services
from events.services.talks import propose_talk
from tests import factories
from tests.events import factories as made

CHANGELIST = "admin:events_event_changelist"


@pytest.fixture(autouse=True)
def _no_second_factor():
    with override_settings(DEMO=True):
        yield


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    return client


def change_url(event):
    return reverse("admin:events_event_change", args=[event.pk])


def form_of(event, **changes):
    """The change form's fields as a browser would send them back."""
    values = {
        "title_fi": "Seminaari", "slug": "seminaari", "kind": "seminar", "language": "fi",
        "summary_fi": "Kuvaus", "visibility": "public", "admission": "open", "queue": "at_once",
        "offer_hours": "24",
        "home_cluster": event.home_cluster_id,
        "starts_at": "2027-03-01T09:00", "ends_at": "2027-03-01T12:00",
        "registration_closes_at": "2027-02-20T16:00",
        "agenda-TOTAL_FORMS": "0", "agenda-INITIAL_FORMS": "0",
        "seats-TOTAL_FORMS": "1", "seats-INITIAL_FORMS": "0",
        "seats-0-mode": "on_site", "seats-0-capacity": "10",
    }  # fmt: skip
    seats = event.seats.first() if event.pk else None
    if seats:
        values |= {
            "seats-INITIAL_FORMS": "1", "seats-0-id": seats.pk, "seats-0-event": event.pk,
            "seats-0-capacity": seats.capacity,
        }  # fmt: skip
    return values | changes


def post(client, url, values):
    return client.post(f"/{url.removeprefix('/en/')}", values)


def errors_of(response):
    context = response.context
    found = dict(context["adminform"].form.errors)
    return found | {
        f"{name}": error
        for inline in context["inline_admin_formsets"]
        for form in inline.formset.forms
        for name, error in form.errors.items()
    }


def test_list_shows_the_own_clusters_events_only(desk, event, other_cluster):
    other = made.event(other_cluster)

    shown = desk.get(reverse(CHANGELIST)).content.decode()

    assert event.title_fi in shown
    assert other.title_fi not in shown
    assert desk.get(change_url(other)).status_code in {302, 404}


@pytest.mark.parametrize("person", ["member", "lead", "outsider"])
def test_who_is_no_coordinator_is_not_let_in(client, event, person, request):
    client.force_login(request.getfixturevalue(person))

    assert client.get(reverse(CHANGELIST)).status_code == 302


def test_new_event_is_a_draft_with_its_places(desk, home_cluster):
    answer = post(desk, "admin/events/event/add/", form_of(Event(home_cluster=home_cluster)))

    event = Event.objects.get()
    assert answer.status_code == 302
    assert (event.stage, event.modes) == ("draft", ["on_site"])
    assert event.seats.get().capacity == 10


def test_text_that_bears_a_marking_is_refused(desk, home_cluster):
    values = form_of(Event(home_cluster=home_cluster), description="Liite TL III")

    answer = post(desk, "admin/events/event/add/", values)

    assert "TL III" in str(errors_of(answer))
    assert not Event.objects.exists()


@pytest.mark.parametrize("slug", ["link", "registrations"])
def test_reserved_address_is_refused(desk, home_cluster, slug):
    values = form_of(Event(home_cluster=home_cluster), slug=slug)

    answer = post(desk, "admin/events/event/add/", values)

    assert "slug" in errors_of(answer)


@pytest.mark.parametrize("day", ["2027-03-28", "2027-10-31"])
def test_hour_that_the_clock_skips_or_repeats_is_refused(desk, home_cluster, day):
    values = form_of(Event(home_cluster=home_cluster), starts_at=f"{day}T03:30")

    answer = post(desk, "admin/events/event/add/", values)

    assert "starts_at" in errors_of(answer)


def test_event_of_another_cluster_cannot_be_made(desk, other_cluster):
    answer = post(desk, "admin/events/event/add/", form_of(Event(home_cluster=other_cluster)))

    assert "home_cluster" in errors_of(answer)
    assert not Event.objects.exists()


def test_event_moved_in_the_admin_tells_those_who_come(desk, event, outsider):
    made.registration(event, outsider)

    answer = post(desk, change_url(event), form_of(event))

    assert answer.status_code == 302
    assert OutboxMail.objects.get(kind="event_moved").recipient == outsider


def test_event_that_moves_asks_for_a_closing_day_that_fits(desk, home_cluster):
    closed = timezone.now().replace(second=0, microsecond=0) - datetime.timedelta(days=1)
    event = made.event(home_cluster, registration_closes_at=closed)
    stays = {"registration_closes_at": f"{timezone.localtime(closed):%Y-%m-%dT%H:%M}"}

    url = change_url(event)

    refused = post(desk, url, form_of(event, **stays))

    assert "registration_closes_at" in errors_of(refused)
    assert Event.objects.get().starts_at == event.starts_at
    assert post(desk, url, form_of(event)).status_code == 302


def test_registration_cannot_close_after_the_event(desk, event):
    late = form_of(event, registration_closes_at="2027-03-02T16:00")

    assert "registration_closes_at" in errors_of(post(desk, change_url(event), late))


def test_larger_capacity_in_the_admin_moves_the_queue_up(desk, home_cluster):
    event = made.event(home_cluster, places=1)
    for _ in range(2):
        person = factories.user()
        services.register(event, "on_site", made.details(person), by=person)

    post(desk, change_url(event), form_of(event, **{"seats-0-capacity": "2"}))

    assert Registration.objects.holding().count() == 2
    assert OutboxMail.objects.filter(kind="registration_moved_up").count() == 1


def test_capacity_below_the_places_taken_is_a_field_error(desk, home_cluster):
    event = made.event(home_cluster, places=2)
    for _ in range(2):
        made.registration(event, factories.user())

    answer = post(desk, change_url(event), form_of(event, **{"seats-0-capacity": "1"}))

    assert "capacity" in errors_of(answer)


def move_url(event, action):
    return reverse("admin:events_event_move", args=[event.pk, action])


def test_cancelling_is_asked_again_and_needs_a_reason(desk, event):
    asked = desk.post(move_url(event, "cancel"), {"reason": "Puhuja on sairas."})
    empty = desk.post(move_url(event, "cancel"), {"reason": " ", "confirmed": "yes"})

    assert (asked.status_code, empty.status_code) == (200, 200)
    assert Event.objects.get().stage == "published"

    desk.post(move_url(event, "cancel"), {"reason": "Puhuja on sairas.", "confirmed": "yes"})
    assert Event.objects.get().stage == "cancelled"


def test_draft_is_published(desk, home_cluster):
    event = made.event(home_cluster, stage="draft", published_at=None)

    desk.post(move_url(event, "publish"))

    assert Event.objects.get().stage == "published"


def test_extra_places_are_given_with_a_reason(desk, event):
    values = {"seats": event.seats.get().pk, "places": "3", "reason": "Sali vaihtui."}

    desk.post(reverse("admin:events_event_extra", args=[event.pk]), values)

    assert event.seats.get().extra == 3
    assert audit.of(event).filter(action="extra places").get().reason == "Sali vaihtui."


def test_steps_of_another_clusters_event_are_not_there(desk, other_cluster):
    event = made.event(other_cluster)
    values = {"reason": "x", "confirmed": "yes"}

    assert desk.post(move_url(event, "cancel"), values).status_code == 404
    assert desk.get(reverse("admin:events_event_extra", args=[event.pk])).status_code == 404


def test_unknown_step_is_not_there(desk, event):
    assert desk.post(move_url(event, "explode")).status_code == 404


def test_attendance_is_ticked_for_the_own_clusters_rows_only(desk, event, other_cluster):
    own = made.registration(event, factories.user())
    other = made.registration(made.event(other_cluster), factories.user())

    desk.post(
        reverse("admin:events_registration_changelist"),
        {"action": "attended", "_selected_action": [own.pk, other.pk]},
    )

    stages = [Registration.objects.get(pk=row.pk).stage for row in (own, other)]
    assert stages == ["attended", "confirmed"]


def test_registration_can_be_looked_at(desk, event):
    registration = made.registration(event, factories.user(), diet="Kasvis")

    shown = desk.get(reverse("admin:events_registration_change", args=[registration.pk]))

    assert "Kasvis" in shown.content.decode()


def test_export_holds_each_participant_and_is_recorded(desk, event):
    person = factories.user("a@example.org")
    made.registration(event, person, name="=HYPERLINK(1)")

    answer = desk.get(reverse("admin:events_event_participants", args=[event.pk]))

    text = answer.content.decode("utf-8-sig")
    _header, row = csv.reader(io.StringIO(text), delimiter=";")
    assert row[:2] == ["'=HYPERLINK(1)", "a@example.org"]
    assert audit.of(event).filter(action="participants exported").exists()


def test_export_of_another_clusters_event_is_not_there(desk, other_cluster):
    event = made.event(other_cluster)

    answer = desk.get(reverse("admin:events_event_participants", args=[event.pk]))

    assert answer.status_code == 404


def test_talks_of_the_own_clusters_events_are_seen_and_not_changed(desk, event, other_cluster):
    until = timezone.now() + datetime.timedelta(days=1)
    rows = []
    for each in (event, made.event(other_cluster)):
        Event.objects.filter(pk=each.pk).update(talks_until=until)
        values = {"title": f"Esitys {each.pk}", "summary": "Lyhyesti", "speaker": "Puhuja"}
        given = {**values, "track": "", "form_key": uuid.uuid4()}
        rows.append(propose_talk(each, given, by=factories.user()))

    shown = desk.get(reverse("admin:events_talk_changelist")).content.decode()
    own, other = (desk.get(reverse("admin:events_talk_change", args=[row.pk])) for row in rows)

    assert rows[0].title in shown
    assert rows[1].title not in shown
    assert own.status_code == 200
    assert b'name="title"' not in own.content
    assert other.status_code in {302, 404}

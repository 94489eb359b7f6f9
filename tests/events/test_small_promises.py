"""A series called off at once, what follows a narrowed event, hidden names, files of letters."""

from __future__ import annotations

import datetime
import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter_of
from events.models import Event, EventQuestion, EventSeries, Idea, Registration
from events.services import copies, editing, guest_addresses, links
from events.services import events as event_services
from events.services import registrations as services
from tests import factories
from tests.events.factories import details, event, registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def series(home_cluster):
    return EventSeries.objects.create(title="Aamukahvit")


def test_whole_series_is_cancelled_and_each_told_once(client, home_cluster, office, series, member):
    now = timezone.now()
    past = {"starts_at": now - datetime.timedelta(days=9),
            "ends_at": now - datetime.timedelta(days=8),
            "registration_closes_at": now - datetime.timedelta(days=9)}  # fmt: skip
    over = event(home_cluster, series=series, **past)
    coming = [event(home_cluster, series=series) for _ in range(2)]
    other = event(home_cluster)
    for each in (over, *coming, other):
        registration(each, member)
    client.force_login(office)
    page = client.get(reverse("events:organiser", args=[coming[0].slug])).content.decode()
    assert 'name="all_of_series"' in page

    client.post(
        reverse("events:move", args=[coming[0].slug, "cancel"]),
        {"reason": "Sairastapaus", "all_of_series": "1"},
    )

    stages = dict(Event.objects.values_list("pk", "stage"))
    assert [stages[each.pk] for each in (over, *coming, other)] == [
        "published", "cancelled", "cancelled", "published",
    ]  # fmt: skip
    assert OutboxMail.objects.filter(kind="event_cancelled", recipient=member).count() == 2


def test_series_is_not_cancelled_without_a_reason(home_cluster, office, series):
    made = event(home_cluster, series=series)

    with pytest.raises(Refused, match="reason"):
        copies.move_series(made, "cancel", by=office, reason=" ")

    assert Event.objects.get(pk=made.pk).stage == "published"


def test_stranger_cancels_no_series(client, home_cluster, outsider, series):
    made = event(home_cluster, series=series)
    client.force_login(outsider)

    answer = client.post(
        reverse("events:move", args=[made.slug, "cancel"]), {"reason": "x", "all_of_series": "1"}
    )

    assert (answer.status_code, Event.objects.get(pk=made.pk).stage) == (404, "published")


def test_ideas_follow_an_event_that_narrows(home_cluster, office, outsider):
    made = event(home_cluster)
    idea = Idea.objects.create(
        event=made, home_cluster=home_cluster, title="Ajatus", stage="published",
        visibility="public", published_at=timezone.now(),
    )  # fmt: skip
    assert Idea.objects.visible_to(outsider).contains(idea)

    editing.edit_event(made, editing.Changes({"visibility": "cluster"}), by=office)

    assert not Idea.objects.visible_to(outsider).contains(idea)


def test_name_of_a_hidden_required_event_is_not_told(client, home_cluster, outsider):
    before = event(home_cluster, title_fi="Salainen alkukurssi", visibility="cluster")
    made = event(home_cluster, requires=before)
    client.force_login(outsider)

    page = client.get(made.get_absolute_url()).content.decode()
    with pytest.raises(Refused) as refusal:
        services.register(made, "on_site", details(outsider), by=outsider)

    assert "Salainen" not in page
    assert "Salainen" not in str(refusal.value)
    assert "earlier event" in str(refusal.value)


def test_copy_takes_the_questions_along(home_cluster, office):
    made = event(home_cluster)
    EventQuestion.objects.create(
        event=made, position=2, kind="choice", text_fi="Ruoka?", options="Kala\nKasvis"
    )

    copy = copies.copy_event(made, by=office, key=uuid.uuid4())

    assert list(copy.questions.values_list("text_fi", "options")) == [("Ruoka?", "Kala\nKasvis")]


def sent_of(kind):
    return letter_of(OutboxMail.objects.filter(kind=kind).latest("pk"))


def test_confirmation_brings_the_code_and_the_calendar_entry(home_cluster, member):
    made = event(home_cluster)
    services.register(made, "on_site", details(member), by=member)

    letter = sent_of("registration_confirmed")

    ((name, data, mime),) = letter.attachments
    assert (name.endswith(".png"), bytes(data)[:4], mime) == (True, b"\x89PNG", "image/png")
    entry = next(part for part in letter.alternatives if "calendar" in part.mimetype)
    calendar = Calendar.from_ical(entry.content)
    found = calendar.walk("VEVENT")[0]
    assert (calendar["METHOD"], str(found["UID"]), found["SEQUENCE"]) == (
        "PUBLISH", str(uid_of(made, registration_of(made, member))), 0,
    )  # fmt: skip


def registration_of(made, user):
    return Registration.objects.get(event=made, user=user)


def uid_of(made, row):
    return uuid.uuid5(made.ics_uid, str(row.public_id))


def test_two_on_one_mailbox_have_entries_of_their_own(home_cluster, member):
    made = event(home_cluster)
    services.register(made, "on_site", details(member), by=member)
    given = services.Details(name="Kollega Kaksi")
    colleague = services.register_colleague(made, "on_site", given, by=member)

    services.cancel_registration(colleague, by=None)

    told = [
        entry_in(sent_of(kind)) for kind in ("registration_confirmed", "registration_cancelled")
    ]
    assert sent_of("registration_cancelled").to == [member.email]
    assert [str(entry["UID"]) for entry in told] == [
        str(uid_of(made, colleague)), str(uid_of(made, colleague))
    ]  # fmt: skip
    assert uid_of(made, colleague) != uid_of(made, registration_of(made, member))


def entry_in(letter):
    entry = next(part for part in letter.alternatives if "calendar" in part.mimetype)
    return Calendar.from_ical(entry.content).walk("VEVENT")[0]


def test_cancelled_event_is_taken_out_of_the_calendar(home_cluster, office, member):
    made = event(home_cluster)
    registration(made, member)

    event_services.cancel_event(made, by=office, reason="Ei puhujaa")

    entry = next(p for p in sent_of("event_cancelled").alternatives if "calendar" in p.mimetype)
    calendar = Calendar.from_ical(entry.content)
    found = calendar.walk("VEVENT")[0]
    assert "method=CANCEL" in entry.mimetype
    assert (calendar["METHOD"], found["STATUS"], found["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)


def test_participation_is_charted_by_sector_and_region(client, home_cluster, office):
    made = event(home_cluster)
    user = factories.user()
    factories.affiliation(user, factories.organisation(kind="municipality"))
    registration(made, user)
    registration(made, None, name="Vieras", email="vieras@example.org")
    client.force_login(office)

    page = client.get(reverse("events:organiser_participation", args=[made.slug]))

    first, second = page.context["charts"]
    assert [row[1] for row in first["rows"]] == ["1", "1", "2"]
    assert second["rows"][0][1] == "2"


@pytest.fixture
def guest(home_cluster):
    """A guest with a place, and the token of the letter's link."""
    made = event(home_cluster)
    given = services.Details(name="Vieras", email="vieras@example.org")
    row = services.confirm_request(services.register(made, "on_site", given, by=None))
    return row, links.token_of(row)


def confirm_link():
    mail = OutboxMail.objects.filter(kind="registration_address").latest("pk")
    return re.search(r"https?://[^/]+(/\S+/new-address/)", letter_of(mail).body)[1]


def test_guest_changes_the_address_by_both_mailboxes(client, guest):
    row, token = guest
    url = reverse("events:new_address_by_link", args=[token])
    assert url in client.get(reverse("events:registration_by_link", args=[token])).content.decode()
    client.post(url, {"email": "uusi@example.org"})
    link = confirm_link()

    assert client.get(link).status_code == 200
    row.refresh_from_db()
    assert row.email == "vieras@example.org"
    client.post(link)

    row.refresh_from_db()
    assert (row.email, row.stage) == ("uusi@example.org", "confirmed")
    assert client.post(link).status_code == 302
    assert client.get(link[:-14] + "x" + link[-14:]).status_code == 404


def test_link_of_an_earlier_address_of_a_guest_opens_nothing(client, guest):
    row, token = guest
    old = reverse("events:registration_by_link", args=[token])
    assert client.get(old).status_code == 200
    changed = guest_addresses.take_new_address(row, "uusi@example.org")

    page = client.get(old)
    assert (page.status_code, "Vieras" in page.content.decode()) == (404, False)
    assert client.post(reverse("events:cancel_by_link", args=[token])).status_code == 404
    new = reverse("events:registration_by_link", args=[links.token_of(changed)])
    assert client.get(new).status_code == 200
    row.refresh_from_db()
    assert row.stage == "confirmed"


def test_link_of_a_registration_that_an_account_took_leads_to_signing_in(client, guest, member):
    row, token = guest
    Registration.objects.filter(pk=row.pk).update(user=member, email="", mailbox="")

    assert client.get(reverse("events:registration_by_link", args=[token])).url == (
        row.get_absolute_url()
    )


def test_colleagues_place_cancelled_by_the_link_is_shown_as_cancelled(client, guest, member):
    made = guest[0].event
    given = services.Details(name="Kollega Kaksi")
    row = services.register_colleague(made, "on_site", given, by=member)
    token = links.token_of(row)

    answer = client.post(reverse("events:cancel_by_link", args=[token]), follow=True)
    client.force_login(member)
    page = client.get(reverse("events:detail", args=[made.slug])).content.decode()

    assert "Cancelled" in answer.content.decode()
    part = page[page.index("Kollega Kaksi") :]
    assert "Cancelled" in part[: part.index("</li>")]


def test_address_is_not_asked_for_without_end(guest):
    row, _token = guest
    for number in range(3):
        guest_addresses.ask_new_address(row, f"uusi{number}@example.org")

    with pytest.raises(Refused, match="so often"):
        guest_addresses.ask_new_address(row, "uusi4@example.org")


def test_address_of_a_namesake_and_of_an_account_stay(guest, member):
    row, _token = guest
    other = registration(row.event, None, name="Vieras", email="toinen@example.org")
    with pytest.raises(Refused, match="registered already"):
        guest_addresses.ask_new_address(row, other.email)

    with pytest.raises(Refused, match="cannot"):
        guest_addresses.ask_new_address(registration(row.event, member), "uusi@example.org")


def test_link_for_an_address_changed_since_is_void(client, guest):
    row, _token = guest
    guest_addresses.ask_new_address(row, "ensin@example.org")
    link = confirm_link()
    guest_addresses.take_new_address(row, "toisin@example.org")

    assert client.post(link).status_code == 404


def test_guest_brings_up_an_idea_that_waits_to_be_read(client, guest, outsider):
    row, token = guest
    url = reverse("events:idea_by_link", args=[token])
    assert client.get(url).status_code == 200

    client.post(url, {"title": "Yhteinen varasto", "text": "", "form_key": str(uuid.uuid4())})

    idea = Idea.objects.get()
    assert (idea.title, idea.author, idea.stage, idea.event) == (
        "Yhteinen varasto", None, "proposed", row.event,
    )  # fmt: skip
    assert not Idea.objects.visible_to(outsider).exists()


def test_who_only_waits_brings_up_no_idea(client, guest):
    row, token = guest
    row.stage = "waiting"
    row.save()

    client.post(
        reverse("events:idea_by_link", args=[token]),
        {"title": "Yhteinen varasto", "form_key": str(uuid.uuid4())},
    )

    assert not Idea.objects.exists()
